import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { parseSituation } from './parseSituation.ts'

const shared = process.env.HABEAS_SHARED ?? '../shared'
const skip = existsSync(`${shared}/contracts/situation.schema.json`)
  ? false
  : 'the reference facts are not here'
const readShared = (file: string) => JSON.parse(readFileSync(`${shared}/contracts/${file}`, 'utf8'))

const plain = { id: 'a', at: '2026-11-20', jurisdictions: ['CN'], activity: 'use', purpose: 'treatment' }

test('what keeps a value from being a situation is named by path, kind and expectation', () => {
  const table: [given: unknown, path: string, found: string][] = [
    [null, '$', 'null'],
    [[plain], '$', 'an array'],
    [{ ...plain, at: '2026-02-29' }, '$.at', 'a string'],
    [{ ...plain, jurisdictions: [] }, '$.jurisdictions', 'an array'],
    [{ ...plain, jurisdictions: ['CN', 'CN'] }, '$.jurisdictions', 'the same item twice'],
    [{ ...plain, activity: 'look-at' }, '$.activity', '"look-at"'],
    [{ ...plain, surprise: 1 }, '$.surprise', 'an unknown member'],
    [{ ...plain, subject: { age: 'Mrs Smith' } }, '$.subject.age', 'a string'],
    [{ ...plain, subject: { age: 1.5 } }, '$.subject.age', 'a number'],
    [{ ...plain, subject: { 'Lin Xiu': 1 } }, '$.subject.?', 'an unknown member'],
    [{ ...plain, subject: null }, '$.subject', 'null'],
    [{ ...plain, data: { categories: ['genetic', 'dreams'] } }, '$.data.categories[1]', 'a string'],
    [{ ...plain, data: 7 }, '$.data', 'a number'],
    [{ ...plain, consents: [{ by: 'subject' }] }, '$.consents[0].forms', 'nothing'],
    [{ at: plain.at }, '$.id', 'nothing'],
  ]
  for (const [given, path, found] of table) {
    const parsed = parseSituation(given, '$')
    assert.ok(!parsed.ok, path)
    assert.deepEqual([parsed.error.where, parsed.error.found], [path, found])
    assert.ok(parsed.error.expected.length > 3)
  }
})

test('facts that exclude each other are refused, doubtful ones are not', () => {
  const consent = (more: object) => ({ ...plain, consents: [{ by: 'subject', forms: [], ...more }] })
  const table: [given: unknown, path: string | undefined][] = [
    [consent({ on: '2026-05-02', withdrawnOn: '2026-05-01' }), '$.consents[0].withdrawnOn'],
    [consent({ on: '2026-05-02', withdrawnOn: '2026-05-02' }), undefined],
    [{ ...plain, subject: { age: 14, bornOn: '2012-11-21' } }, '$.subject.age'],
    [{ ...plain, subject: { age: 14, bornOn: '2012-11-20' } }, undefined],
    [{ ...plain, subject: { bornOn: '2026-11-21' } }, '$.subject.bornOn'],
    [{ ...plain, subject: { deceased: true, conscious: true } }, '$.subject.conscious'],
    [
      { ...plain, approvals: [{ kind: 'irb', outcome: 'granted', on: '2026-02-01', expires: '2026-01-31' }] },
      '$.approvals[0].expires',
    ],
  ]
  for (const [given, path] of table) {
    const parsed = parseSituation(given, '$')
    assert.equal(parsed.ok ? undefined : parsed.error.where, path)
    if (!parsed.ok) assert.equal(parsed.error.code, 'situation.contradiction')
  }
})

type Tree = { [key: string]: unknown }
const junk: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  'x',
  '2023-02-29',
  '2024-02-29',
  'genetic',
  'subject',
  'hospital',
  [],
  {},
  ['health', 'health'],
  [{}],
  1e21,
]

/** Changes, drops or adds one member somewhere below `root`. */
function mutate(root: unknown, pick: (below: number) => number): unknown {
  const copy = structuredClone(root) as Tree
  let at: Tree = copy
  for (let depth = 0; depth < 6; depth++) {
    const inner = Object.values(at).filter(
      (value) => typeof value === 'object' && value !== null && Object.keys(value).length > 0,
    )
    if (inner.length === 0 || pick(3) === 0) break
    at = inner[pick(inner.length)] as Tree
  }
  const keys = Object.keys(at)
  const name = keys[pick(Math.max(1, keys.length))] ?? 'extra'
  const how = pick(4)
  if (how === 0 && Array.isArray(at)) at.push(structuredClone(at[0]))
  else if (how === 0) delete at[name]
  else if (how === 1 && !Array.isArray(at))
    at[['surprise', 'kind', 'on', 'age', 'data', 'consents'][pick(6)]!] = junk[pick(junk.length)]
  else at[name] = junk[pick(junk.length)]
  return copy
}

test('accepts exactly what the published schema accepts, save contradictions', { skip }, () => {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  const accepts = ajv.compile(readShared('situation.schema.json'))
  const situations: unknown[] = readShared('public-cases.json').map(
    (row: { situation: unknown }) => row.situation,
  )
  for (const situation of situations) assert.ok(accepts(situation) && parseSituation(situation, '$').ok)
  let refused = 0
  fc.assert(
    fc.property(
      fc.nat(situations.length - 1),
      fc.array(fc.nat(1_000_000), { minLength: 30, maxLength: 30 }),
      (index, dice) => {
        let next = 0
        const mutant = mutate(situations[index], (below) => dice[next++ % dice.length]! % below)
        const ours = parseSituation(mutant, '$')
        if (!ours.ok && ours.error.code === 'situation.contradiction') return
        if (!ours.ok) refused += 1
        assert.equal(ours.ok, accepts(mutant), JSON.stringify(mutant))
      },
    ),
    { numRuns: 4000 },
  )
  assert.ok(refused > 1000)
})
