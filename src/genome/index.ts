/**
 * What does this VCF say of pharmacogenes? Pure: a browser feeds `VcfScanner` with decompressed bytes and hands the
 * sample to `callGenes` together with the tables of `knowledge/genome`.
 */
export { contigName } from './assembly.ts'
export { type CallOptions, callGenes } from './callGenes.ts'
export {
  type FindingKind,
  findingKinds,
  type GeneDefinition,
  type GenomeKnowledge,
  type NamedAllele,
  type Position,
  reachOf,
  wantedPositions,
} from './definition.ts'
export type { GenomeFinding } from './findings.ts'
export type { GeneCall } from './geneCall.ts'
export {
  type GenomeWarning,
  type GenomeWarningCode,
  type Genotype,
  namesLine,
  type SampleGenotypes,
} from './genotype.ts'
export { type OutsideCall, parseOutsideCalls } from './outside.ts'
export { parseGenomeKnowledge } from './parseKnowledge.ts'
export type { GenomeFile, GenomeReader, Reading, ReadOptions } from './ports.ts'
export { type GenomeReport, reportSample } from './report.ts'
export { type ScannedVcf, type ScanOptions, VcfScanner } from './scan.ts'
export { beginsPacked, scanText } from './scanText.ts'
export { blockLength, endOfBgzf, type Inflater, refusePacked, unpack, unpackBlocks } from './unpack.ts'
