import type { Instant } from '#kernel'
import { isSignedByThem } from '../agreement/reasking.ts'
import type { RecordedAgreement } from '../agreement/standingClause.ts'

/** That somebody died, and when, as the hospital has it on record. Null: when is not. */
export type Death = { readonly at: Instant | null }

/** The instant of death itself is after it; so is every instant where nobody knows which it was. */
export const isAfterDeath = (death: Death | null, at: Instant): boolean =>
  death !== null && (death.at === null || death.at <= at)

/**
 * What death does to what was signed: it rests from that instant on, unless the person themself said before it that it goes on. Of whom nobody
 * knows when they died nobody knows what they said before. A refusal goes on as ever.
 */
export const withDeath = (
  recorded: readonly RecordedAgreement[],
  death: Death | null,
): readonly RecordedAgreement[] =>
  death === null
    ? recorded
    : recorded.map(({ agreement, events }) =>
        goesOn({ agreement, events }, death)
          ? { agreement, events }
          : {
              agreement,
              events: [...events, { at: death.at ?? agreement.signedAt, kind: 'paused', because: 'death' }],
            },
      )

const goesOn = ({ agreement }: RecordedAgreement, { at }: Death): boolean =>
  agreement.afterDeath === 'as-before' && isSignedByThem(agreement) && at !== null && agreement.signedAt < at

/** The same as it stood in life: what somebody said of the time after their death does not rest with it. */
export const asInLife = (recorded: readonly RecordedAgreement[]): readonly RecordedAgreement[] =>
  recorded.map(({ agreement, events }) => ({
    agreement,
    events: events.filter((event) => event.kind !== 'paused' || event.because !== 'death'),
  }))
