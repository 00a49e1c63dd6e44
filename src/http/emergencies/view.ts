import { Type } from 'typebox'
import type { Instant } from '#kernel'
import {
  type AccountId,
  emergencyFindings,
  emergencyParts,
  emergencyReasons,
  emergencyStandingOf,
  type StoredEmergency,
} from '#usecases'

const Text = Type.String()
const At = Type.String({ description: 'UTC, with milliseconds' })
const oneOf = (codes: readonly string[]) => Type.Union(codes.map((code) => Type.Literal(code)))

/** What was opened, by whom and why, what was looked at, and what the review says of it; for all who may know of it alike. */
export const EmergencyView = Type.Object({
  id: Text,
  caseId: Text,
  by: Text,
  own: Type.Boolean({ description: 'opened by the one who asks, who is not to review it' }),
  reason: oneOf(emergencyReasons),
  words: Text,
  at: At,
  until: At,
  endedAt: Type.Union([At, Type.Null()], { description: 'null while it is open' }),
  looks: Type.Array(Type.Object({ at: At, part: oneOf(emergencyParts) })),
  review: Type.Object({
    state: oneOf(['waiting', 'overdue', 'closed']),
    dueOn: Type.String({ description: 'the last day on which the review is in time (UTC)' }),
    finding: Type.Union([
      Type.Null(),
      Type.Object({ at: At, by: Text, finding: oneOf(emergencyFindings), words: Text }),
    ]),
  }),
})

/** As it stands at an instant. */
export function emergencyView(emergency: StoredEmergency, now: Instant, asks: AccountId | null) {
  const { id, caseId, name: by, account, reason, words, at, until, reviewBy, events } = emergency
  const { endedAt, review: state, finding } = emergencyStandingOf(emergency, events, now)
  const looks = events.flatMap((event) => (event.kind === 'look' ? [{ at: event.at, part: event.part }] : []))
  const found = finding && {
    ...{ at: finding.at, by: finding.name, finding: finding.finding, words: finding.words },
  }
  const review = { state, dueOn: reviewBy, finding: found }
  return { id, caseId, by, own: account === asks, reason, words, at, until, endedAt, looks, review }
}
