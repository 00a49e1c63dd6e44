import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { freshFolder, habeas, type Run } from '../scenarios/habeas.ts'

type Line = Readonly<Record<string, unknown>> & {
  readonly bench: string
  readonly clients?: number
  readonly persons?: number
}

const linesOf = ({ out }: Run): Line[] =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

function assertFigure(line: Line): void {
  const where = JSON.stringify(line)
  const { ours, peer, ratio, better, oursPeakMb, peerPeakMb } = line as Record<string, number | string | null>
  for (const figure of [ours, peer, ratio]) assert.ok(typeof figure === 'number' && figure > 0, where)
  assert.ok(Math.abs(Number(ratio) / (Number(ours) / Number(peer)) - 1) < 0.03, `the ratio in ${where}`)
  for (const text of ['peerName', 'unit', 'limit'])
    assert.ok(typeof line[text] === 'string' && line[text] !== '', where)
  assert.equal(better, String(line['unit']).endsWith('/s') ? 'more' : 'less', where)
  for (const peak of [oursPeakMb, peerPeakMb])
    assert.ok(peak === null || (typeof peak === 'number' && peak > 0), where)
}

const leftBehind = () => readdirSync(tmpdir()).filter((name) => name.startsWith('habeas-bench-'))

/** Against one peer; who is met for the first time is a matter only where there are several. */
const ruled = (persons: number) =>
  ['ruling', 'ruling-p99', 'ruling-rate', ...(persons > 1 ? ['ruling-first'] : [])].map((bench) => [
    bench,
    persons,
  ])

let whole: Run
let leftBefore: readonly string[]
before(() => {
  leftBefore = leftBehind()
  whole = habeas(['bench', '--quick'], { PATH: freshFolder('no-programs') })
})

test('every line has its figures; one whose peer is not installed is told, and is the only one that is missing', () => {
  const lines = linesOf(whole)
  for (const line of lines) assertFigure(line)
  const entries = [1, 8, 32]
  assert.deepEqual(
    lines.map(({ bench, clients, persons }) => [bench, clients ?? persons ?? null]),
    [
      ...entries.map((clients) => ['log-append', clients]),
      ...entries.map((clients) => ['log', clients]),
      ['plan', null],
      ['plan-panel', null],
      ['consent', 1],
      ['gated-read-10', 1],
      ['consent-decision', null],
      ...[1, 100, 1_000].flatMap((persons) => [...ruled(persons), ...ruled(persons)]),
      ['session', 1],
      ['governed-read-10', 1],
    ],
    whole.err,
  )
  assert.equal(whole.status, 3)
  assert.match(whole.err, /^habeas: bcftools: found no such program, expected [^\n]+$/m)
})

test('nothing is left behind', () => {
  assert.deepEqual(
    leftBehind().filter((name) => !leftBefore.includes(name)),
    [],
  )
})

test('a peer that is missing is told before anything is measured', () => {
  const run = habeas(['bench', 'genome', '--quick'], { PATH: freshFolder('no-programs') })
  assert.deepEqual([run.status, run.out], [3, ''])
  assert.match(run.err, /^habeas: bcftools: found no such program, expected [^\n]+\n$/)
})

const withoutBcftools = spawnSync('bcftools', ['--version']).error !== undefined && 'no bcftools'

test('the genome is read by both, the made one and one of the reader’s own', {
  skip: withoutBcftools,
}, () => {
  for (const args of [[], ['--vcf', 'examples/permitted/genome.vcf']]) {
    const run = habeas(['bench', 'genome', '--quick', ...args])
    assert.equal(run.status, 0, run.err)
    const lines = linesOf(run)
    // A file that is no BGZF has no index.
    const indexed = args.length === 0 ? ['genome-index'] : []
    assert.deepEqual(
      lines.map(({ bench }) => bench),
      ['genome', 'genome-inflate', ...indexed, 'genome-call', 'genome-call-worst', 'genome-many'],
    )
    for (const line of lines) assertFigure(line)
    if (process.platform === 'linux') assert.ok(Number(lines[0]!['oursPeakMb']) > 1)
  }
})

test('a genome that is not there, or is none, is named', { skip: withoutBcftools }, () => {
  const absent = habeas(['bench', 'genome', '--vcf', join(freshFolder('empty'), 'none.vcf')])
  assert.deepEqual([absent.status, absent.out], [2, ''])
  assert.match(absent.err, /^habeas: [^\n]*none\.vcf: found no such file, expected [^\n]+\n$/)
  const folder = habeas(['bench', 'genome', '--vcf', freshFolder('empty')])
  assert.equal(folder.status, 2)
})

test('an unknown name is a usage error that lists the names', () => {
  const run = habeas(['bench', 'weather'])
  assert.deepEqual([run.status, run.out], [2, ''])
  for (const name of ['genome', 'log-append', 'log', 'plan', 'consent', 'consent-decision', 'ruling'])
    assert.match(run.err, new RegExp(`\\b${name}\\b`))
})

test('the help says which way a ratio is good', () => {
  const run = habeas(['bench', '--help'])
  assert.equal(run.status, 0)
  assert.match(run.out, /ratio` is ours \/ peer\. For rates \(per second\) more is better, for times less/)
})
