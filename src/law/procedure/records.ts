import type { DisclosureElement } from '#vocabulary'
import type { AppliedDuty } from '../applyNorm.ts'
import { consentsThatAnswer, notEnded, type Wanted } from '../coverage.ts'
import { readFact } from '../evaluate.ts'
import type { Condition } from '../normBase.ts'
import type { Finding } from '../ruling.ts'
import type { GivenApproval, GivenConsent, Situation } from '../situation.ts'
import { inForce } from '../truth.ts'
import type { Read } from './reading.ts'
import type { StepRecord } from './step.ts'

const consentRecord = ({ by, on }: GivenConsent): StepRecord => ({ kind: 'consent', by, on: on ?? null })
const approvalRecord = ({ kind, outcome, on }: GivenApproval): StepRecord => ({
  kind: 'approval',
  approval: kind,
  outcome,
  on: on ?? null,
})

/** Each once. */
const distinct = (records: readonly StepRecord[]): readonly StepRecord[] => [
  ...new Map(records.map((one) => [JSON.stringify(one), one])).values(),
]

/**
 * What shows that a consent was given: the consents that answer every norm that asks for it, or else each that answers one. Heads and
 * committees approve; they give no consent form.
 */
export function recordsOfConsent(wanted: readonly Wanted[], situation: Situation): readonly StepRecord[] {
  const answers = wanted.map((one) => consentsThatAnswer(one, situation))
  const each = [...new Set(answers.flat())]
  const whole = each.filter((one) => answers.every((some) => some.includes(one)))
  const given = (whole.length > 0 ? whole : each).map(consentRecord)
  const approvers = wanted.flatMap(({ party }) => approvalsOf(party, situation))
  return distinct([...given, ...approvers])
}

function approvalsOf(party: Wanted['party'], situation: Situation): readonly StepRecord[] {
  const approvals = {
    'head-or-authorised-person': 'head-of-institution',
    'ethics-committee': 'ethics-review',
  }
  const kind = party in approvals ? approvals[party as keyof typeof approvals] : undefined
  if (kind === undefined) return []
  const granted = (situation.approvals ?? []).filter((one) => one.kind === kind && one.outcome === 'granted')
  const signed = (situation.consents ?? []).filter(({ by }) => by === party)
  const said = situation.emergency?.approver ? [{ kind: 'fact', path: 'emergency.approver' } as const] : []
  return [...granted.map(approvalRecord), ...signed.map(consentRecord), ...said]
}

/** Consents that were ended: why one that was there is missing. */
export const endedConsents = ({ consents, at }: Situation): readonly StepRecord[] =>
  distinct(
    (consents ?? []).flatMap(({ by, withdrawnOn }): readonly StepRecord[] =>
      withdrawnOn && withdrawnOn <= at ? [{ kind: 'withdrawn', by, on: withdrawnOn }] : [],
    ),
  )

/** What shows that a duty is met: the consents that say what was told, or the facts that its condition reads. */
export const recordsOfDuty = (duties: readonly AppliedDuty[], read: Read): readonly StepRecord[] =>
  distinct(
    duties.flatMap(({ rule }) => {
      if (rule.met.kind === 'facts') return factsIn(rule.met.when, read)
      if (rule.met.kind === 'not-shown') return []
      return notEnded(read.situation)
        .filter(({ told }) => rule.tell.every((one) => told?.includes(one)))
        .map(consentRecord)
    }),
  )

export const isTold = (element: DisclosureElement, situation: Situation): Finding => {
  const standing = notEnded(situation)
  if (standing.some(({ told }) => told?.includes(element))) return true
  return standing.length === 0 || standing.some(({ told }) => told === undefined) ? 'unknown' : false
}

/** What a condition read and found: paths that are known, approvals of its kinds. */
function factsIn(condition: Condition, read: Read): readonly StepRecord[] {
  const { situation } = read
  switch (condition.kind) {
    case 'always':
      return []
    case 'all':
    case 'any':
      return condition.of.flatMap((part) => factsIn(part, read))
    case 'not':
    case 'shown':
      return factsIn(condition.of, read)
    case 'is':
      return (read.base.concepts.get(condition.concept) ?? [])
        .filter(({ norm }) => isOfTheDay(norm, read))
        .flatMap(({ when }) => factsIn(when, read))
    case 'granted':
      return (situation.approvals ?? [])
        .filter(({ kind }) => condition.approvals.includes(kind))
        .map(approvalRecord)
    case 'some':
    case 'count':
      return known(condition.list, situation)
    case 'majority':
      return [...known(condition.votes, situation), ...known(condition.of, situation)]
    case 'fact':
      return known(condition.path, situation)
  }
}

const known = (path: string, situation: Situation): readonly StepRecord[] =>
  readFact(situation, path).kind === 'unknown' ? [] : [{ kind: 'fact', path }]

function isOfTheDay(norm: string | undefined, { base, day }: Read): boolean {
  const definer = norm === undefined ? undefined : base.byId.get(norm)
  return definer === undefined || inForce(definer, day)
}
