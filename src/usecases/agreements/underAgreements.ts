import {
  type AgreementRequest,
  evaluate,
  givenConsents,
  isInForce,
  type Party,
  type RecordedAgreement,
  type SignedConsent,
} from '#consent'
import type { Day, Instant } from '#kernel'
import type { Situation } from '#law'
import type { ActedBy, ActRequest } from '../act.ts'
import { isEmergency } from '../emergency.ts'

/** A choice of the person that stands against an act. */
export type RefusedChoice = { readonly agreement: string; readonly item: string | null }

type UnderAgreements = {
  readonly situation: Situation
  readonly refused: readonly RefusedChoice[]
}

/**
 * What was signed here the law knows of, whatever a file says; and what was refused here binds, whatever a file says. A person's look
 * at what is theirs is not refused by their own no.
 */
export function underAgreements(
  request: Pick<ActRequest, 'situation' | 'by' | 'under'>,
  recorded: readonly RecordedAgreement[],
  at: Instant,
): UnderAgreements {
  const { situation } = request
  // What the dead allowed others is nothing for their relatives to read, and a look of theirs rests on none of it.
  if (recorded.length === 0 || request.under === 'near-relative') return { situation, refused: [] }
  const given = recorded
    .flatMap(({ agreement, events }) => givenConsents(agreement, events, at))
    .map((one) => asOf(one, situation.at))
  return {
    situation: { ...situation, consents: [...(situation.consents ?? []), ...given] },
    refused: request.under !== 'house-rules' ? [] : refusedIn(request, recorded, at),
  }
}

/** An act comes after what was said before it, also where its law is that of an earlier day (decision 0002). */
function asOf(
  { forms, told, covers, ...given }: SignedConsent,
  lawDay: Day,
): NonNullable<Situation['consents']>[number] {
  const { activities, purposes, categories, recipients, abroad } = covers
  const by = (day: Day): Day => (day > lawDay ? lawDay : day)
  return {
    ...given,
    on: by(given.on),
    withdrawnOn: given.withdrawnOn && by(given.withdrawnOn),
    forms: [...forms],
    told: [...told],
    covers: {
      activities: [...activities],
      purposes: [...purposes],
      categories: [...categories],
      recipients: [...recipients],
      abroad,
    },
  }
}

function refusedIn(
  { situation, by }: Pick<ActRequest, 'situation' | 'by'>,
  recorded: readonly RecordedAgreement[],
  at: Instant,
): readonly RefusedChoice[] {
  const { decision, because } = evaluate(inEmergency(situation, recorded, at), requestOf(situation, by), at)
  return decision === 'refuse' ? because.map(({ agreement, item }) => ({ agreement, item })) : []
}

/** Whoever let their no rest in an emergency of the law is helped, while they say so: what rests, ended or was taken back lets nothing rest. */
const inEmergency = (situation: Situation, recorded: readonly RecordedAgreement[], at: Instant) =>
  isEmergency(situation)
    ? recorded.filter(
        ({ agreement, events }) => !agreement.emergency.allowed || !isInForce(agreement, events, at),
      )
    : recorded

/** An act as agreements are asked about it. */
export const requestOf = (situation: Situation, by: ActedBy): AgreementRequest => ({
  purpose: situation.purpose,
  parties: partiesOf(situation, by),
  activity: situation.activity,
  categories: situation.data === null ? [] : (situation.data?.categories ?? null),
  dataOn: situation.data?.collectedOn ?? null,
  cohort: situation.data?.persons ?? null,
})

/** Who would see it: the recipient, where there is one; otherwise whoever asks, in each respect in which they are known. */
function partiesOf({ recipient, actor }: Situation, by: ActedBy): readonly Party[] | null {
  if (recipient === undefined) return null
  const seen = recipient ?? actor
  const asks = recipient === null ? askerOf(by) : []
  const named: readonly (readonly [Party['kind'], string | null | undefined])[] = [
    ['organisation', seen?.id],
    ['organisation-kind', seen?.kind],
    ['country', seen?.country],
    ...asks,
  ]
  return named.flatMap(([kind, id]) => (id ? [{ kind, id }] : []))
}

const askerOf = (by: ActedBy): readonly (readonly [Party['kind'], string | null])[] =>
  by.kind === 'operator'
    ? []
    : [
        ['person', by.account],
        ['role', by.role],
        ['organisation', by.organisation],
      ]
