import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flawOfInterpreter, interpreterKey } from './interpreter.ts'

const good = { name: 'Ana (invented)', language: 'Portuguese', organisation: null }
const names = ['Qian Yue (invented)', '钱 悦']

const table: readonly (readonly [given: string, over: object, flaw: string | undefined])[] = [
  ['somebody', {}, undefined],
  ['somebody of an organisation', { organisation: 'A house of languages' }, undefined],
  ['no name', { name: ' ' }, 'interpreter-unnamed'],
  ['no language', { language: '' }, 'interpreter-unnamed'],
  ['an organisation of blanks', { organisation: ' ' }, 'interpreter-unnamed'],
  ['a script', { name: '<script>' }, 'interpreter-unnamed'],
  ['a name of 501 letters', { name: 'a'.repeat(501) }, 'interpreter-unnamed'],
  ['whoever signs', { name: 'Qian Yue (invented)' }, 'interpreter-self'],
  ['whoever signs, written otherwise', { name: '  QIAN YUE (invented) ' }, 'interpreter-self'],
  ['whom it is about, in full width', { name: '钱\u3000悦' }, 'interpreter-self'],
]
for (const [given, over, flaw] of table)
  test(`as interpreter ${given}: ${flaw ?? 'taken'}`, () =>
    assert.equal(flawOfInterpreter({ ...good, ...over }, names), flaw))

test('a key is of the shape of a key, holds no name, and is another for another interpreter', () => {
  const key = interpreterKey(good)
  assert.match(key, /^interpreter-[0-9a-f]{32}$/)
  assert.notEqual(key, interpreterKey({ ...good, language: 'Spanish' }))
})
