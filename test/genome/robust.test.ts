import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { GeneCall } from '#genome'
import { syntheticGenome } from '../../tools/examples/genomes.ts'
import { callSample, callText, scanText } from './facts.ts'
import { knowledge } from './knowledge.ts'
import { geneOf, geneVcf, header, positionOf, record } from './vcf.ts'

const printed = (gene: string, name: string): string =>
  geneOf(gene).alleles.find((each) => each.name === name)!.printedAs

/** Named alleles of a gene, without the sub-alleles of an ambiguous core. */
const namesOf = (gene: string): string[] =>
  geneOf(gene).alleles.flatMap(({ name, reportedAs }) => (name === reportedAs ? [name] : []))

describe('synthetic genomes', () => {
  for (const { gene } of knowledge.genes) {
    test(`${gene}: each allele beside the reference, phased, is called as itself`, () => {
      const [reference, ...names] = namesOf(gene)
      for (const name of names) {
        const text = syntheticGenome(knowledge, { sample: 'X', alleles: { [gene]: [reference!, name] } })
        const call = callText(text, gene)
        const wanted = [reference!, name].map((each) => printed(gene, each))
        assert.equal(call.diplotypes.length, 1, name)
        assert.deepEqual([...wanted].sort(), splitPair(call, wanted).sort(), `${name}: ${call.diplotypes}`)
      }
    })
  }

  /** The two names that a label joins; names have slashes of their own nowhere. */
  function splitPair(call: GeneCall, wanted: readonly string[]): string[] {
    const [a, b] = wanted
    const label = call.diplotypes[0]!
    return label === `${a}/${b}` || label === `${b}/${a}` ? [...wanted] : label.split('/')
  }

  test('the same wish gives the same bytes, and an unknown gene or allele is refused', () => {
    const wish = { sample: 'X', alleles: { CYP2C19: ['*2', '*17'] as const } }
    assert.equal(syntheticGenome(knowledge, wish), syntheticGenome(knowledge, wish))
    assert.throws(() => syntheticGenome(knowledge, { sample: 'X', alleles: { CYP9: ['*1', '*1'] } }))
    assert.throws(() => syntheticGenome(knowledge, { sample: 'X', alleles: { TPMT: ['*1', '*99'] } }))
  })
})

