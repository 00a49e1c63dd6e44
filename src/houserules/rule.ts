import type { Brand, Instant, Sha256Hex } from '#kernel'
import type { Content, ContentKind, ContentOf } from './content.ts'

export type RuleId = Brand<string, 'RuleId'>

/** As an act sees it. */
export type StandingRule<C extends Content = Content> = {
  readonly id: RuleId
  readonly content: C
  /** SHA-256 of the content's canonical bytes, as the log has it. */
  readonly sha256: Sha256Hex
}

/** A rule as it stands now: since when, and in whose place. */
export type RuleInForce = StandingRule & { readonly since: Instant; readonly replaces: RuleId | null }

/** Who did it, when, and what they say it rests on. */
export type Signed = {
  readonly account: string
  readonly name: string
  readonly at: Instant
  readonly because: string
}

/** One rule with its history; nothing of it is ever rewritten. */
export type HouseRule<C extends Content = Content> = StandingRule<C> & {
  readonly organisation: string
  /** The rule whose place it takes from when it stands. */
  readonly replaces: RuleId | null
  readonly proposed: Signed
  /** From then on it stands; by somebody else than who proposed it, unless it only narrows. */
  readonly confirmed: Signed | null
  readonly ended: Signed | null
}

export type RuleState = 'proposed' | 'standing' | 'declined' | 'ended'

export function stateOf({ confirmed, ended }: HouseRule): RuleState {
  if (confirmed === null) return ended === null ? 'proposed' : 'declined'
  return ended === null ? 'standing' : 'ended'
}

export const ofKind = <K extends ContentKind>(
  rules: readonly StandingRule[],
  kind: K,
): readonly StandingRule<ContentOf<K>>[] =>
  rules.filter((rule): rule is StandingRule<ContentOf<K>> => rule.content.kind === kind)
