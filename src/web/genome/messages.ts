import type { GenomeReport } from '#genome'
import type { Fault, Json } from '#kernel'

/** What the page tells the worker. `run` numbers the files, so that what is said of an earlier one is known for old. */
export type Asked =
  | { readonly kind: 'tables'; readonly alleles: Json; readonly phenotypes: Json; readonly findings: Json }
  | { readonly kind: 'call'; readonly run: number; readonly file: File }
  | { readonly kind: 'stop' }

/** What the worker tells the page. */
export type Told =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly run: number; readonly read: number }
  | { readonly kind: 'called'; readonly run: number; readonly reports: readonly GenomeReport[] }
  | { readonly kind: 'refused'; readonly run: number; readonly fault: Fault }
  | { readonly kind: 'broken' }