describe('missing is never the reference', () => {
  test('a file without any position of a gene leaves it uncalled', () => {
    const text = `${header()}\n${record(positionOf('VKORC1', 'rs9923231'), '0/0')}\n`
    for (const { gene, status, diplotypes, phenotypes, missing } of callSample(scanText(text)[0]!)) {
      if (gene === 'VKORC1') continue
      assert.deepEqual([status, diplotypes, phenotypes], ['not-called', [], []], gene)
      const definition = knowledge.genes.find((each) => each.gene === gene)
      assert.equal(missing.length, definition?.positions.length ?? 0)
    }
  })

  /** The call of a synthetic genome from which positions were taken. */
  function callWithout(gene: string, pair: readonly [string, string], gone: readonly string[]): GeneCall {
    const whole = syntheticGenome(knowledge, { sample: 'X', alleles: { [gene]: pair } })
    const removed = new Set(gone.map((key) => key.replace(':', '\t')))
    const lines = whole.split('\n').filter((line) => !removed.has(line.split('\t').slice(0, 2).join('\t')))
    return callText(lines.join('\n'), gene)
  }

  const genes = knowledge.genes.map(({ gene }) => gene)
  const cases = fc.constantFrom(...genes).chain((gene) =>
    fc.record({
      gene: fc.constant(gene),
      gone: fc.subarray(geneOf(gene).positions.map(({ key }) => key)),
      pair: fc.tuple(fc.constantFrom(...namesOf(gene)), fc.constantFrom(...namesOf(gene))),
    }),
  )

  test('taking positions away: each gap is listed, and no gene is called with a score it did not earn', () => {
    fc.assert(
      fc.property(cases, ({ gene, gone, pair }) => {
        const call = callWithout(gene, pair, gone)
        assert.deepEqual([...call.missing].sort(), [...gone].sort())
        const marked = call.warnings.some(({ code }) => code === 'missing-positions')
        assert.equal(marked, gone.length > 0)
        if (gone.length === geneOf(gene).positions.length) assert.equal(call.status, 'not-called')
      }),
      { numRuns: 100 },
    )
  })

  test('a gene is still called without tier 1 positions only where they cannot change its phenotype', () => {
    fc.assert(
      fc.property(cases, ({ gene, gone, pair }) => {
        const { tier1 } = geneOf(gene)
        const full = callWithout(gene, pair, [])
        const call = callWithout(
          gene,
          pair,
          gone.filter((key) => tier1.has(key)),
        )
        if (full.status === 'called' && call.status === 'called')
          assert.deepEqual(call.phenotypes, full.phenotypes)
      }),
      { numRuns: 300 },
    )
  })

  test('without rs12248560 *17 could be there; without rs3758581 only two normal alleles could change places', () => {
    const without = (rsid: string) => callText(geneVcf('CYP2C19', { [rsid]: null }), 'CYP2C19')
    assert.equal(without('rs12248560').status, 'ambiguous')
    const open = without('rs3758581')
    assert.equal(open.status, 'called')
    assert.deepEqual(open.diplotypes, ['*1/*1', '*1/*38', '*38/*38'])
    assert.deepEqual(open.phenotypes, ['Normal Metabolizer'])
  })

  test('SLCO1B1 without rs4149056 could be *5 on either copy, so its normal function is not certain', () => {
    const call = callText(geneVcf('SLCO1B1', { rs4149056: null }), 'SLCO1B1')
    assert.deepEqual([call.status, call.missing], ['ambiguous', ['chr12:21178615']])
    assert.ok(call.warnings.some(({ code }) => code === 'tier1-missing'))
    assert.equal(callText(geneVcf('SLCO1B1', { rs2306283: null }), 'SLCO1B1').status, 'called')
  })

  test('a variant that cannot be read where an allele is defined leaves the phenotype open, tier 1 or not', () => {
    const insertion = (pos: number, ref: string, alt: string) =>
      `${geneVcf('NUDT15')}chr13\t${pos}\t.\t${ref}\t${alt}\t.\tPASS\t.\tGT\t0/1\n`
    for (const text of [insertion(48037788, 'C', 'CGGAGTC'), insertion(48037794, 'C', 'CGGAGTC')]) {
      const call = callText(text, 'NUDT15')
      assert.deepEqual([call.status, call.missing], ['ambiguous', ['chr13:48037782']])
    }
    assert.equal(callText(insertion(48037788, 'C', 'CTTT'), 'NUDT15').status, 'called')
    assert.equal(callText(geneVcf('NUDT15', { rs746071566: null }), 'NUDT15').status, 'called')
  })

  test('an undocumented base: no call where function is judged, the reference with a warning where toxicity is', () => {
    const change = (gene: string, rsid: string, alt: string) => {
      const { chrom, pos, ref, alts } = positionOf(gene, rsid)
      return geneVcf(gene, { [rsid]: '0/1' }).replace(
        `${chrom}\t${pos}\t.\t${ref}\t${alts.join(',')}`,
        `${chrom}\t${pos}\t.\t${ref}\t${alt}`,
      )
    }
    const cyp = callText(change('CYP2C19', 'rs4244285', 'T'), 'CYP2C19')
    assert.deepEqual([cyp.status, cyp.diplotypes], ['not-called', []])
    assert.ok(cyp.warnings.some(({ code }) => code === 'undocumented-variant'))
    const tpmt = callText(change('TPMT', 'rs1800460', 'A'), 'TPMT')
    assert.deepEqual(tpmt.diplotypes, ['*1/*1'])
    assert.ok(tpmt.warnings.some(({ code }) => code === 'undocumented-as-reference'))
  })

  test('half a call leaves the gene uncalled', () => {
    const call = callText(geneVcf('CYP2C19', { rs4244285: './1' }), 'CYP2C19')
    assert.deepEqual([call.status, call.diplotypes], ['not-called', []])
    assert.ok(call.warnings.some(({ code }) => code === 'half-call'))
  })
})

