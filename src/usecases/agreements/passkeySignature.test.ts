import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Instant, instantOf, ok } from '#kernel'
import type { ActedBy } from '../act.ts'
import type { Case } from '../caseFolder.ts'
import type { ProviderRecord } from '../door/ports.ts'
import { askSignature, checkSignature, signaturePatienceMs } from './passkeySignature.ts'

const begun = Date.parse('2026-11-27T10:00:00.000Z')
const signing = {
  form: 'f1',
  formSha256: 'a'.repeat(64),
  language: 'en',
  choices: [{ item: 'one', effect: 'permit', answers: [1] }],
  previewShown: true,
  supersedes: null,
} as const
const from = { subject: { id: 'p' } } as unknown as Case
const by = (account: string) =>
  ({ kind: 'account', account, method: 'code', relation: 'self', through: null }) as unknown as ActedBy

/** A door with one passkey of account `a`, whatever it answers being right. */
function doorAt(records: Map<string, ProviderRecord>, at: Instant) {
  const passkey = { id: 'k', account: 'a', counter: 0, addedAt: at }
  const door = {
    listPasskeys: async (account: string) => (account === 'a' ? [passkey] : []),
    findPasskey: async (id: string) => (id === 'k' ? passkey : undefined),
    putRecord: async (record: ProviderRecord) => void records.set(record.id, record),
    takeRecord: async (_: string, id: string) => {
      const record = records.get(id)
      records.delete(id)
      return record
    },
    notePasskeyUse: async () => {},
  }
  const run = (work: (door: never) => unknown) => work(door as never)
  return {
    house: 'hillside',
    clock: { now: () => at },
    chance: { bytes: (length: number) => new Uint8Array(length).fill(7), id: () => 'x' },
    store: { door: { look: run, open: run } },
    passkeys: { idOf: () => 'k', verifySignature: async () => ok({ counter: 1, assertion: {} }) },
  } as never
}

const table: readonly (readonly [given: string, afterMs: number, as: string, expected: string])[] = [
  ['at once', 0, 'a', 'passkey'],
  ['a millisecond before the end', signaturePatienceMs - 1, 'a', 'passkey'],
  ['at its end', signaturePatienceMs, 'a', 'consent.signature-expired'],
  ['long after', signaturePatienceMs * 9, 'a', 'consent.signature-expired'],
  ['from another account', 0, 'b', 'consent.signature-gone'],
]
for (const [given, afterMs, as, expected] of table)
  test(`what a passkey was asked is answered ${given}: ${expected}`, async () => {
    const records = new Map<string, ProviderRecord>()
    assert.ok((await askSignature(doorAt(records, instantOf(begun)), from, by('a'), signing)).ok)
    const later = doorAt(records, instantOf(begun + afterMs))
    const checked = await checkSignature(later, from, by(as), signing, {})
    assert.equal(checked.ok ? checked.value.strength : checked.error, expected)
    const again = await checkSignature(later, from, by(as), signing, {})
    assert.equal(again.ok ? 'signed twice' : again.error, 'consent.signature-gone')
  })

test('what is asked changes with every word that is said, and with who says it', async () => {
  const digestOf = async (over: object, who = by('a'), whom = from) => {
    const asked = await askSignature(doorAt(new Map(), instantOf(begun)), whom, who, { ...signing, ...over })
    return asked.ok ? Buffer.from(asked.value.challenge).toString('hex') : asked.error
  }
  const overs = [
    {},
    { form: 'f2' },
    { formSha256: 'b'.repeat(64) },
    { language: 'zh' },
    { supersedes: 'a0' },
    { voice: 'assents' },
    { choices: [{ item: 'one', effect: 'refuse', answers: [] }] },
    { choices: [{ item: 'one', effect: 'permit', answers: [0, 1] }] },
  ]
  const digests = [
    ...(await Promise.all(overs.map((over) => digestOf(over)))),
    await digestOf({}, by('a'), { subject: { id: 'q' } } as unknown as Case),
  ]
  assert.equal(new Set(digests).size, digests.length)
  assert.ok(digests.every((digest) => /^[0-9a-f]{64}$/.test(digest)))
})

test('who has no passkey is asked for none', async () => {
  const asked = await askSignature(doorAt(new Map(), instantOf(begun)), from, by('b'), signing)
  assert.equal(asked.ok ? 'asked' : asked.error, 'consent.no-passkey')
})
