import { type Outcome, type StepState, stages } from '#vocabulary'
import type { NormBase } from '../normBase.ts'
import type { ConsentDemand, Duty, Finding, NormId, Ruling } from '../ruling.ts'
import type { Situation } from '../situation.ts'
import { places } from './places.ts'
import { askersOf, orderOf, type Read, readNorms } from './reading.ts'
import { endedConsents, isTold, recordsOfConsent, recordsOfDuty } from './records.ts'
import type { Step, StepRecord } from './step.ts'
import { termOf } from './term.ts'

/**
 * The order of work for an act: what to find out, whom to ask for leave, what to tell, who signs, the act, and what follows. Every
 * demand, duty and open fact of the ruling is in exactly one step; nothing is done that no record shows. `base` must be that of the ruling.
 */
export function procedureOf(ruling: Ruling, situation: Situation, base: NormBase): readonly Step[] {
  const read = readNorms(situation, base)
  const steps = [
    ...ruling.factsNeeded.map((path) => factStep(path, ruling, read)),
    ...ruling.duties.map((duty) => dutyStep(duty, read)),
    ...demandGroups(ruling.whoMustConsent, read).map((group) => consentStep(group, read)),
    actStep(ruling, base),
  ]
  return stages.flatMap((stage) => steps.filter((step) => step.stage === stage))
}

function factStep(path: string, ruling: Ruling, read: Read): Step {
  const askers = askersOf(path, read)
  const norms = askers.length > 0 ? askers : ruling.norms
  return {
    id: `fact.${path}`,
    stage: 'facts',
    order: null,
    work: { kind: 'fact', path },
    paper: null,
    state: 'unknown',
    from: [],
    norms,
  }
}

function dutyStep(duty: Duty, read: Read): Step {
  const { code, norms } = duty
  const place = places[code]
  const applied = norms.flatMap((id) => read.applied.get(id)?.duties ?? [])
  const asked = applied.filter(({ rule, applies }) => rule.code === code && applies.value === true)
  const elements = [...new Set(asked.flatMap(({ rule }) => rule.tell))]
  const order = orderOf(norms, read)
  const found = recordsOfDuty(asked, read)
  const { state, from } = dutyState(duty.met, found)
  return {
    id: `duty.${order}.${code}`,
    stage: place.stage,
    order,
    work: {
      kind: 'duty',
      code,
      by: place.by,
      to: place.to,
      prior: asked.some(({ rule }) => rule.prior),
      elements: elements.map((element) => ({ code: element, told: isTold(element, read.situation) })),
      term: termOf(duty, place, read.situation),
      authority: duty.authority ?? null,
    },
    paper: place.paper,
    state,
    from,
    norms,
  }
}

type Standing = { readonly state: StepState; readonly from: readonly StepRecord[] }

/** Met, but by nothing that was recorded, is not known. */
function dutyState(met: Finding, found: readonly StepRecord[]): Standing {
  const refused = found.filter((one) => one.kind === 'approval' && one.outcome === 'refused')
  const granted = found.filter((one) => one.kind !== 'approval' || one.outcome === 'granted')
  if (met === true)
    return granted.length > 0 ? { state: 'done', from: granted } : { state: 'unknown', from: [] }
  if (met === 'unknown') return { state: 'unknown', from: [] }
  return refused.length > 0 ? { state: 'not-possible', from: refused } : { state: 'open', from: found }
}

type Group = readonly [ConsentDemand, ...ConsentDemand[]]

/** Where one of several suffices, they are one step; never across two legal orders. */
function demandGroups(demands: readonly ConsentDemand[], read: Read): readonly Group[] {
  const groups = new Map<string, [ConsentDemand, ...ConsentDemand[]]>()
  for (const demand of demands) {
    const id = consentId(demand, read)
    const group = groups.get(id)
    if (group) group.push(demand)
    else groups.set(id, [demand])
  }
  return [...groups.values()]
}

const consentId = ({ party, for: topic, rule, norms }: ConsentDemand, read: Read): string =>
  `consent.${orderOf(norms, read)}.${topic}.${rule === 'one-of' ? 'one-of' : party}`

function consentStep(group: Group, read: Read): Step {
  const [first] = group
  const norms = [...new Set(group.flatMap((one) => one.norms))]
  return {
    id: consentId(first, read),
    stage: 'consent',
    order: orderOf(norms, read),
    work: {
      kind: 'consent',
      topic: first.for,
      parties: group.map(({ party, forms }) => ({ party, forms })),
    },
    paper: 'consent-form',
    ...consentState(group, read),
    norms,
  }
}

function consentState(group: Group, read: Read): Standing {
  const given = group.filter(({ satisfied }) => satisfied === true)
  const found = recordsOfConsent(
    given.flatMap((demand) => wantedBy(demand, read)),
    read.situation,
  )
  if (given.length > 0) return { state: found.length > 0 ? 'done' : 'unknown', from: found }
  if (group.some(({ satisfied }) => satisfied === 'unknown')) return { state: 'unknown', from: [] }
  const noes = group.map(({ party }) => saidNo(party, read.situation))
  return noes.every((no) => no.length > 0)
    ? { state: 'not-possible', from: noes.flat() }
    : { state: 'open', from: endedConsents(read.situation) }
}

const wantedBy = ({ party, for: topic, norms }: ConsentDemand, { applied }: Read) =>
  norms
    .flatMap((id) => applied.get(id)?.demands ?? [])
    .filter((one) => one.party === party && one.topic === topic && one.applies.value === true)
    .map(({ rule }) => ({ ...rule, party }))

/** Whose no is on record: nobody signs against it, and only they can take it back. */
function saidNo(
  party: ConsentDemand['party'],
  { subject, representatives }: Situation,
): readonly StepRecord[] {
  if (party === 'subject')
    return subject?.wishes?.refuses === true ? [{ kind: 'fact', path: 'subject.wishes.refuses' }] : []
  if (party !== 'guardian' && party !== 'near-relative' && party !== 'family-or-related-person') return []
  const asked = representatives ?? []
  return asked.length > 0 && asked.every(({ consents }) => consents === 'no')
    ? asked.map((_, index) => ({ kind: 'fact', path: `representatives[${index}].consents` }))
    : []
}

const actStates: Readonly<Record<Outcome, StepState>> = {
  permit: 'open',
  'permit-with-duties': 'open',
  deny: 'not-possible',
  'unknown-facts': 'unknown',
  refer: 'unknown',
}

/** The act itself: never done here, since this is asked before it. */
function actStep(ruling: Ruling, base: NormBase): Step {
  const bans = bansOf(ruling, base)
  return {
    id: 'act',
    stage: 'act',
    order: null,
    work: { kind: 'act', outcome: ruling.outcome },
    paper: null,
    state: actStates[ruling.outcome],
    from: [],
    norms: bans.length > 0 ? bans : ruling.norms,
  }
}

/** What forbids it flatly; what only says that a step is missing stands at that step. */
const bansOf = ({ forbiddenBy }: Ruling, base: NormBase): readonly NormId[] => [
  ...new Set(
    forbiddenBy
      .filter(({ norm, reason }) => base.byId.get(norm)?.wording.en === reason)
      .map(({ norm }) => norm),
  ),
]
