/**
 * What does this VCF say of pharmacogenes? Pure: a browser feeds `VcfScanner` with decompressed bytes and hands the
 * sample to `callGenes` together with the tables of `knowledge/genome`.
 */
export { type CallOptions, callGenes } from './callGenes.ts'
export {
  type FindingKind,
  findingKinds,
  type GeneDefinition,
  type GenomeKnowledge,
  type NamedAllele,
  type Position,
  wantedPositions,
} from './definition.ts'
export type { GenomeFinding } from './findings.ts'
export type { GeneCall } from './geneCall.ts'
export type { GenomeWarning, GenomeWarningCode, Genotype, SampleGenotypes } from './genotype.ts'
export { type OutsideCall, parseOutsideCalls } from './outside.ts'
export { parseGenomeKnowledge } from './parseKnowledge.ts'
export type { GenomeFile, GenomeReader, ReadOptions } from './ports.ts'
export { type GenomeReport, reportSample } from './report.ts'
export { type ScannedVcf, type ScanOptions, VcfScanner } from './scan.ts'
export { type Inflater, refusePacked, unpack } from './unpack.ts'
