import type { Day, Sha256Hex } from '#kernel'
import type { NormBase } from './normBase.ts'

/** That somebody read an instrument's file as it was then, and what they found. */
export type ReviewRecord = {
  readonly instrument: string
  readonly sha256: Sha256Hex
  readonly by: string
  readonly on: Day
  readonly verdict: 'agreed' | 'objected'
  readonly note: string
}

export type InstrumentReview = {
  readonly instrument: string
  readonly title: { readonly en: string; readonly zh: string }
  readonly norms: number
  readonly sha256: Sha256Hex
  /** `changed`: the file was reviewed, but not as it is now. */
  readonly state: 'agreed' | 'objected' | 'changed' | 'none'
  readonly last: ReviewRecord | null
  /** Norms whose text nobody here has seen. */
  readonly recalled: readonly string[]
}

/** Every instrument with its last review, by the bytes that were reviewed. */
export function reviewsOf(base: NormBase, records: readonly ReviewRecord[]): readonly InstrumentReview[] {
  const instruments = [...new Map(base.norms.map(({ instrument }) => [instrument.id, instrument])).values()]
  return instruments.map(({ id, titleEn, titleZh }) => {
    const own = base.norms.filter(({ instrument }) => instrument.id === id)
    const sha256 = base.digests.get(id)!
    const [last] = records
      .filter(({ instrument }) => instrument === id)
      .toSorted((a, b) => (a.on < b.on ? 1 : -1))
    return {
      instrument: id,
      title: { en: titleEn, zh: titleZh },
      norms: own.length,
      sha256,
      state: last === undefined ? 'none' : last.sha256 === sha256 ? last.verdict : 'changed',
      last: last ?? null,
      recalled: own.filter(({ verified }) => verified === 'from-memory').map((norm) => norm.id),
    }
  })
}
