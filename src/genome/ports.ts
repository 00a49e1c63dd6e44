import type { Fault, Result, Sha256Hex } from '#kernel'
import type { SampleGenotypes } from './genotype.ts'

export type GenomeFile = {
  /** `records`: data lines of the file, wanted or not. */
  readonly source: { readonly file: string; readonly sha256: Sha256Hex; readonly records: number }
  readonly assembly: 'GRCh38'
  readonly samples: readonly SampleGenotypes[]
}

export type ReadOptions = {
  /** Read this sample only. */
  readonly sample?: string | undefined
  /** Bytes of the file read so far, and its size. */
  readonly onProgress?: ((read: number, total: number) => void) | undefined
}

/** Reads what a file says of the wanted positions. MUST refuse whole what is not a sound VCF on GRCh38. */
export interface GenomeReader {
  read(path: string, options: ReadOptions): Promise<Result<GenomeFile, Fault>>
}
