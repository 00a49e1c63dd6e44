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
import type { Agreement, AgreementEvent, Signer } from './agreement.ts'
import { type Clause, clausesOf } from './clause.ts'
import { isDraft } from './draft.ts'
import { runs } from './reach.ts'
import { historyOf, stateOf } from './state.ts'

/** A consent as the law asks about it: a member of a situation's `consents`. */
export type SignedConsent = {
  readonly by: ConsentGiver
  readonly relation: Relation
  readonly on: Day
  readonly forms: readonly ConsentForm[]
  readonly covers: {
    readonly activities: readonly Activity[]
    readonly purposes: readonly Purpose[]
    readonly categories: readonly Category[]
    readonly recipients: readonly string[]
    readonly abroad: boolean
  }
  readonly told: readonly DisclosureElement[]
  readonly withdrawnOn: Day | null
  readonly bundled: boolean
}

/**
 * What the law needs to know of an agreement: one consent for each permit and each who signed, so that the purposes of one choice
 * never meet the categories of another. What rests, was replaced, has ended or not begun is left out, and so is what was refused;
 * what was withdrawn is named with its day, because the law asks when. Limits that the law has no word for (who may do it,
 * days of the data, groups) are `evaluate`'s to keep: whoever rules by these consents asks it as well.
 */
export function givenConsents(
  agreement: Agreement,
  events: readonly AgreementEvent[],
  at: Instant,
): readonly SignedConsent[] {
  if (agreement.signedAt > at || !speaks(agreement, events, at)) return []
  const consents = clausesOf(agreement)
    .filter((clause) => clause.effect === 'permit' && runs(clause, at))
    .flatMap((clause) => consentsTo(clause, agreement, withdrawnOn(clause, events, at)))
  // A situation names each consent once.
  return [...new Map(consents.map((consent) => [JSON.stringify(consent), consent])).values()]
}

/** An agreement whose choices were all taken back is `refused`, and named for the days on which they were. A draft was never a consent. */
function speaks(agreement: Agreement, events: readonly AgreementEvent[], at: Instant): boolean {
  if (isDraft(agreement)) return false
  const state = stateOf(agreement, events, at)
  const { superseded } = historyOf(events, at)
  return state === 'given' || (!superseded && (state === 'withdrawn' || state === 'refused'))
}

/** The first day on which the whole, or a choice that it hangs on, was taken back. */
function withdrawnOn({ items }: Clause, events: readonly AgreementEvent[], at: Instant): Day | null {
  const ends = events.flatMap((event) =>
    event.kind === 'withdrawn' &&
    event.at <= at &&
    (event.items === null || event.items.some((item) => items.includes(item)))
      ? [event.at]
      : [],
  )
  const first = ends.sort()[0]
  return first === undefined ? null : dayOf(first)
}

const consentsTo = (clause: Clause, agreement: Agreement, end: Day | null): readonly SignedConsent[] =>
  [agreement.signer, ...agreement.coSigners].filter(isFor(clause)).map((signer, _, signers) => ({
    by: giverOf(signer, signers),
    relation: signer.relation,
    on: dayOf(agreement.signedAt),
    forms: agreement.forms,
    covers: coveredBy(clause),
    told: agreement.read.told,
    withdrawnOn: end,
    // Nobody was asked about it by itself.
    bundled: clause.items.length === 0,
  }))

/** Nobody consented to a choice that they were not asked. */
const isFor =
  (clause: Clause) =>
  ({ items }: Signer): boolean =>
    items === undefined || clause.items.some((item) => items.includes(item))

/** Two parents who sign together are both guardians. */
const giverOf = (signer: Signer, signers: readonly Signer[]): ConsentGiver =>
  isParent(signer) && new Set(signers.filter(isParent).map(({ person }) => person)).size > 1
    ? 'both-guardians'
    : signer.giver
const isParent = ({ grantor, relation }: Signer): boolean => grantor === 'guardian' && relation === 'parent'

/**
 * To the law a list that is there is complete. Null is any, so it becomes all there is; but a recipient is one who was named, and
 * a way abroad is one that was spoken of: neither follows from “any”.
 */
const coveredBy = (clause: Clause): SignedConsent['covers'] => ({
  activities: clause.activities ?? activities,
  purposes: clause.purposes ?? purposes,
  categories: clause.categories ?? categories,
  recipients: recipientsOf(clause),
  abroad: clause.activities?.includes('transfer-abroad') ?? false,
})

/** Keys of recipients are lower case in a situation: an organisation whose key is not so cannot be the one that it names. */
const recipientsOf = ({ parties }: Clause): readonly string[] => [
  ...new Set(
    (parties ?? []).flatMap(({ kind, id }) =>
      kind === 'organisation' && /^[a-z0-9-]+$/.test(id) ? [id] : [],
    ),
  ),
]
