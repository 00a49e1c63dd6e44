import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { callText } from './facts.ts'
import { geneVcf } from './vcf.ts'

const hapB3 = 'c.1129-5923C>G, c.1236G>A (HapB3)'
const intronOnly = 'c.1129-5923C>G'
const exon = 'rs56038477'
const intron = 'rs75017182'
const noFunction = 'rs72549310'
const decreased = 'rs67376798'
const normal = 'rs1801265'

type Calls = Readonly<Record<string, string | null>>
type Row = readonly [
  name: string,
  calls: Calls,
  diplotypes: readonly string[],
  lookup: readonly string[],
  score: number | null,
  warning?: string,
]

const ref = 'Reference/Reference'
const rows: readonly Row[] = [
  ['nothing found', {}, [ref], [ref], 2],
  [
    'one het is as good as phased',
    { [decreased]: '0/1' },
    ['Reference/c.2846A>T'],
    ['Reference/c.2846A>T'],
    1.5,
  ],
  ['hom', { [decreased]: '1/1' }, ['c.2846A>T/c.2846A>T'], ['c.2846A>T/c.2846A>T'], 1],
  [
    'two hets of unknown phase are listed; they are presumed on different copies',
    { [decreased]: '0/1', [noFunction]: '0/1' },
    ['c.61C>T', 'c.2846A>T'],
    ['c.61C>T/c.2846A>T'],
    0.5,
  ],
  [
    'two hets on one copy',
    { [decreased]: '0|1', [noFunction]: '0|1' },
    ['Reference/[c.61C>T + c.2846A>T]'],
    ['Reference/c.61C>T'],
    1,
  ],
  [
    'two hets on two copies',
    { [decreased]: '1|0', [noFunction]: '0|1' },
    ['c.61C>T/c.2846A>T'],
    ['c.61C>T/c.2846A>T'],
    0.5,
  ],
  [
    'a hom and one het: phase is known',
    { [noFunction]: '1/1', [normal]: '0/1' },
    ['c.61C>T/[c.61C>T + c.85T>C (*9A)]'],
    ['c.61C>T/c.61C>T'],
    0,
  ],
  [
    'a hom among unphased hets is listed twice and is both of the lowest',
    { [noFunction]: '1/1', [normal]: '0/1', [decreased]: '0/1' },
    ['c.61C>T', 'c.61C>T', 'c.85T>C (*9A)', 'c.2846A>T'],
    ['c.61C>T/c.61C>T'],
    0,
  ],
  [
    'HapB3 on one copy, phased',
    { [exon]: '0|1', [intron]: '0|1' },
    [`Reference/${hapB3}`],
    [`Reference/${hapB3}`],
    1.5,
  ],
  [
    'HapB3 het, unphased',
    { [exon]: '0/1', [intron]: '0/1' },
    ['Reference', hapB3],
    [`Reference/${hapB3}`],
    1.5,
  ],
  ['HapB3 hom', { [exon]: '1/1', [intron]: '1/1' }, [`${hapB3}/${hapB3}`], [`${hapB3}/${hapB3}`], 1],
  ['the intron alone', { [intron]: '0/1' }, [`Reference/${intronOnly}`], [`Reference/${intronOnly}`], 1.5],
  ['the exon alone does not count', { [exon]: '0/1' }, [ref], [ref], 2, 'hapb3-mismatch'],
  [
    'two introns and one exon, unphased: one copy has both, the other the intron',
    { [exon]: '0/1', [intron]: '1/1' },
    [`${intronOnly}/${hapB3}`],
    [`${intronOnly}/${hapB3}`],
    1,
  ],
  [
    'the exon stands in for a missing intron, and the answer is not certain',
    { [exon]: '0/1', [intron]: null },
    [`Reference/${hapB3}`],
    [`Reference/${hapB3}`],
    1.5,
    'hapb3-exonic-only',
  ],
  [
    'a missing intron is said even when the exon is the reference',
    { [intron]: null },
    [ref],
    [ref],
    2,
    'hapb3-exonic-only',
  ],
  [
    'a missing exon does not matter',
    { [exon]: null, [intron]: '0/1' },
    [`Reference/${intronOnly}`],
    [`Reference/${intronOnly}`],
    1.5,
    'hapb3-intronic-only',
  ],
  [
    'an exon without its intron beside another unphased het',
    { [exon]: '0/1', [noFunction]: '0/1' },
    ['Reference', 'c.61C>T'],
    ['Reference/c.61C>T'],
    1,
    'hapb3-mismatch',
  ],
  [
    'HapB3 beside a normal-function variant, unphased: the list has no reference left',
    { [exon]: '0/1', [intron]: '0/1', [normal]: '0/1' },
    ['c.85T>C (*9A)', hapB3],
    [`c.85T>C (*9A)/${hapB3}`],
    1.5,
  ],
  [
    'half a call: what was found, and nothing looked up',
    { [noFunction]: './1' },
    ['c.61C>T'],
    [],
    null,
    'half-call',
  ],
]

describe('DPYD', () => {
  for (const [name, calls, diplotypes, lookup, score, warning] of rows) {
    test(name, () => {
      const call = callText(geneVcf('DPYD', calls), 'DPYD')
      assert.deepEqual(call.diplotypes, diplotypes)
      assert.deepEqual(call.lookupDiplotypes, lookup)
      assert.equal(call.activityScore, score)
      if (warning)
        assert.ok(
          call.warnings.some(({ code }) => code === warning),
          JSON.stringify(call.warnings),
        )
    })
  }

  const phaseSet = (gt: string, set: number) => `${gt}:${set}`
  test('phase sets: every way of joining them is shown, the lowest function is looked up', () => {
    const vcf = geneVcf('DPYD', { [decreased]: phaseSet('0|1', 1), [noFunction]: phaseSet('0|1', 2) })
    const text = vcf.replaceAll('\tGT\t0/0', '\tGT:PS\t0/0:.').replaceAll('\tGT\t0|1', '\tGT:PS\t0|1')
    const call = callText(text, 'DPYD')
    assert.deepEqual(call.diplotypes, ['Reference/[c.61C>T + c.2846A>T]', 'c.61C>T/c.2846A>T'])
    assert.deepEqual(call.lookupDiplotypes, ['c.61C>T/c.2846A>T'])
    assert.equal(call.status, 'ambiguous')
  })

  test('an undocumented base reads as the reference, with a warning', () => {
    const text = geneVcf('DPYD')
      .replace('chr1\t97450058\t.\tC\tT', 'chr1\t97450058\t.\tC\tG')
      .replace(/(97450058.*)0\/0/, '$10/1')
    const call = callText(text, 'DPYD')
    assert.deepEqual(call.diplotypes, [ref])
    assert.ok(call.warnings.some(({ code }) => code === 'undocumented-as-reference'))
  })
})
