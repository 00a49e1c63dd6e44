import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { findingKinds, type GenomeFinding, parseGenomeKnowledge, reportSample } from '#genome'
import { parseJson, sha256Hex, utf8 } from '#kernel'
import { habeas } from '../scenarios/habeas.ts'
import { pathOf, scanText, skip } from './facts.ts'
import { knowledge } from './knowledge.ts'
import { header } from './vcf.ts'

type Lines = readonly (readonly [
  chrom: string,
  pos: number,
  ref: string,
  alt: string,
  call: string,
  format?: string,
])[]

const findAll = (
  lines: Lines,
  asked: readonly (typeof findingKinds)[number][] = findingKinds,
): readonly GenomeFinding[] => {
  const rows = lines.map(([chrom, pos, ref, alt, call, format = 'GT']) =>
    [chrom, pos, '.', ref, alt, '.', 'PASS', '.', format, call].join('\t'),
  )
  const [sample] = scanText(`${header()}\n${rows.join('\n')}\n`)
  const source = { file: 'x.vcf', sha256: sha256Hex(utf8('')), records: rows.length, index: null }
  const how = {
    allMatches: false,
    outside: [],
    findings: asked,
    reading: { minDepth: null, minGq: null, absentIsReference: false },
  }
  return reportSample({ source, assembly: 'GRCh38', samples: [] }, sample!, knowledge, how).findings
}

const find = (
  gene: string,
  name: string,
  lines: Lines,
  asked = findingKinds as readonly (typeof findingKinds)[number][],
) => {
  const found = findAll(lines, asked).find((one) => one.gene === gene && one.name.startsWith(name))!
  return [found.status, found.copies, ...found.positions.map(({ bases }) => bases)]
}

describe('one position', () => {
  const leiden = (call: string, alt = 'T'): Lines => [['chr1', 169549811, 'C', alt, call]]
  const rows: readonly (readonly [given: string, lines: Lines, then: readonly unknown[]])[] = [
    ['both copies the reference', leiden('0/0'), ['not-found', 0, 'C/C']],
    ['one copy', leiden('0/1'), ['found', 1, 'C/T']],
    ['both copies', leiden('1|1'), ['found', 2, 'T/T']],
    ['no line', [], ['not-tested', null, null]],
    ['no call', leiden('./.'), ['not-tested', null, null]],
    ['half a call', leiden('./1'), ['unclear', null, './T']],
    ['a base that nobody described', leiden('0/1', 'G'), ['unclear', null, 'C/G']],
  ]
  for (const [given, lines, wanted] of rows)
    test(`F5 Leiden, ${given}: ${wanted[0]}`, () => assert.deepEqual(find('F5', 'Leiden', lines), wanted))

  test('two changes at one position are told apart; a deletion is one', () => {
    const line: Lines = [['chr10', 95064886, 'G', 'C,A', '0/2']]
    assert.deepEqual(find('CYP2C8', '*7', line), ['found', 1, 'A/G'])
    assert.deepEqual(find('CYP2C8', '*8', line), ['not-found', 0, 'A/G'])
    assert.deepEqual(find('CYP2C8', '*12', [['chr10', 95037216, 'TCAA', 'T', '0/1']]), ['found', 1, 'T/TCAA'])
  })
})

describe('two positions on one copy', () => {
  const apoe = (first: string, second: string, format = 'GT'): Lines => [
    ['chr19', 44908684, 'T', 'C', first, format],
    ['chr19', 44908822, 'C', 'T', second, format],
  ]
  const rows: readonly (readonly [
    given: string,
    lines: Lines,
    e2: readonly unknown[],
    e4: readonly unknown[],
  ])[] = [
    ['reference', apoe('0/0', '0/0'), ['not-found', 0], ['not-found', 0]],
    ['e4 once, phase of no matter', apoe('0/1', '0/0'), ['not-found', 0], ['found', 1]],
    ['e4 twice', apoe('1/1', '0/0'), ['not-found', 0], ['found', 2]],
    ['e2 once', apoe('0/0', '0/1'), ['found', 1], ['not-found', 0]],
    [
      'both open: e2 and e4, or both changes on one copy',
      apoe('0/1', '0/1'),
      ['unclear', null],
      ['unclear', null],
    ],
    ['phased apart', apoe('0|1', '1|0'), ['found', 1], ['found', 1]],
    ['phased together', apoe('0|1', '0|1'), ['not-found', 0], ['not-found', 0]],
    ['phased in different sets', [...apoe('0|1:1', '1|0:2', 'GT:PS')], ['unclear', null], ['unclear', null]],
    ['one position missing', apoe('0/1', '0/1').slice(0, 1), ['not-tested', null], ['not-tested', null]],
  ]
  for (const [given, lines, e2, e4] of rows)
    test(`APOE, ${given}`, () => {
      assert.deepEqual(find('APOE', 'e2', lines).slice(0, 2), e2)
      assert.deepEqual(find('APOE', 'e4', lines).slice(0, 2), e4)
    })
})

