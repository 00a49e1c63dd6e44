import type { ContentOf, StandingRule } from '#houserules'
import type { Sha256Hex } from '#kernel'
import type { Situation } from '#law'

/** A form as a hospital laid it down. */
export type Form = ContentOf<'form'>
export type StandingForm = { readonly id: string; readonly sha256: Sha256Hex; readonly form: Form }

/**
 * The forms among what stands that are made for every law that a case is under; one that was laid down before forms had items cannot be
 * signed.
 */
export const formsAmong = (
  rules: readonly StandingRule[],
  { jurisdictions }: Pick<Situation, 'jurisdictions'>,
): readonly StandingForm[] =>
  rules.flatMap(({ id, sha256, content }) =>
    content.kind === 'form' &&
    'items' in content &&
    jurisdictions.every((one) => content.jurisdictions.includes(one))
      ? [{ id, sha256, form: content }]
      : [],
  )
