import type { NormBase, Rank } from './normBase.ts'
import type { NormId, Ruling } from './ruling.ts'

/** A norm as a reader looks it up: where it stands, what it says in our words, and how sure we are of that. */
export type Citation = {
  readonly norm: NormId
  readonly instrument: { readonly en: string; readonly zh: string }
  readonly article: string
  readonly rank: Rank
  readonly wording: { readonly en: string; readonly zh: string }
  readonly verified: string
}

/** Every norm that a ruling names, once, in the order of the ruling. */
export const citationsOf = (ruling: Ruling, base: NormBase): readonly Citation[] =>
  cite(
    [
      ...ruling.norms,
      ...ruling.whoMustConsent.flatMap(({ norms }) => norms),
      ...ruling.duties.flatMap(({ norms }) => norms),
      ...ruling.forbiddenBy.map(({ norm }) => norm),
      ...ruling.displaced.flatMap(({ norm, by }) => [norm, by]),
      ...ruling.burdenOfProof.flatMap(({ norms }) => norms),
    ],
    base,
  )

/** Each once, in their order. A norm that this base no longer has is left out. */
export const cite = (norms: readonly NormId[], base: NormBase): readonly Citation[] =>
  [...new Set(norms)].flatMap((id) => {
    const norm = base.byId.get(id)
    if (norm === undefined) return []
    const { article, wording, verified, instrument } = norm
    const titles = { en: instrument.titleEn, zh: instrument.titleZh }
    return [{ norm: id, instrument: titles, article, rank: instrument.rank, wording, verified }]
  })
