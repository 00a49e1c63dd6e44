import { runs } from '#access'
import { applyWithdrawals, refusalOf, type Withdrawal } from '#consent'
import { type Decision, decide, type GovernedAct, type Standing } from '#decision'
import type { StandingRule } from '#houserules'
import { type ActId, err, type Instant, laterOf, ok, type Result } from '#kernel'
import type { Ruling, Situation } from '#law'
import type { Purpose } from '#vocabulary'
import type { ActRequest, ByAccount, Inputs } from './act.ts'
import {
  accessAsked,
  deathBefore,
  ofTheDead,
  reasonsAfterDeath,
  reasonsOfRelatives,
  withDirective,
} from './afterDeath/underDeath.ts'
import { agreementsFrom } from './agreements/agreementsOf.ts'
import { withLawSince, withReconsents } from './agreements/reconsents.ts'
import { underAgreements } from './agreements/underAgreements.ts'
import { helpInEmergency } from './emergencies/brokenGlass.ts'
import type { ActTransaction, Hold, SignedAgreement } from './ports.ts'
import { namingRelatives, reasonsOfWishes, withTellWish } from './relatives/underWishes.ts'
import { underHouseRules } from './underHouseRules.ts'
import type { World } from './world.ts'

/** What the gate answered, and on which facts: the situation after every withdrawal, and the ruling on it. */
export type Answer = Decision & {
  readonly act: GovernedAct
  readonly situation: Situation
  readonly ruling: Ruling
  /** Rules of the hospital that it rests on. */
  readonly relied: readonly StandingRule[]
  /** What was opened in an emergency, and lets whoever asks be there. */
  readonly glass: Inputs
}

/** Gathers the facts inside the act's transaction, reads the law, and decides. */
export async function answerAct(
  world: World,
  asked: ActRequest,
  id: ActId,
  transaction: ActTransaction,
): Promise<Answer> {
  const [withdrawals, signed] = await whatThePersonSaid(transaction, asked.hold)
  const at = momentAfter(world.clock.now(), [
    ...withdrawals,
    ...signed.map(({ agreement }) => ({ at: agreement.signedAt })),
  ])
  const death = deathBefore(asked, at)
  const known = death === null ? asked : { ...asked, situation: ofTheDead(asked.situation) }
  const request = namingRelatives(known)
  const act = actOf(request, id, at)
  const rules = await rulesFor(world, request, transaction)
  const help = await helpInEmergency(request, request.situation, transaction, at)
  const withdrawn = withWithdrawals(asHelper(request.situation, help), withdrawals, act)
  const inForce = withReconsents(agreementsFrom(signed, withdrawals, withdrawn, death), rules)
  const recorded = withLawSince(inForce, { situation: withdrawn, rule: (one) => ruleOf(world, one) })
  const access = accessAsked({ ...request, situation: withdrawn }, recorded, at)
  const wished = withTellWish(withDirective(withdrawn, access), recorded, world.house, at)
  const agreed = underAgreements({ ...request, situation: wished }, recorded, at)
  const { situation, house } = underHouseRules(agreed.situation, rules)
  const ruled = ruleSafely(world, situation)
  const decision = decide({
    act,
    ruling: ruled,
    standing: help ? 'not-asked' : standingOf(request, situation, at),
    house,
    refusal: situation.subject ? refusalOf(situation.subject) : undefined,
    refusedChoices: agreed.refused,
    bars: [
      ...reasonsOfWishes({ ...request, situation }, recorded, world.house, at),
      ...reasonsAfterDeath({ ...request, situation }, recorded, death, at),
      ...reasonsOfRelatives(access, request, recorded, at),
      ...((await request.bars?.(transaction, at)) ?? []),
    ],
    needs: request.needs,
    consents: situation.consents ?? [],
  })
  return {
    ...decision,
    act,
    situation,
    relied: house?.relied ?? [],
    glass: help ?? {},
    ruling: ruled.ok ? ruled.value : unevaluable(situation, ruled.error.code),
  }
}