test('what nobody asked for is not told, and the bases neither', () => {
  const lines: Lines = [
    ['chr19', 44908684, 'T', 'C', '1/1'],
    ['chr19', 44908822, 'C', 'T', '0/0'],
    ['chr15', 74749576, 'C', 'A', '0/1'],
  ]
  for (const asked of [[], ['pgx'], ['carrier-opt-in', 'risk-factor-opt-in']] as const) {
    assert.deepEqual(find('APOE', 'e4', lines, asked), ['not-asked', null, null, null])
    assert.deepEqual(find('CYP1A2', '*1F', lines, asked), ['found', 1, 'A/C'])
  }
  assert.equal(find('APOE', 'e4', lines, ['special-explicit-consent'])[0], 'found')
})

test('each finding has its kind, and none lies where a named allele does', () => {
  const of = new Map(knowledge.findings!.map(({ gene, kind }) => [gene, kind]))
  assert.deepEqual(Object.fromEntries(of), {
    ALDH2: 'risk-factor-opt-in',
    APOE: 'special-explicit-consent',
    CYP1A2: 'pgx',
    CYP2C8: 'pgx',
    F2: 'risk-factor-opt-in',
    F5: 'risk-factor-opt-in',
    HBB: 'carrier-opt-in',
    MTHFR: 'pgx',
  })
  const named = new Set(
    knowledge.genes.flatMap(({ positions, extra }) => [...positions, ...extra].map(({ key }) => key)),
  )
  for (const { at } of knowledge.findings!)
    for (const { position } of at) assert.ok(!named.has(position.key), position.key)
})

test('a table that is none is refused with its place', () => {
  const table = (name: string) => {
    const parsed = parseJson(readFileSync(`knowledge/genome/${name}`, 'utf8'), name)
    assert.ok(parsed.ok)
    return parsed.value
  }
  const row = { gene: 'X', name: 'x', kind: 'pgx', function: null, at: [['chr1', 5, null, 'A', 'C']] }
  for (const [bad, where] of [
    [[], '$.findings'],
    [{ findings: [3] }, '$.findings[0]'],
    [{ findings: [row, { ...row, kind: 'fun' }] }, '$.findings[1].kind'],
    [{ findings: [{ ...row, at: [] }] }, '$.findings[0].at'],
    [{ findings: [{ ...row, at: [['chr1', 'x', null, 'A', 'C']] }] }, '$.findings[0].at[0]'],
  ] as const) {
    const parsed = parseGenomeKnowledge(
      table('alleles.json'),
      table('phenotypes.json'),
      JSON.parse(JSON.stringify(bad)),
    )
    assert.ok(!parsed.ok)
    assert.equal(parsed.error.where, `findings.json ${where}`)
  }
})

test('on the command line risk is told to those only who ask for it', { skip }, () => {
  const file = pathOf('wgs/NA18526.preprocessed.vcf')
  const quiet = habeas(['genome', file])
  assert.ok(/single positions: .* 6 not-asked/.test(quiet.out))
  const asked = habeas(['genome', file, '--json', '--findings', 'risk-factor-opt-in'])
  const statuses = (JSON.parse(asked.out).findings as GenomeFinding[]).map(
    ({ kind, status }) => `${kind} ${status}`,
  )
  assert.ok(
    statuses.includes('risk-factor-opt-in not-tested') && statuses.includes('carrier-opt-in not-asked'),
  )
  const odd = habeas(['genome', file, '--findings', 'all'])
  assert.equal(odd.status, 2)
  assert.match(odd.err, /expected pgx, risk-factor-opt-in/)
})
