import type { Instant, SubjectId } from '#kernel'
import type { Caller } from './caller.ts'
import { type Holding, type KinPapers, type OrganisationId, type Papers, runs } from './holding.ts'
import { type Relation, relations, type Target } from './relation.ts'
import type { Role } from './role.ts'

/** In which role somebody acts, how they stand to what it is about, and for whom. */
export type Capacity = {
  readonly role: Role
  readonly relation: Relation
  readonly organisation: OrganisationId | null
  /** The person for whom a representative acts. */
  readonly actingFor: SubjectId | null
  /** On what they do; left out where nothing is known. */
  readonly papers?: Papers
  /** Of a relative: what shows that they are one. */
  readonly kin?: KinPapers
}

type Account = Extract<Caller, { kind: 'account' }>

/** Every capacity that somebody has now, the closest to the target first. */
export function capacitiesFor(caller: Account, target: Target, now: Instant): readonly Capacity[] {
  return caller.holdings
    .filter((holding) => runs(holding, now))
    .map((holding) => capacityOf(caller, holding, target, now))
    .sort((a, b) => relations.indexOf(a.relation) - relations.indexOf(b.relation))
}

function capacityOf(caller: Account, holding: Holding, target: Target, now: Instant): Capacity {
  if ('subject' in holding) {
    const isTheirs = target.kind === 'person' && target.subject === holding.subject
    const kin = kinOf(holding)
    const relation = holding.role === 'person' ? 'self' : kin === undefined ? 'represents' : 'relative'
    // A relative acts for themself.
    const actingFor = relation === 'represents' ? holding.subject : null
    const capacity = {
      role: holding.role,
      relation: isTheirs ? relation : 'none',
      organisation: null,
      actingFor,
    } as const
    const papers = papersOf(holding)
    return { ...capacity, ...(papers && { papers }), ...(kin && { kin }) }
  }
  const { role, organisation } = holding
  const isHere = target.kind !== 'nothing' && target.organisation === organisation
  const looksAfter = role === 'clinician' && isHere && caresFor(caller, target, organisation, now)
  const relation = looksAfter ? 'care' : isHere ? 'organisation' : 'none'
  return { role, relation, organisation, actingFor: null }
}

function papersOf(holding: Holding): Papers | undefined {
  if (holding.role !== 'representative' || holding.kinship !== undefined) return undefined
  if (holding.papers === undefined) return undefined
  const { papers: kind, from, until, evidence } = holding
  return { kind, from, until, evidence }
}

function kinOf(holding: Holding): KinPapers | undefined {
  if (holding.role !== 'representative' || holding.kinship === undefined) return undefined
  const { kinship, from, until, evidence } = holding
  return { kinship, from, until, evidence }
}

/** A relation of care counts where it was recorded, while it runs. */
const caresFor = (caller: Account, target: Target, organisation: OrganisationId, now: Instant): boolean =>
  target.kind === 'person' &&
  target.care.some(
    (care) =>
      care.account === caller.account &&
      care.subject === target.subject &&
      care.organisation === organisation &&
      runs(care, now),
  )
