import type { Instant } from '#kernel'
import { type Category, categories, type Purpose } from '#vocabulary'
import type { Agreement, InnerProvision, Party } from '../agreement/agreement.ts'
import { type Clause, clausesOf } from '../agreement/clause.ts'
import { evaluate } from '../agreement/evaluate.ts'
import type { AgreementRequest } from '../agreement/reach.ts'
import type { RecordedAgreement } from '../agreement/standingClause.ts'

type Recorded = readonly RecordedAgreement[]

/** Who tells relatives: the person, after the hospital told them what matters; the doctor, without the person's name; nobody. */
export type TellWish = 'in-person' | 'through-doctor' | 'nobody' | 'not-said'

/** What somebody may not want to know: what genes say of medicines for them, of illnesses, or of what runs in the family. */
export const knowingKinds = ['medicines', 'illnesses', 'relatives'] as const
export type KnowingKind = (typeof knowingKinds)[number]
export const purposeOfKnowing: Readonly<Record<KnowingKind, Purpose>> = {
  medicines: 'treatment',
  illnesses: 'prevention',
  relatives: 'family-interest',
}

export type RelativesWishes = {
  readonly tell: TellWish
  readonly notToKnow: readonly KnowingKind[]
}

/**
 * What a genome says of relatives is allowed by a choice that names it and by no other: a broad yes was said by somebody who thought of
 * themself.
 */
export const isAllowedOfRelatives = (recorded: Recorded, request: AgreementRequest, at: Instant): boolean =>
  !refusesAtAll(recorded) && evaluate(recorded.map(naming), request, at).decision === 'permit'

/** `house`: the hospital that asks; null: not known which, so what any of them was refused counts. */
export function tellWishOf(recorded: Recorded, house: string | null, at: Instant): TellWish {
  const parties: readonly Party[] | null = house === null ? null : [{ kind: 'organisation', id: house }]
  const spoken = recorded.map(naming)
  const asked = (activity: 'inform-relative' | 'use') => {
    const known = { purpose: 'family-interest', parties, categories: ['genetic', 'relatives'] } as const
    return evaluate(spoken, { ...known, activity, dataOn: null, cohort: 1 }, at).decision
  }
  const [doctor, self] = [asked('inform-relative'), asked('use')]
  if (refusesAtAll(recorded)) return 'nobody'
  if (doctor === 'permit') return 'through-doctor'
  if (self === 'permit') return 'in-person'
  return doctor === 'refuse' || self === 'refuse' ? 'nobody' : 'not-said'
}

/**
 * Whether the person said that they do not want to be told what was found for a purpose. Said, not taken back: who ends a treatment has
 * not said that they do not want to know.
 */
export const wishesNotToKnow = (recorded: Recorded, purpose: Purpose, at: Instant): boolean =>
  recorded
    .flatMap(({ agreement }) => clausesOf(agreement))
    .filter((clause) => isNoToKnowing(clause, purpose))
    .some((no) => stillStands(no, recorded, purpose, at)) || isLeftUnsaid(recorded, purpose)

const isNoToKnowing = ({ effect, activities, purposes }: Clause, purpose: Purpose): boolean =>
  effect === 'refuse' &&
  (activities?.includes('return-findings') ?? true) &&
  (purposes?.includes(purpose) ?? true)

/** Asked in the very words of the no, so that a later yes to the same choice can answer it. */
function stillStands(no: Clause, recorded: Recorded, purpose: Purpose, at: Instant): boolean {
  const of = no.categories ?? categories
  const { decision, because } = evaluate(
    recorded,
    { purpose, parties: no.parties, activity: 'return-findings', categories: of, dataOn: null, cohort: 1 },
    at,
  )
  return decision === 'refuse' && because.some(({ code }) => code === 'chosen')
}

export const relativesWishesOf = (
  recorded: Recorded,
  house: string | null,
  at: Instant,
): RelativesWishes => ({
  tell: tellWishOf(recorded, house, at),
  notToKnow: knowingKinds.filter((kind) => wishesNotToKnow(recorded, purposeOfKnowing[kind], at)),
})

const kindOfFinding: Readonly<Record<Agreement['findings'][number]['of'], KnowingKind>> = {
  pharmacogenomic: 'medicines',
  actionable: 'illnesses',
  'not-actionable': 'illnesses',
  unexpected: 'illnesses',
  carrier: 'relatives',
}

/** Said apart from the choices, and goes on until a later agreement on the same form says otherwise. */
const refusesAtAll = (recorded: Recorded): boolean =>
  recorded.some(
    ({ agreement }) =>
      agreement.family.tellRelatives === 'refuses' &&
      !later(agreement, recorded).some(({ family }) => allows.includes(family.tellRelatives)),
  )
const allows: readonly Agreement['family']['tellRelatives'][] = ['agrees', 'asks-doctor-anonymously']

const isLeftUnsaid = (recorded: Recorded, purpose: Purpose): boolean =>
  recorded.some(({ agreement }) =>
    agreement.findings.some(
      ({ of, wish }) =>
        wish !== 'tell' &&
        purposeOfKnowing[kindOfFinding[of]] === purpose &&
        !later(agreement, recorded).some(({ findings }) =>
          findings.some((other) => other.of === of && other.wish === 'tell'),
        ),
    ),
  )

const later = ({ signedAt, read }: Agreement, recorded: Recorded): readonly Agreement[] =>
  recorded.flatMap(({ agreement }) =>
    agreement.signedAt > signedAt && agreement.read.form === read.form ? [agreement] : [],
  )

const others: readonly Category[] = categories.filter((one) => one !== 'relatives')

/** The same agreement, whose broad permissions do not reach what is said of relatives. Its refusals do. */
const naming = ({ agreement, events }: RecordedAgreement): RecordedAgreement => ({
  agreement: {
    ...agreement,
    base: 'refuse',
    provisions: agreement.provisions.map((one) => ({
      ...named(one),
      within: one.categories === null ? one.within.map(named) : one.within,
    })),
  },
  events,
})

/** What limits nothing, said in full: a permission of everything but that. */
const named = <P extends InnerProvision>(one: P): P =>
  one.categories === null
    ? { ...one, categories: one.effect === 'permit' ? [...others] : [...categories] }
    : one