describe('more than one explanation', () => {
  test('TPMT: *1/*3A is called, and *3B/*3C is said to be possible', () => {
    const call = callText(geneVcf('TPMT', { rs1800460: '0/1', rs1142345: '0/1' }), 'TPMT')
    assert.deepEqual(call.diplotypes, ['*1/*3A'])
    const other = call.warnings.find(({ code }) => code === 'other-explanation')
    assert.match(other?.message ?? '', /\*3B\/\*3C \(Poor Metabolizer\)/)
    assert.deepEqual(
      callText(geneVcf('TPMT', { rs1800460: '0/1', rs1142345: '0/1' }), 'TPMT', true).diplotypes,
      ['*1/*3A', '*3B/*3C'],
    )
  })

  test('SLCO1B1: sub-alleles are reported as their core allele', () => {
    const text = syntheticGenome(knowledge, { sample: 'X', alleles: { SLCO1B1: ['*1', '*45.002'] } })
    assert.deepEqual(callText(text, 'SLCO1B1').diplotypes, ['*1/*45'])
  })

  test('CYP2C9 reports rs12777823 beside its call', () => {
    const call = callText(`${geneVcf('CYP2C9')}chr10\t94645745\t.\tG\tA\t.\tPASS\t.\tGT\t0/1\n`, 'CYP2C9')
    assert.deepEqual(call.extra, [{ rsid: 'rs12777823', position: 'chr10:94645745', genotype: 'A/G' }])
    assert.equal(callText(geneVcf('CYP2C9'), 'CYP2C9').extra[0]!.genotype, null)
  })

  test('the worst unphased sample, every position het, is called within 50 ms a gene', () => {
    for (const { gene, positions } of knowledge.genes) {
      const calls = Object.fromEntries(positions.map(({ key }) => [key, '0/1']))
      const [sample] = scanText(geneVcf(gene, calls))
      callSample(sample!)
      const start = process.hrtime.bigint()
      callSample(sample!)
      const milliseconds = Number(process.hrtime.bigint() - start) / 1e6
      assert.ok(milliseconds < 50, `${gene}: ${milliseconds} ms`)
    }
  })
})

describe('time', () => {
  /** Two alleles of a gene, some positions away because of variants that cannot be read, phase in sets or open. */
  const hard = fc.constantFrom(...knowledge.genes).chain((definition) =>
    fc.record({
      definition: fc.constant(definition),
      pair: fc.tuple(fc.constantFrom(...definition.alleles), fc.constantFrom(...definition.alleles)),
      away: fc.subarray([...definition.positions]),
      sets: fc.option(fc.integer({ min: 1, max: 12 })),
    }),
  )

  test('no sample takes 50 ms, whatever it hides', () => {
    fc.assert(
      fc.property(hard, ({ definition, pair: [first, second], away, sets }) => {
        const gone = new Set(away.map(({ key }) => key))
        const known = definition.positions.filter(({ key }) => !gone.has(key))
        const genotypes = known.map(({ key, ref }, i) => {
          const alleles = [first.accepts.get(key)?.[0] ?? ref, second.accepts.get(key)?.[0] ?? ref] as const
          return [key, { alleles, phaseSet: sets === null ? null : `${i % sets}` }] as const
        })
        const unread = { code: 'overlapping-variant', message: '' } as const
        const warnings = new Map([...gone].map((key) => [key, [unread]]))
        const sample = { sample: 'X', genotypes: new Map(genotypes), warnings }
        const times = [1, 2, 3].map(() => {
          const start = process.hrtime.bigint()
          callSample(sample)
          return Number(process.hrtime.bigint() - start) / 1e6
        })
        assert.ok(Math.min(...times) < 50, `${definition.gene}: ${times.join(', ')} ms`)
      }),
      { numRuns: 300 },
    )
  })
})
