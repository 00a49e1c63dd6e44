import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { codeOf, importsOf, production, sources } from './sources.ts'

/** The table of ARCHITECTURE.md: a room, and which rooms it may enter besides kernel and vocabulary. */
const mayImport: Record<string, readonly string[]> = {
  kernel: [],
  vocabulary: [],
  genome: [],
  person: [],
  consent: ['person'],
  review: ['person', 'consent'],
  law: [],
  access: [],
  houserules: [],
  decision: ['person', 'consent', 'review', 'law', 'houserules'],
  plan: ['genome', 'person', 'decision'],
  evidence: [],
  privacy: ['consent', 'decision'],
  oversight: ['review', 'decision', 'privacy'],
  insight: ['consent', 'decision', 'plan'],
  usecases: [
    'genome',
    'person',
    'consent',
    'review',
    'law',
    'access',
    'houserules',
    'decision',
    'plan',
    'evidence',
    'privacy',
    'oversight',
    'insight',
  ],
  adapters: [
    'genome',
    'person',
    'consent',
    'review',
    'law',
    'access',
    'houserules',
    'decision',
    'plan',
    'evidence',
    'privacy',
    'oversight',
    'insight',
    'usecases',
  ],
  http: ['usecases'],
  cli: ['usecases'],
  web: ['genome', 'evidence'],
}
const kernelOnly = ['genome', 'evidence']
const pure = [
  'kernel',
  'vocabulary',
  'genome',
  'person',
  'consent',
  'review',
  'law',
  'access',
  'houserules',
  'decision',
  'plan',
  'evidence',
  'privacy',
  'oversight',
  'insight',
]

const allowed = (folder: string, target: string): boolean => {
  if (folder === target) return true
  if (target === 'kernel') return folder !== 'kernel'
  if (target === 'vocabulary') return folder !== 'kernel' && !kernelOnly.includes(folder)
  return (mayImport[folder] ?? []).includes(target)
}

/** The room a specifier leads to; undefined for a package. */
function roomOf(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1).split('/')[0]
  return specifier.startsWith('.') ? join(dirname(path), specifier).split('/')[1] : undefined
}

test('every room is in the table, and the table of ARCHITECTURE.md names it', () => {
  const rooms = new Set(sources.map(({ folder }) => folder).filter((folder) => folder !== 'main.ts'))
  const page = readFileSync('ARCHITECTURE.md', 'utf8')
  for (const room of rooms) {
    assert.ok(room in mayImport, `src/${room} is in no row of the table`)
    assert.ok(page.includes(`\`${room}/\``), `src/${room} is not in ARCHITECTURE.md`)
  }
})

test('imports point up the table only', () => {
  const wrong: string[] = []
  for (const { path, folder, text } of production) {
    if (folder === 'main.ts') continue
    for (const specifier of importsOf(text)) {
      const room = roomOf(path, specifier)
      if (room !== undefined && !allowed(folder, room)) wrong.push(`${path} imports ${specifier}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('a room is entered through its entrance only', () => {
  const wrong: string[] = []
  for (const { path, folder, text } of production) {
    for (const specifier of importsOf(text)) {
      const room = roomOf(path, specifier)
      const relative = specifier.startsWith('.')
      if (relative && room !== folder && folder !== 'main.ts') wrong.push(`${path} reaches into ${specifier}`)
      if (specifier.startsWith('#') && specifier.includes('/'))
        wrong.push(`${path} reaches into ${specifier}`)
      if (relative && !existsSync(join(dirname(path), specifier))) wrong.push(`${path}: no ${specifier}`)
    }
  }
  assert.deepEqual(wrong, [])
})

const impure: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['the clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\b/],
  ['chance', /\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b|\brandomBytes\b/],
  ['the network', /\bfetch\(|\bWebSocket\b|\bXMLHttpRequest\b/],
  ['the process', /\bprocess\.|\bconsole\.|\bsetTimeout\b|\bsetInterval\b/],
]

test('from kernel to insight: no clock, no chance, no disk, no network', () => {
  const wrong: string[] = []
  for (const { path, folder, text } of production.filter((source) => pure.includes(source.folder))) {
    for (const specifier of importsOf(text)) {
      if (specifier.startsWith('node:')) wrong.push(`${path} imports ${specifier}`)
    }
    for (const [what, pattern] of impure) {
      if (pattern.test(codeOf(text))) wrong.push(`${path} (${folder}) uses ${what}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('only decision makes permits', () => {
  const makers = production
    .filter(({ text }) => /\bPermit\.issue\b/.test(codeOf(text)))
    .map(({ folder }) => folder)
  assert.deepEqual([...new Set(makers)], ['decision'])
})

test('nobody casts to Permit, and nobody but main reads the tables of knowledge outside adapters', () => {
  const wrong = production
    .filter(
      ({ text, folder }) =>
        /\bas (unknown as )?Permit\b/.test(codeOf(text)) ||
        (pure.includes(folder) && /from '.*knowledge\//.test(text)),
    )
    .map(({ path }) => path)
  assert.deepEqual(wrong, [])
})
