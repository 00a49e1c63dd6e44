import type { AccountId, Method, OrganisationId } from '#access'
import {
  type Content,
  type HouseRule,
  incoherenceOf,
  narrows,
  type RuleId,
  type Signed,
  stateOf,
} from '#houserules'
import {
  canonicalBytes,
  dayOf,
  err,
  expectOk,
  type Instant,
  type Json,
  ok,
  type Result,
  sha256Hex,
} from '#kernel'
import type { DisclosureElement } from '#vocabulary'
import type { DoorEventKind, DoorTransaction } from '../door/ports.ts'
import { atTheDoor, recordEvent } from '../door/recordEvent.ts'
import type { DoorWorld } from '../door/world.ts'
import type { Lawbook } from '../world.ts'
import { elementsRequired } from './elementsRequired.ts'

/** Under which name a rule is among what an act has read. */
export const ruleInput = 'house-rules/'

/** A steward of the hospital, as who has signed in. */
export type Steward = {
  readonly account: AccountId
  readonly name: string
  readonly method: Method
  readonly organisation: OrganisationId
}

export type RuleRefusal =
  /** A program is nobody's eyes. */
  | 'rule.by-person'
  | 'rule.unknown'
  /** It stands already, was declined or has ended; or what it would replace has. */
  | 'rule.settled'
  /** Four eyes: somebody else must confirm what one has proposed. */
  | 'rule.own'
  | 'rule.replaces'
  | 'rule.days'
  /** A choice or an element twice, or a question whose right answer is not there. */
  | 'rule.form'
  /** The law of the day wants things told that the form does not tell; or it could not be asked. */
  | 'rule.form-lacks'

/** Why a rule was not changed; of a form, what it does not tell, or where (a path within it) it is not one. */
export type RefusedChange = {
  readonly code: RuleRefusal
  readonly lacks: readonly DisclosureElement[]
  readonly where?: string
}
/** What changes rules is held against the law of the day. */
export type HouseWorld = DoorWorld & { readonly lawbook: Lawbook }

export type RuleProposal = {
  readonly content: Content
  readonly because: string
  readonly replaces: RuleId | null
}

const refuse = (code: RuleRefusal, lacks: readonly DisclosureElement[] = []) => err({ code, lacks })

type Answer<T> = Promise<Result<T, RefusedChange>>
type Work<T> = (door: DoorTransaction, signed: Signed) => Answer<T>

/** What narrows stands at once; what widens waits for somebody else. */
export const proposeRule = (world: HouseWorld, steward: Steward, proposal: RuleProposal): Answer<HouseRule> =>
  changing(world, steward, proposal.because, async (door, signed) => {
    const { content, replaces } = proposal
    if (!areDaysRight(content, signed.at)) return refuse('rule.days')
    const flaw = flawOfForm(world, content, signed.at)
    if (flaw) return err(flaw)
    const rules = await door.listHouseRules(steward.organisation)
    const former = replaces === null ? undefined : rules.find(({ id }) => id === replaces)
    if (replaces !== null && !(former && isReplaceable(former, content))) return refuse('rule.replaces')
    if (standsBeside(rules, content, replaces)) return refuse('rule.replaces')
    const atOnce = narrows(content, former?.content)
    const rule: HouseRule = {
      id: world.chance.id() as RuleId,
      organisation: steward.organisation,
      content,
      sha256: sha256Hex(expectOk(canonicalBytes(content as Json))),
      replaces,
      proposed: signed,
      confirmed: atOnce ? signed : null,
      ended: null,
    }
    await door.addHouseRule(rule)
    await tell(world, door, 'house-rule-proposed', rule, signed)
    if (atOnce) await putInPlace(world, door, rule, former, signed)
    return ok(rule)
  })

/** The second pair of eyes. */
export const confirmRule = (
  world: HouseWorld,
  steward: Steward,
  id: RuleId,
  because: string,
): Answer<HouseRule> =>
  changing(world, steward, because, async (door, signed) => {
    const rules = await door.listHouseRules(steward.organisation)
    const rule = rules.find((one) => one.id === id)
    if (rule === undefined) return refuse('rule.unknown')
    if (stateOf(rule) !== 'proposed') return refuse('rule.settled')
    if (rule.proposed.account === steward.account) return refuse('rule.own')
    const former = rules.find((one) => one.id === rule.replaces)
    if (former && stateOf(former) !== 'standing') return refuse('rule.settled')
    if (standsBeside(rules, rule.content, rule.replaces)) return refuse('rule.settled')
    // The law may have changed since it was proposed.
    const flaw = flawOfForm(world, rule.content, signed.at)
    if (flaw) return err(flaw)
    await door.confirmHouseRule(id, signed)
    await putInPlace(world, door, rule, former, signed)
    return ok({ ...rule, confirmed: signed })
  })

