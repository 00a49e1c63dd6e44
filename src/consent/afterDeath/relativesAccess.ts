import { canonicalBytes, expectOk, type Instant, sha256Hex } from '#kernel'
import type { Category, Purpose, Relation } from '#vocabulary'
import type { InnerProvision, Party } from '../agreement/agreement.ts'
import { evaluate } from '../agreement/evaluate.ts'
import type { AgreementRequest } from '../agreement/reach.ts'
import { isSignedByThem } from '../agreement/reasking.ts'
import type { RecordedAgreement } from '../agreement/standingClause.ts'
import { checkPlainWords, isPlain, isSaid } from '../plainWords.ts'
import { asInLife } from './afterDeath.ts'

/** A relative as somebody names them in life, and as their papers name them afterwards. */
export type NamedRelative = { readonly name: string; readonly relation: Relation }

/** What stands for them in an agreement, which holds no name; letters of any width and case, and spaces, are alike. */
export const relativeKey = ({ name, relation }: NamedRelative): string => {
  const known = name.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ')
  return `relative-${sha256Hex(expectOk(canonicalBytes({ name: known, relation }))).slice(0, 32)}`
}

/** More than anybody names. */
export const mostNamedRelatives = 8

/** Whether each is named in words that somebody could be called by. */
export const areNamed = (named: readonly NamedRelative[]): boolean =>
  named.length <= mostNamedRelatives && named.every(({ name }) => isSaid(name) && isPlain(name))

/** All near relatives, where nobody is named. */
export const anyRelative: Party = { kind: 'role', id: 'near-relative' }

/** `others`: the person said who may look and for what, and this is not among it. `not-said`: they said nothing of it; the law alone answers. */
export type RelativesAccess = 'allowed' | 'forbidden' | 'others' | 'not-said'

export type RelativeAsks = {
  readonly relative: NamedRelative
  readonly purpose: Purpose
  readonly categories: readonly Category[]
}

/**
 * What the person said in life of relatives who want to look after their death. A no counts whoever signed it; a yes only if they signed it
 * themself.
 */
export function accessOfRelatives(
  recorded: readonly RecordedAgreement[],
  { relative, purpose, categories }: RelativeAsks,
  at: Instant,
): RelativesAccess {
  const spoken = wordsIn(recorded)
  const parties: readonly Party[] = [anyRelative, { kind: 'person', id: relativeKey(relative) }]
  const { decision } = evaluate(spoken, { ...look, purpose, categories, parties }, at)
  if (decision !== 'silent') return decision === 'permit' ? 'allowed' : 'forbidden'
  return spoken.some(({ agreement }) => agreement.provisions.some(speaksOfRelatives)) ? 'others' : 'not-said'
}

const look = {
  activity: 'access-deceased',
  dataOn: null,
  cohort: 1,
} as const satisfies Partial<AgreementRequest>

const speaksOfRelatives = ({ activities }: InnerProvision): boolean =>
  activities?.includes('access-deceased') ?? false

const wordsIn = (recorded: readonly RecordedAgreement[]): readonly RecordedAgreement[] =>
  asInLife(recorded)
    .filter(({ agreement }) => agreement.signer.grantor !== 'relative')
    .map((one) => asSaidOfRelatives(one, isSignedByThem(one.agreement)))

/** A broad yes was said by somebody who thought of their life: only one that names the look of relatives counts here, and only their own. */
function asSaidOfRelatives({ agreement, events }: RecordedAgreement, areTheirs: boolean): RecordedAgreement {
  const counts = (one: InnerProvision): boolean =>
    one.effect === 'refuse' || (areTheirs && speaksOfRelatives(one))
  const provisions = agreement.provisions
    .filter(counts)
    .map((one) => ({ ...one, within: one.within.filter(counts) }))
  return { agreement: { ...agreement, base: 'refuse', provisions }, events }
}

/** What somebody reads of what they said of their relatives; `named`: how many, where only those may look. */
export type SaidOfRelatives = {
  readonly who: 'nobody' | 'all' | 'named' | 'not-said'
  readonly named: number
}

export function saidOfRelatives(recorded: readonly RecordedAgreement[], at: Instant): SaidOfRelatives {
  const spoken = wordsIn(recorded)
  const said = spoken.flatMap(({ agreement }) => agreement.provisions.filter(speaksOfRelatives))
  const may = said.flatMap(({ parties, purposes, categories }) =>
    (parties ?? []).filter((party) => {
      const asked = { ...look, purpose: purposes?.[0] ?? null, categories, parties: [party] }
      return evaluate(spoken, asked, at).decision === 'permit'
    }),
  )
  if (may.length === 0) return { who: said.length === 0 ? 'not-said' : 'nobody', named: 0 }
  const named = new Set(may.flatMap(({ kind, id }) => (kind === 'person' ? [id] : []))).size
  return may.some(({ kind }) => kind === 'role') ? { who: 'all', named: 0 } : { who: 'named', named }
}

/** Whether a relative stands against any look of relatives, their own included, and has not said otherwise since. No rule says who is right. */
export function relativesDisagree(recorded: readonly RecordedAgreement[], at: Instant): boolean {
  const words = recorded
    .filter(({ agreement }) => agreement.signer.grantor === 'relative')
    .map(({ agreement, events }) => ({
      agreement,
      events: events.filter(({ kind }) => kind === 'superseded'),
    }))
  const asked: AgreementRequest = { ...look, purpose: null, categories: null, parties: null }
  return evaluate(words, asked, at).decision === 'refuse'
}

/** Why a relative wants to look, or stands against it, in their own words. */
export const checkRelativeWords = (words: string) => checkPlainWords('relative', words)
