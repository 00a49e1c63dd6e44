/** What the person said about this act, beside what they signed. Absent: unknown. */
export type PersonalWishes = {
  readonly capacity?: 'full' | 'limited' | 'none' | undefined
  readonly wishes?: { readonly refuses?: boolean | undefined } | undefined
}

export type PersonalRefusal = 'consent.subject-refuses'

/**
 * A capable person's refusal binds whatever any signature or norm would allow. A child's or an incapable person's
 * refusal is for the law of the day to weigh, with the representative.
 */
export const refusalOf = ({ capacity, wishes }: PersonalWishes): PersonalRefusal | undefined =>
  wishes?.refuses === true && capacity !== 'limited' && capacity !== 'none'
    ? 'consent.subject-refuses'
    : undefined
