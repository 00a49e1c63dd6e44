import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  canonicalBytes,
  type Day,
  daysBetween,
  expectOk,
  fromBase64,
  fromHex,
  fromUtf8,
  type Json,
  parseCanonical,
  parseDay,
  parseInstant,
  parseJson,
  toBase64,
  toHex,
  utf8,
  yearsBetween,
} from './index.ts'

const day = (text: string): Day => parseDay(text)!

test('a day exists in the calendar, or is refused', () => {
  for (const good of ['2024-02-29', '2000-02-29', '1964-02-11', '0001-01-01'])
    assert.equal(parseDay(good), good)
  for (const bad of [
    '2023-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '20260101',
    '',
    '2026-11-20T00:00:00Z',
  ]) {
    assert.equal(parseDay(bad), undefined, bad)
  }
})

test('an instant is in UTC and normalised to milliseconds', () => {
  assert.equal(parseInstant('2026-11-20T08:15:00Z'), '2026-11-20T08:15:00.000Z')
  for (const bad of [
    '2026-02-30T00:00:00Z',
    '2026-11-20T25:00:00Z',
    '2026-11-20T08:15:00+01:00',
    '2026-11-20',
  ]) {
    assert.equal(parseInstant(bad), undefined, bad)
  }
})

test('completed years turn on the birthday, and on 1 March for 29 February', () => {
  const table: [from: string, to: string, years: number][] = [
    ['2010-05-20', '2024-05-19', 13],
    ['2010-05-20', '2024-05-20', 14],
    ['2012-02-29', '2020-02-28', 7],
    ['2012-02-29', '2021-02-28', 8],
    ['2012-02-29', '2021-03-01', 9],
  ]
  for (const [from, to, years] of table)
    assert.equal(yearsBetween(day(from), day(to)), years, `${from} ${to}`)
})

test('days between are counted over leap days', () => {
  assert.equal(daysBetween(day('2024-02-28'), day('2024-03-01')), 2)
  assert.equal(daysBetween(day('2026-03-01'), day('2026-02-28')), -1)
})

test('what decodes encodes back to the same text', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      assert.deepEqual(fromHex(toHex(bytes)), bytes)
      assert.deepEqual(fromBase64(toBase64(bytes)), bytes)
    }),
  )
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ABab01+/=-_ \n') }), (text) => {
      const hex = fromHex(text)
      const base64 = fromBase64(text)
      if (hex) assert.equal(toHex(hex), text)
      if (base64) assert.equal(toBase64(base64), text)
    }),
  )
})

test('other spellings of base64 and hex are refused', () => {
  assert.ok(fromBase64('AA=='))
  for (const bad of ['AB==', 'AA', 'AA=', 'A-==', ' AA==', 'AA==\n', '===='])
    assert.equal(fromBase64(bad), undefined, bad)
  for (const bad of ['AB', 'a', '0g', ' 00']) assert.equal(fromHex(bad), undefined, bad)
})

test('text that is not UTF-8 is not text', () => {
  assert.equal(fromUtf8(Uint8Array.of(0xff)), undefined)
  assert.equal(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)), '\ufeffa')
})

test('canonical bytes read back to the same value, and only they do', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const bytes = canonicalBytes(value as Json)
      if (!bytes.ok) return
      const read = parseCanonical(bytes.value)
      if (read.ok) assert.deepEqual(canonicalBytes(read.value), bytes)
      const spaced = parseCanonical(utf8(` ${fromUtf8(bytes.value)}`))
      assert.ok(!spaced.ok)
    }),
  )
})

test('JSON that readers could read in two ways is refused, naming file and line', () => {
  const table: [text: string, code: string, line: number][] = [
    ['{"a":1,\n"a":2}', 'json.duplicate-key', 2],
    ['{"a":{"b":1},"c":{"b":1},\n"\\u0061":2}', 'json.duplicate-key', 2],
    ['["\\ud800"]', 'json.lone-surrogate', 1],
    ['[9007199254740993]', 'json.big-integer', 1],
    ['{"a":\n\n}', 'json.syntax', 3],
    ['', 'json.syntax', 1],
    [`${'['.repeat(201)}${']'.repeat(201)}`, 'json.too-deep', 1],
    [`\n${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'json.too-deep', 2],
  ]
  for (const [text, code, line] of table) {
    const parsed = parseJson(text, 'case.json')
    assert.ok(!parsed.ok, text)
    assert.deepEqual([parsed.error.code, parsed.error.where], [code, `case.json:${line}`], text)
  }
  assert.deepEqual(expectOk(parseJson('{"a":["a","a"],"b":{"a":{"a":1}},"c":"a"}', 'x')), {
    a: ['a', 'a'],
    b: { a: { a: 1 } },
    c: 'a',
  })
})

test('whatever JSON.parse takes is taken or refused for a named reason, never thrown', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      const parsed = parseJson(text, 'x')
      if (parsed.ok) assert.deepEqual(parsed.value, JSON.parse(text))
      else assert.notEqual(parsed.error.code, 'json.syntax')
    }),
  )
})
