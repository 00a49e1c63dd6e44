import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import ts from 'typescript'
import { codeOf, production, sources } from './sources.ts'

const longestFile = 400
const longestFunction = 70
/** Ratchets: they may only be lowered. */
const medianFunction = 10

const functionKinds = new Set([
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.FunctionExpression,
  ts.SyntaxKind.ArrowFunction,
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.Constructor,
])

function functionsOf(path: string, text: string): { readonly where: string; readonly lines: number }[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found: { where: string; lines: number }[] = []
  const visit = (node: ts.Node): void => {
    if (functionKinds.has(node.kind)) {
      const from = file.getLineAndCharacterOfPosition(node.getStart(file)).line
      const to = file.getLineAndCharacterOfPosition(node.getEnd()).line
      found.push({ where: `${path}:${from + 1}`, lines: to - from + 1 })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

test(`no file over ${longestFile} lines`, () => {
  const long = sources.map(({ path, text }) => [path, text.split('\n').length - 1] as const)
  assert.deepEqual(
    long.filter(([, lines]) => lines > longestFile),
    [],
  )
})

test(`no function over ${longestFunction} lines, the median at most ${medianFunction}`, () => {
  const all = production.flatMap(({ path, text }) => functionsOf(path, text))
  assert.deepEqual(
    all.filter(({ lines }) => lines > longestFunction),
    [],
  )
  const sorted = all.map(({ lines }) => lines).sort((a, b) => a - b)
  assert.ok(sorted[sorted.length >> 1]! <= medianFunction)
})

test('no file says nothing about what is in it', () => {
  const vague = /(^|\/)(utils?|helpers?|manager|types|common|misc|shared)\.tsx?$/i
  assert.deepEqual(
    sources.map(({ path }) => path).filter((path) => vague.test(path)),
    [],
  )
})

test('no any, no unfinished work, no silenced checks', () => {
  const wrong = production.filter(
    ({ text }) =>
      /\bas any\b|: any\b|<any>/.test(codeOf(text)) ||
      /\b(TODO|FIXME|XXX)\b|@ts-(ignore|nocheck)|not implemented/i.test(text),
  )
  assert.deepEqual(
    wrong.map(({ path }) => path),
    [],
  )
})

test('every test file has code beside or under it to test, none is skipped by hand', () => {
  const wrong = sources.filter(
    ({ path, text }) => path.endsWith('.test.ts') && /\b(test|it|describe)\.(skip|only|todo)\(/.test(text),
  )
  assert.deepEqual(
    wrong.map(({ path }) => path),
    [],
  )
})

const committed = existsSync('.git')
  ? execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean)
  : []

test('what is committed names no machine, no registry and no secret', {
  skip: committed.length === 0 && 'not a git checkout',
}, () => {
  const secrets = /-----BEGIN [A-Z ]*PRIVATE KEY-----/
  const machine = new RegExp(['/ro', 'ot/|/wo', 'rk/|registry', '\\.npmjs|deb', '\\.debian'].join(''))
  const wrong = committed
    .filter(
      (path) => existsSync(path) && !/\.(gz|png|ico)$/.test(path) && !path.startsWith('test/architecture/'),
    )
    .filter((path) => {
      const text = readFileSync(path, 'utf8')
      return secrets.test(text) || machine.test(text)
    })
  assert.deepEqual(wrong, [])
})
