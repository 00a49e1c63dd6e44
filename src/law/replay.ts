import { err, type Fault, inputFault, ok, type Result } from '#kernel'
import type { Ruling } from './ruling.ts'
import type { Situation } from './situation.ts'

/** What is kept of a ruling to find it again: the facts, and which base of norms was read. */
export type PastRuling = { readonly situation: Situation; readonly sha256: string }

/** The ruling of the past, to the byte, from the base of then; by another base it would be another question. */
export function replay(
  { situation, sha256 }: PastRuling,
  book: { readonly sha256: string; readonly rule: (situation: Situation) => Ruling },
): Result<Ruling, Fault<'law.other-base'>> {
  return book.sha256 === sha256
    ? ok(book.rule(situation))
    : err(inputFault('law.other-base', '$.sha256', sha256, book.sha256))
}
