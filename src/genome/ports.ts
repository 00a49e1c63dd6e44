import type { Fault, Result, Sha256Hex } from '#kernel'
import type { SampleGenotypes } from './genotype.ts'
import type { ScanOptions } from './scan.ts'

/** How the user wants files read; what is not said is not asked for. */
export type Reading = Omit<ScanOptions, 'positions' | 'file'>

export type GenomeFile = {
  readonly source: {
    readonly file: string
    /** Of all bytes of the file, read through its index or not. */
    readonly sha256: Sha256Hex
    /** Data lines of the file, wanted or not; null when it was read through an index that does not count them. */
    readonly records: number | null
    /** The index that lies beside the file, or null; `unused` says why the whole file was read all the same. */
    readonly index: { readonly file: string; readonly unused: string | null } | null
  }
  readonly assembly: 'GRCh38'
  readonly samples: readonly SampleGenotypes[]
}

export type ReadOptions = Reading & {
  /** Bytes of the file read so far, and its size. */
  readonly onProgress?: ((read: number, total: number) => void) | undefined
}

/** Reads what a file says of the wanted positions. MUST refuse whole what is not a sound VCF on GRCh38. */
export interface GenomeReader {
  read(path: string, options: ReadOptions): Promise<Result<GenomeFile, Fault>>
}
