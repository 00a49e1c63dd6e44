import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseJson } from './json.ts'
import { findSyntaxFlaw } from './jsonFlaw.ts'

const table: readonly [given: string, text: string, from: string][] = [
  ['a word', '# Contract\n\nmore', '# Contract'],
  ['no value', '{"a":}\n', '}\n'],
  ['a comma too many in an object', '{\n "a": 1,\n}\n', '}\n'],
  ['a comma too many in a list', '[1,]', ']'],
  ['a comma too few', '[1\n 2]', '2]'],
  ['no colon', '{"a" 1}', '1}'],
  ['a name without quotes', '{\n\n b: 1}', 'b: 1}'],
  ['half a word', '[1,\n nul]', 'nul]'],
  ['a number with a zero before it', '[01]', '01]'],
  ['the wrong bracket', '[1}', '}'],
  ['a bracket too many', '[1]]', ']'],
  ['two values', '1\n2', '2'],
  ['a string with a line break', '["a\nb"]', '"a'],
  ['an escape that is none', '[1,\n "a\\x"]', '"a'],
  ['half an escape', '["\\u12"]', '"\\u'],
  ['an end too early', '{"a": [1', ''],
  ['nothing', ' \n', ''],
]
for (const [given, text, from] of table)
  test(`given ${given}, then the flaw is found where it begins`, () => {
    assert.throws(() => JSON.parse(text))
    assert.equal(findSyntaxFlaw(text), from === '' ? text.length : text.lastIndexOf(from))
  })

test('a mark that JSON does not know is found where it was put, and in JSON there is no flaw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), (value, chance) => {
      const text = JSON.stringify(value, null, 1)
      assert.equal(findSyntaxFlaw(text), text.length)
      const line = chance % (text.split('\n').length + 1)
      const lines = text.split('\n')
      lines.splice(line, 0, '#')
      const damaged = lines.join('\n')
      assert.equal(damaged.slice(0, findSyntaxFlaw(damaged)).split('\n').length - 1, line)
    }),
  )
})

test('a string of millions of characters is no trouble', () => {
  const long = `["${'a\\n'.repeat(4_000_000)}",\n#]`
  assert.equal(findSyntaxFlaw(long), long.length - 2)
  assert.ok(parseJson(long.replace(',\n#', ''), 'f').ok)
})

test('whatever is not JSON has its flaw within the text, where what came before could have gone on', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.nat(),
      fc.constantFrom('', ',', '}', '"', '0', ':', '['),
      (value, chance, put) => {
        const text = JSON.stringify(value)
        const at = chance % text.length
        const damaged = text.slice(0, at) + put + text.slice(at + 1)
        try {
          JSON.parse(damaged)
        } catch {
          assert.ok(findSyntaxFlaw(damaged) <= damaged.length)
          return
        }
        assert.equal(findSyntaxFlaw(damaged), damaged.length)
      },
    ),
  )
})
