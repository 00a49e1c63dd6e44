import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromUtf8, type Instant, type Json, type Sha256Hex, utf8 } from '#kernel'
import { commit, type Opening, openingBytes, parseOpening } from './commitment.ts'
import { leafBytes, parseLeaf } from './leaf.ts'

const digest = 'a'.repeat(64) as Sha256Hex
const opening: Opening = {
  payload: {
    outputs: { 'plan.json': digest },
    inputs: {},
    policySha256: digest,
    vkeySha256: digest,
    act: 'é',
  },
  salt: new Uint8Array(32).fill(1),
}

test('a leaf shows when, which kind and a commitment, in one spelling', () => {
  const leaf = { at: '2026-11-23T08:15:00.000Z' as Instant, kind: 'plan', commitment: digest }
  const bytes = leafBytes(leaf)
  assert.equal(fromUtf8(bytes), `{"at":"${leaf.at}","commitment":"${digest}","kind":"plan","v":1}`)
  assert.deepEqual(parseLeaf(bytes), { ok: true, value: leaf })
  const text = fromUtf8(bytes)!
  const table: [code: string, text: string][] = [
    ['canonical.other-spelling', `${text}\n`],
    ['canonical.other-spelling', text.replace('"v":1', '"v":1.0')],
    ['canonical.other-spelling', text.replace('plan', '\\u0070lan')],
    ['leaf.members', text.replace('.000Z', 'Z')],
    ['leaf.members', text.replace('11-23T08:15', '11-22T24:00')],
    ['leaf.members', text.replace('"v":1', '"v":2')],
    ['leaf.members', text.replace('"v":1', '"v":"1"')],
    ['leaf.members', text.replace('"v":1', '"v":1,"w":1')],
    ['leaf.members', text.replace('"plan"', '""')],
    ['leaf.members', text.replace('"plan"', '7')],
    ['leaf.members', text.replace('aaaa', 'AAAA')],
    ['leaf.members', text.replace('aaaa', 'aaa')],
    ['leaf.members', '[]'],
    ['json.syntax', '{'],
    ['json.too-deep', '['.repeat(60_000)],
    ['leaf.too-long', '['.repeat(70_000)],
  ]
  for (const [code, other] of table) {
    assert.deepEqual(parseLeaf(utf8(other)), { ok: false, error: code }, other.slice(0, 200))
  }
  const room = 65_535 - bytes.length + leaf.kind.length
  assert.equal(leafBytes({ ...leaf, kind: 'k'.repeat(room) }).length, 65_535)
  assert.throws(() => leafBytes({ ...leaf, kind: 'k'.repeat(room + 1) }))
})

test('an opening is canonical, with a salt of 32 bytes and safe file names', () => {
  const text = fromUtf8(openingBytes(opening))!
  assert.deepEqual(parseOpening(utf8(text)), { ok: true, value: opening })
  const table: [code: string, text: string][] = [
    ['canonical.other-spelling', text.replace('é', '\\u00e9')],
    ['json.duplicate-key', text.replace('"act"', '"vkeySha256":"","act"')],
    ['opening.members', text.replace('"salt":"01', '"salt":"')],
    ['opening.members', text.replace('"salt":"01', '"salt":"AB')],
    ['opening.members', text.replace('"salt":"', '"saltt":"')],
    ['opening.members', text.replace(/}$/, ',"zone":1}')],
    ['opening.payload', text.replace('"vkeySha256"', '"vkeySha257"')],
    ['opening.payload', text.replace('"inputs":{}', '"inputs":[]')],
    ['opening.payload', text.replace('plan.json":"a', 'plan.json":"A')],
    ...['/plan', '../plan', 'a/../b', './a', 'a//b', '', 'a\\\\b', 'c:a', 'a\\u0000'].map(
      (name): [string, string] => ['opening.payload', text.replace('plan.json', name)],
    ),
    ['json.too-deep', text.replace('"é"', `${'['.repeat(5000)}${']'.repeat(5000)}`)],
  ]
  for (const [code, other] of table) {
    assert.deepEqual(parseOpening(utf8(other)), { ok: false, error: code }, other.slice(0, 200))
  }
  const brackets: Json = '['.repeat(500)
  assert.ok(
    parseOpening(openingBytes({ ...opening, payload: { ...opening.payload, note: `\\"${brackets}` } })).ok,
  )
})

test('a commitment depends on salt and payload', () => {
  const { payload, salt } = opening
  const made = commit(salt, payload)
  // Computed by: openssl dgst -sha256 -mac HMAC -macopt hexkey:01…01 over the canonical payload.
  assert.equal(made, 'fb5b367d1298845f9dbc27b032b2b1d89ec511880eecca88709ea1f797dbf7c3')
  assert.notEqual(commit(new Uint8Array(32).fill(2), payload), made)
  assert.notEqual(commit(salt, { ...payload, act: 'e' }), made)
  assert.throws(() => commit(salt.slice(1), payload), RangeError)
  assert.throws(() => openingBytes({ payload, salt: salt.slice(1) }))
})
