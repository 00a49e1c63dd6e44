import { isInForce, type RecordedAgreement, type SaidOfRelatives, saidOfRelatives } from '#consent'
import { isOfRelativesAfterDeath } from '#houserules'
import type { Instant } from '#kernel'
import type { StandingForm } from '../agreements/form.ts'

/** What somebody said of the time after their death, and on which forms they can say it. */
export type WishAfterDeath = {
  readonly relatives: SaidOfRelatives
  readonly forms: readonly {
    readonly id: string
    readonly title: StandingForm['form']['title']
    /** Null: it does not ask whether what they allow goes on. */
    readonly says: 'as-before' | 'stop' | 'not-asked' | null
  }[]
}

export const wishAfterDeath = (
  forms: readonly StandingForm[],
  recorded: readonly RecordedAgreement[],
  at: Instant,
): WishAfterDeath => ({
  relatives: saidOfRelatives(recorded, at),
  forms: forms
    .filter(({ form }) => form.afterDeath !== undefined || form.items.some(isOfRelativesAfterDeath))
    .map(({ id, form }) => ({
      ...{ id, title: form.title },
      says: form.afterDeath === undefined ? null : saidOn(id, recorded, at),
    })),
})

const saidOn = (form: string, recorded: readonly RecordedAgreement[], at: Instant) =>
  recorded.find(({ agreement, events }) => agreement.read.form === form && isInForce(agreement, events, at))
    ?.agreement.afterDeath ?? 'not-asked'
