import { type Day, dayOf, type Instant } from '#kernel'
import {
  type Activity,
  activities,
  type Category,
  type ConsentForm,
  type ConsentGiver,
  categories,
  type DisclosureElement,
  type Purpose,
  purposes,
  type Relation,
} from '#vocabulary'
import { type Clause, clausesOf } from './clause.ts'
import type { RecordedAgreement } from './standingClause.ts'
import { historyOf, stateOf } from './state.ts'

/** A consent as the law counts it. */
export type LawfulConsent = {
  readonly by: ConsentGiver
  readonly relation: Relation
  readonly on: Day
  readonly forms: ConsentForm[]
  readonly covers: {
    readonly activities: Activity[]
    readonly purposes: Purpose[]
    readonly categories: Category[]
    readonly recipients: string[]
    readonly abroad: boolean
  }
  readonly told: DisclosureElement[]
  readonly withdrawnOn: Day | null
  readonly bundled: boolean
}

/**
 * One for each choice that was allowed, so that the purposes of one are never joined with the data of another. What rests, has run out
 * or was replaced is left out; what was withdrawn is told as withdrawn.
 */
export function givenConsents(
  { agreement, events }: RecordedAgreement,
  at: Instant,
): readonly LawfulConsent[] {
  const state = stateOf(agreement, events, at)
  if (state !== 'given' && state !== 'withdrawn' && state !== 'refused') return []
  const { items } = historyOf(events, at)
  const whole = events
    .flatMap((event) =>
      event.kind === 'withdrawn' && event.items === null && event.at <= at ? event.at : [],
    )
    .sort()[0]
  return clausesOf(agreement)
    .filter(({ effect }) => effect === 'permit')
    .map((clause) => {
      const ended = clause.items.flatMap((item) => items.get(item) ?? []).sort()[0] ?? whole
      const { signer, signedAt, forms, read } = agreement
      return {
        ...{ by: signer.giver, relation: signer.relation, on: dayOf(signedAt) },
        ...{ forms: [...forms], covers: coversOf(clause), told: [...read.told] },
        withdrawnOn: ended === undefined ? null : dayOf(ended),
        bundled: false,
      }
    })
}

/** Null is any, said in full; but who is not named gets nothing, and nothing goes abroad. */
const coversOf = (clause: Clause): LawfulConsent['covers'] => ({
  activities: [...(clause.activities ?? activities)],
  purposes: [...(clause.purposes ?? purposes)],
  categories: [...(clause.categories ?? categories)],
  recipients: (clause.parties ?? []).flatMap(({ kind, id }) => (kind === 'organisation' ? [id] : [])),
  abroad: false,
})
