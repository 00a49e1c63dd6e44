import {
  type Agreement,
  type AgreementEvent,
  isSignedByThem,
  type RecordedAgreement,
  restsOf,
} from '#consent'
import { addDays, type Day, dayOf } from '#kernel'
import type { Situation } from '#law'
import { signingPerson } from './signingPerson.ts'

/** What time does to what somebody else signed: from the day on which the person decides it themself it rests until they sign. */
export const withRests = (
  recorded: readonly RecordedAgreement[],
  situation: Situation,
): readonly RecordedAgreement[] =>
  recorded.map(({ agreement, events }) => ({
    agreement,
    events: isSignedByThem(agreement) ? events : [...events, ...restsFor(agreement, situation)],
  }))

/** Of whom no age is known any more, what others signed rests from its signature; so it does where they can decide by now. */
function restsFor(agreement: Agreement, situation: Situation): readonly AgreementEvent[] {
  const person = oldest(situation)
  if (person === undefined) return [{ at: agreement.signedAt, kind: 'paused', because: 'majority' }]
  const regained = person.capacity === 'full' ? dayOf(agreement.signedAt) : null
  // A child's word on capacity is no more than its age; who could not decide then is told by who signed.
  return restsOf(agreement, { ...person, capacity: null }, regained)
}

/** Of whom only the age is known is taken to be as old as that age can be: what another signed must not outlast their childhood. */
function oldest(situation: Situation): ReturnType<typeof signingPerson> {
  const { subject } = situation
  const person = signingPerson(situation)
  if (person === undefined || subject?.bornOn) return person
  const year = String(Number(person.bornOn.slice(0, 4)) - 1).padStart(4, '0')
  const before = `${year}${person.bornOn.slice(4).replace('02-29', '02-28')}` as Day
  return { ...person, bornOn: addDays(before, 1) }
}