/** In the order of the lock: what was withdrawn, then what was signed, both as of one moment. */
async function whatThePersonSaid(
  transaction: ActTransaction,
  hold: Hold,
): Promise<readonly [readonly Withdrawal[], readonly SignedAgreement[]]> {
  const [withdrawals, signed] = await Promise.all([
    transaction.listWithdrawals(hold),
    transaction.listAgreements(),
  ])
  const known = withdrawals.map(
    ({ at, purposes }): Withdrawal => ({ at, purposes: purposes as readonly Purpose[] | null }),
  )
  return [known, signed]
}

/** Neither a right of the person nor a duty of the law waits for what a hospital lays down. */
const rulesFor = async ({ house }: World, { under }: ActRequest, transaction: ActTransaction) =>
  house !== null && (under === 'house-rules' || under === 'closing')
    ? transaction.listHouseRules(house)
    : undefined

/** To the law, whoever helps in an emergency looks after the person. */
const asHelper = (situation: Situation, help: Inputs | undefined): Situation =>
  help && situation.actor ? { ...situation, actor: { ...situation.actor, careTeam: true } } : situation

/** Who answers or closes something looks at nothing. */
function standingOf({ by, under }: ActRequest, situation: Situation, at: Instant): Standing {
  const standsBy = under === 'attendance'
  if (by.kind === 'operator' || looksAtNothing.includes(under)) return 'not-asked'
  if (by.relation === 'relative' || under === 'near-relative')
    return standingOfRelative(by, under, situation, at)
  const actsAsPerson = standsBy || by.relation === 'self' || by.relation === 'represents'
  // Guardianship and agency end with the person (Civil Code 39, 173), and nobody is the dead.
  if (actsAsPerson && situation.subject?.deceased === true) return 'ended-by-death'
  // The person named them: that is how they stand to it.
  return standsBy ? 'not-asked' : by.relation
}

/** Kinship alone lets nobody look at what is a living person's, nor anybody whose papers have ended while they waited. */
function standingOfRelative(
  { relation, kin }: ByAccount,
  under: ActRequest['under'],
  { subject }: Situation,
  at: Instant,
): Standing {
  if (relation !== 'relative' || under !== 'near-relative' || kin === undefined || !runs(kin, at))
    return 'none'
  return subject?.deceased === true ? 'relative' : 'of-the-living'
}

const looksAtNothing: readonly ActRequest['under'][] = ['recall', 'closing', 'review']

/** An act comes after everything that the person had said when it was read, whatever the clocks of two machines say. */
const momentAfter = (now: Instant, said: readonly { readonly at: Instant }[]): Instant =>
  said.reduce((latest, { at }) => laterOf(latest, at), now)

const actOf = ({ subject, situation }: ActRequest, id: ActId, instant: Instant): GovernedAct => ({
  id,
  subject,
  activity: situation.activity,
  purpose: situation.purpose,
  categories: situation.data?.categories ?? [],
  lawDay: situation.at,
  instant,
})

function withWithdrawals(
  situation: Situation,
  withdrawals: readonly Withdrawal[],
  act: GovernedAct,
): Situation {
  if (situation.consents === undefined) return situation
  return { ...situation, consents: [...applyWithdrawals(situation.consents, withdrawals, act)] }
}

/** What cannot be evaluated asks for nothing here: the act itself is refused for it. */
function ruleOf(world: World, situation: Situation): Ruling {
  const ruled = ruleSafely(world, situation)
  return ruled.ok ? ruled.value : unevaluable(situation, ruled.error.code)
}

/** A rule that cannot be evaluated denies, and the denial says so. */
function ruleSafely({ lawbook }: World, situation: Situation): Result<Ruling, { readonly code: string }> {
  try {
    return ok(lawbook.rule(situation))
  } catch (error) {
    return err({ code: error instanceof Error ? error.name : 'unknown' })
  }
}

const unevaluable = (situation: Situation, code: string): Ruling => ({
  situation: situation.id,
  at: situation.at,
  outcome: 'deny',
  whoMustConsent: [],
  mustTell: [],
  duties: [],
  forbiddenBy: [],
  notRequired: [],
  norms: [],
  displaced: [],
  burdenOfProof: [],
  factsNeeded: [],
  explanation: [`A rule could not be evaluated (${code}); what cannot be evaluated is refused.`],
})
