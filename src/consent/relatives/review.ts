import type { Instant, Result } from '#kernel'
import type { Outcome } from '#vocabulary'
import { checkPlainWords } from '../plainWords.ts'

/**
 * Why what was found matters to relatives: an illness of theirs could be prevented; it could be treated; a medicine could harm them; it
 * bears on having children. A code, so that who decides learns no gene.
 */
export const relativesReasons = ['prevention', 'treatment', 'medicine', 'children'] as const
export type RelativesReason = (typeof relativesReasons)[number]

/** Whether relatives are to be told of it. What the law and the person allow is another question, asked beside it. */
export const relativesVerdicts = ['matters', 'does-not-matter'] as const
export type RelativesVerdict = (typeof relativesVerdicts)[number]

export type RelativesFlaw =
  /** Nothing but a code, or blanks. */
  | 'relatives.no-words'
  /** Too long, or with what could be taken for markup. */
  | 'relatives.text'

export const checkRelativesWords = (words: string): Result<string, RelativesFlaw> =>
  checkPlainWords('relatives', words)

/** What the law said of telling relatives at that moment, and whether the gate would have let it be done. */
export type TellingAsked = { readonly law: Outcome; readonly allowed: boolean }

/** How a review ended; once. */
export type RelativesFinding = TellingAsked & {
  readonly at: Instant
  readonly account: string
  readonly name: string
  readonly verdict: RelativesVerdict
  readonly words: string
}
