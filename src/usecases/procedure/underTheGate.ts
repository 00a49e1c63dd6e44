import type { Reason } from '#decision'
import { dayOf } from '#kernel'
import type { Step, StepRecord } from '#law'
import type { SignedAgreement } from '../ports.ts'

/** Of these the person said no, or somebody for them: others approve, they do not consent in the person's place. */
const ofThePerson = ['subject', 'guardian', 'both-guardians', 'authorised-agent']

/**
 * The law's steps as the gate sees them: a no of the person stands against what any older paper allows, and where the gate would refuse the
 * act, whatever for, it may not be done.
 */
export function underTheGate(
  steps: readonly Step[],
  reasons: readonly Reason[],
  signed: readonly SignedAgreement[],
): readonly Step[] {
  const noes = reasons.flatMap((reason) => recordsOf(reason, signed))
  return steps.map((step) => {
    const { work } = step
    const isTheirs = work.kind === 'consent' && work.parties.some(({ party }) => ofThePerson.includes(party))
    if (isTheirs && noes.length > 0) return { ...step, state: 'not-possible', from: noes }
    const isRefused = work.kind === 'act' && step.state === 'open' && reasons.length > 0
    return isRefused ? { ...step, state: 'not-possible' } : step
  })
}

function recordsOf(reason: Reason, signed: readonly SignedAgreement[]): readonly StepRecord[] {
  if (reason.kind === 'person-refuses') return [{ kind: 'fact', path: 'subject.wishes.refuses' }]
  if (reason.kind !== 'choice-refused') return []
  return signed.flatMap(({ agreement }): readonly StepRecord[] =>
    agreement.id === reason.agreement ? [{ kind: 'no', on: dayOf(agreement.signedAt) }] : [],
  )
}