/** A rule that stands ends at once, and a proposal is declined, by one alone: neither lets anybody do more. */
export const endRule = (world: DoorWorld, steward: Steward, id: RuleId, because: string): Answer<HouseRule> =>
  changing(world, steward, because, async (door, signed) => {
    const rule = (await door.listHouseRules(steward.organisation)).find((one) => one.id === id)
    if (rule === undefined) return refuse('rule.unknown')
    if (rule.ended !== null) return refuse('rule.settled')
    // What found against something holds it back: to end that lets more be done.
    if (stateOf(rule) === 'standing' && holdsBack(rule.content)) return refuse('rule.replaces')
    await door.endHouseRule(id, signed)
    await tell(world, door, rule.confirmed ? 'house-rule-ended' : 'house-rule-declined', rule, signed)
    return ok({ ...rule, ended: signed })
  })

export const listHouseRules = (
  { store }: DoorWorld,
  organisation: OrganisationId,
): Promise<readonly HouseRule[]> => store.door.look((door) => door.listHouseRules(organisation))

export const listStandingRules = (
  { store }: DoorWorld,
  organisation: OrganisationId,
): Promise<readonly HouseRule[]> => store.door.look((door) => door.listStandingRules(organisation))

function changing<T>(world: DoorWorld, steward: Steward, because: string, work: Work<T>): Answer<T> {
  const { account, name, method, organisation } = steward
  if (method === 'assertion' || method === 'app') return Promise.resolve(refuse('rule.by-person'))
  return atTheDoor(world, async (door) => {
    await door.holdHouseRules(organisation)
    return work(door, { account, name, at: world.clock.now(), because })
  })
}

async function putInPlace(
  world: DoorWorld,
  door: DoorTransaction,
  rule: HouseRule,
  former: HouseRule | undefined,
  signed: Signed,
): Promise<void> {
  await tell(world, door, 'house-rule-confirmed', rule, signed)
  if (former === undefined) return
  await door.endHouseRule(former.id, signed)
  await tell(world, door, 'house-rule-ended', former, signed)
}

const tell = (
  world: DoorWorld,
  door: DoorTransaction,
  kind: DoorEventKind,
  { id, sha256 }: HouseRule,
  { account, at, because }: Signed,
): Promise<void> =>
  recordEvent(world, door, {
    account: account as AccountId,
    kind,
    at,
    about: { inputs: { [`${ruleInput}${id}`]: sha256 }, because },
  })

const isReplaceable = (former: HouseRule, { kind }: Content): boolean =>
  stateOf(former) === 'standing' && former.content.kind === kind

/** There is one office to turn to: a second one takes the place of the first. */
const standsBeside = (rules: readonly HouseRule[], { kind }: Content, replaces: RuleId | null): boolean =>
  kind === 'contact' &&
  rules.some((one) => one.content.kind === 'contact' && stateOf(one) === 'standing' && one.id !== replaces)

const holdsBack = (content: Content): boolean =>
  content.kind === 'assessment' && content.outcome === 'refused'

/** A form that lacks what the law of the day wants told is not given to anybody. */
function flawOfForm({ lawbook }: HouseWorld, content: Content, at: Instant): RefusedChange | undefined {
  if (content.kind !== 'form') return undefined
  const where = incoherenceOf(content)
  if (where !== undefined) return { code: 'rule.form', lacks: [], where }
  const required = elementsRequired(lawbook, content, dayOf(at))
  if (required === undefined) return { code: 'rule.form-lacks', lacks: [] }
  const told = content.sections.map(({ element }) => element)
  const lacks = required.filter((element) => !told.includes(element))
  return lacks.length > 0 ? { code: 'rule.form-lacks', lacks } : undefined
}

/** An assessment was made by today, and counts for a while; days of the calendar. */
function areDaysRight(content: Content, now: Instant): boolean {
  if (content.kind !== 'assessment') return true
  const { on, until } = content
  return [on, until].every(isDay) && on <= dayOf(now) && on <= until
}

const isDay = (text: string): boolean => new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
