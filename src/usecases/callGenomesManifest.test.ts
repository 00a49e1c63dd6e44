import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { expectOk, type Sha256Hex, sha256Hex, utf8 } from '#kernel'
import {
  type Decision,
  decideInput,
  differences,
  foldName,
  joinLines,
  lineText,
  manifestLines,
  parseManifest,
  type RunHead,
  type RunLine,
  resultFile,
} from './callGenomesManifest.ts'

const head: RunHead = {
  format: 1,
  program: '1',
  knowledge: { alleles: 'a', sha256: 'x' },
  options: { sample: null, 'min-gq': 20, findings: ['pgx'] },
}
const shaOf = (text: string): Sha256Hex => sha256Hex(utf8(text))
const line = (name: string, content: string, of: number, done: readonly string[]): RunLine => ({
  input: { name, path: `/in/${name}`, size: content.length, sha256: shaOf(content) },
  samples: of,
  results: done.map((sample) => ({
    sample,
    file: resultFile(name, sample),
    sha256: shaOf(content + sample),
  })),
})

const content = fc.constantFrom('one', 'two', 'three')
const samples = fc.subarray(['S1', 'S2', 'S3'])
const anyLine = fc
  .record({ name: fc.constantFrom('a.vcf', 'b/a.vcf'), content, done: samples })
  .map((drawn) => line(drawn.name, drawn.content, 3, drawn.done))

test('a manifest is read as it was written, and writing it again changes nothing', () => {
  fc.assert(
    fc.property(fc.array(anyLine), (lines) => {
      const written = [JSON.stringify(head), ...lines.map(lineText)]
      const manifest = expectOk(parseManifest(written, 'm'))!
      const compact = manifestLines(manifest)
      const again = expectOk(parseManifest(compact, 'm'))!
      assert.deepEqual(manifestLines(again), compact)
      assert.deepEqual(
        manifestLines(expectOk(parseManifest([...compact, ...compact.slice(1)], 'm'))!),
        compact,
      )
    }),
  )
})

/** What the decision must be, said of the world rather than of the manifest. */
test('nothing is kept that is not exactly what the input gives now, and nothing is called that is', () => {
  fc.assert(
    fc.property(
      fc.option(anyLine, { nil: undefined }),
      content,
      fc.boolean(),
      samples,
      (before, now, moved, intact) => {
        const path = moved ? '/elsewhere/a.vcf' : (before?.input.path ?? '/in/a.vcf')
        const standing = (before?.results ?? [])
          .map(({ sample }) => sample)
          .filter((each) => intact.includes(each))
        const decision: Decision = decideInput(before, { path, sha256: shaOf(now) }, new Set(intact))
        const same = before?.input.sha256 === shaOf(now)
        if (before !== undefined && !same && moved)
          assert.deepEqual(decision, { kind: 'refuse', path: before.input.path })
        else if (same && standing.length === 3) assert.deepEqual(decision, { kind: 'keep' })
        else
          assert.deepEqual(decision, {
            kind: 'call',
            skip: new Set(same ? standing : []),
            remove: before === undefined || same ? [] : before.results,
          })
      },
    ),
  )
})

test('results of other content are forgotten with the first line of the new', () => {
  const joined = joinLines(line('a.vcf', 'one', 3, ['S1', 'S2']), line('a.vcf', 'two', 3, ['S3']))
  assert.deepEqual(joined, line('a.vcf', 'two', 3, ['S3']))
  const same = joinLines(line('a.vcf', 'one', 3, ['S1']), line('a.vcf', 'one', 3, ['S2']))
  assert.deepEqual(same, line('a.vcf', 'one', 3, ['S1', 'S2']))
})

test('a line that this program did not write is refused with its place', () => {
  const good = lineText(line('a.vcf', 'one', 1, ['S1']))
  const wrong = [
    '',
    'x',
    '{}',
    '[]',
    good.replace('a.vcf"', '../a.vcf"'),
    good.replace('results/a.vcf/S1.json', '../../etc/passwd'),
    good.replace('"S1"', '"S2"'),
    good.replace(/"sha256":"./, '"sha256":"z'),
    good.replace('"samples":1', '"samples":"1"'),
  ]
  for (const text of wrong) {
    const parsed = parseManifest([JSON.stringify(head), good, text], 'out/manifest.jsonl')
    assert.ok(!parsed.ok, text)
    assert.equal(parsed.error.where, 'out/manifest.jsonl:3')
  }
  const foreign = parseManifest([JSON.stringify({ ...head, format: 2 })], 'm')
  assert.ok(!foreign.ok && foreign.error.where === 'm:1')
  assert.equal(expectOk(parseManifest([], 'm')), undefined)
})

test('what differs between two makings is named', () => {
  assert.deepEqual(differences(head, structuredClone(head)), [])
  assert.deepEqual(differences(head, { ...head, program: '2' }), ['another version of the program'])
  assert.deepEqual(differences(head, { ...head, knowledge: { alleles: 'a', sha256: 'y' } }), [
    'another version of the knowledge',
  ])
  assert.deepEqual(differences(head, { ...head, options: { ...head.options, 'min-gq': null, new: 1 } }), [
    'another min-gq',
    'another new',
  ])
})

test('every sample has a file of its own, whatever it is called', () => {
  const names = [
    'S1',
    '..',
    '.',
    'a/b',
    'a%2Fb',
    'a b',
    '*',
    'con~',
    'é',
    'x'.repeat(300),
    `${'x'.repeat(299)}y`,
  ]
  const files = names.map((name) => resultFile('in.vcf', name))
  assert.equal(new Set(files.map(foldName)).size, names.length)
  for (const file of files)
    assert.match(file, /^results\/in\.vcf\/[A-Za-z0-9_%-][A-Za-z0-9_.%~-]{0,150}\.json$/)
  assert.equal(resultFile('d/in.vcf', 'NA18526'), 'results/d/in.vcf/NA18526.json')
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      (a, b) => {
        assert.equal(resultFile('x', a) === resultFile('x', b), a === b)
      },
    ),
  )
})
