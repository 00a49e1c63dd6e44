import type { Instant } from '#kernel'
import type { Category, Purpose } from '#vocabulary'
import type { Agreement } from '../agreement/agreement.ts'
import { clausesOf } from '../agreement/clause.ts'
import { isDraft } from '../agreement/draft.ts'
import { isWithin } from '../limits.ts'

/** What of a person's may have come to somebody else: an agreement named them, or an act gave it to them. Null: anything. */
export type Reach = {
  readonly recipient: string
  readonly since: Instant
  readonly purposes: readonly Purpose[] | null
  readonly categories: readonly Category[] | null
  /** The act that gave it, where one did: the recipient has its number. */
  readonly act: string | null
}

/** What a recipient is asked to delete. */
export type RecallNotice = {
  readonly recipient: string
  readonly purposes: readonly Purpose[] | null
  readonly categories: readonly Category[] | null
  readonly acts: readonly string[]
}

type Recalled = Omit<RecallNotice, 'acts'> & { readonly at: Instant }

/**
 * Whoever is named by a permit, whatever became of it later: they may have got something while it stood. A draft gave nobody anything, and
 * whoever it names need not learn of it.
 */
export const reachOfAgreement = (agreement: Agreement, house: string | null): readonly Reach[] =>
  (isDraft(agreement) ? [] : clausesOf(agreement))
    .filter(({ effect }) => effect === 'permit')
    .flatMap(({ parties, purposes, categories }) =>
      (parties ?? [])
        .filter(({ kind, id }) => kind === 'organisation' && id !== house)
        .map(({ id }) => ({ recipient: id, since: agreement.signedAt, purposes, categories, act: null })),
    )

/**
 * One notice to each recipient, in the order of their names, of all that is withdrawn and that no notice has called back since it came
 * to them. `purposes`: what is withdrawn, null for all.
 */
export function recallsFor(
  reached: readonly Reach[],
  earlier: readonly Recalled[],
  purposes: readonly Purpose[] | null,
): readonly RecallNotice[] {
  const open = reached
    .flatMap((reach) => withinPurposes(reach, purposes))
    .filter((reach) => !earlier.some((recall) => covers(recall, reach)))
  const recipients = [...new Set(open.map(({ recipient }) => recipient))].sort()
  return recipients.map((recipient) =>
    noticeOf(
      recipient,
      open.filter((reach) => reach.recipient === recipient),
    ),
  )
}

function withinPurposes(reach: Reach, withdrawn: readonly Purpose[] | null): readonly Reach[] {
  if (withdrawn === null) return [reach]
  const purposes = reach.purposes?.filter((one) => withdrawn.includes(one)) ?? withdrawn
  return purposes.length > 0 ? [{ ...reach, purposes }] : []
}

/** In the same instant the order is unknown: then it is called back once more. */
const covers = (recall: Recalled, reach: Reach): boolean =>
  recall.recipient === reach.recipient &&
  reach.since < recall.at &&
  isWithin(reach.purposes, recall.purposes) &&
  isWithin(reach.categories, recall.categories)

const noticeOf = (recipient: string, reached: readonly Reach[]): RecallNotice => ({
  recipient,
  purposes: union(reached.map(({ purposes }) => purposes)),
  categories: union(reached.map(({ categories }) => categories)),
  acts: [...new Set(reached.flatMap(({ act }) => act ?? []))],
})

function union<T>(lists: readonly (readonly T[] | null)[]): readonly T[] | null {
  const known = lists.filter((list) => list !== null)
  return known.length < lists.length ? null : [...new Set(known.flat())].sort()
}
