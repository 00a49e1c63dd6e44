import { existsSync, readFileSync } from 'node:fs'
import { callGenes, type GeneCall, type SampleGenotypes, VcfScanner, wantedPositions } from '#genome'
import { expectOk, utf8 } from '#kernel'
import { knowledge } from './knowledge.ts'

const root = `${process.env['HABEAS_SHARED'] ?? '../shared'}/data/pgx`

/** Reason to skip a test that needs the reference facts, or false. */
export const skip = existsSync(`${root}/README.md`) ? false : 'the reference facts are not here'

export const pathOf = (path: string): string => `${root}/${path}`
export const textOf = (path: string): string => readFileSync(pathOf(path), 'utf8')

export type ExpectedRow = {
  readonly vcf: string
  readonly gene: string
  readonly expectedDiplotypes: readonly string[]
  readonly expectedLookupDiplotypes?: readonly string[]
  readonly expectedPhenotype?: string
  readonly expectedActivityScore?: string
  readonly notCalled?: boolean
  readonly outsideCalls?: readonly string[]
  readonly mode: { readonly topCandidateOnly: boolean }
}

export function scanText(text: string): readonly SampleGenotypes[] {
  const scanner = new VcfScanner({ positions: wantedPositions(knowledge), file: 'test.vcf' })
  scanner.push(utf8(text))
  return expectOk(scanner.finish()).samples
}

export const callSample = (sample: SampleGenotypes, allMatches = false): GeneCall[] =>
  callGenes(sample, knowledge, { allMatches, outside: [] })

export function callText(text: string, gene: string, allMatches = false): GeneCall {
  return callSample(scanText(text)[0]!, allMatches).find((call) => call.gene === gene)!
}
