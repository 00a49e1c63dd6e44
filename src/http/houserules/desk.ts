import type { Result } from '#kernel'
import type { Caller, HouseRule, Operation, RefusedChange, RuleId, RuleProposal } from '#usecases'

type Change = Promise<Result<HouseRule, RefusedChange>>

/** What somebody may do with the rules of the hospital where they are a steward, or look after order. */
export interface House {
  /** Whose rules these are, by its short name. */
  readonly organisation: string
  list(): Promise<readonly HouseRule[]>
  propose(proposal: RuleProposal): Change
  confirm(id: RuleId, because: string): Change
  end(id: RuleId, because: string): Change
  /** Is it what they themselves proposed? Then somebody else must confirm it. */
  isOwn(rule: HouseRule): boolean
}

export interface HouseDesk {
  /** Undefined: not theirs, or there is no hospital here. */
  enter(caller: Caller, operation: Operation): House | undefined
  /** What stands, for everybody to know; undefined: there is no hospital here. */
  notice(): Promise<{ readonly organisation: string; readonly rules: readonly HouseRule[] } | undefined>
}
