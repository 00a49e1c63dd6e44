import { dayOf, type Instant, laterOf } from '#kernel'
import type { Agreement, AgreementEvent, AgreementState } from './agreement.ts'
import { type Clause, clausesOf, takenBack } from './clause.ts'
import { isDraft } from './draft.ts'
import { isAsSpecific } from './reach.ts'
import { type History, historyOf, stateOf } from './state.ts'

/** An agreement with all that has happened to it. */
export type RecordedAgreement = {
  readonly agreement: Agreement
  readonly events: readonly AgreementEvent[]
}

export type Because = {
  readonly agreement: string
  readonly item: string | null
  readonly effect: 'permit' | 'refuse'
  /** Said so; said by not naming it; taken back; or the state that keeps a permit from counting. */
  readonly code: 'chosen' | 'base' | 'taken-back' | Exclude<AgreementState, 'given' | 'refused'>
}

/** A clause as it counts at an instant. */
export type StandingClause = {
  readonly clause: Clause
  readonly agreement: Agreement
  /** Of a refusal: when it was last said. */
  readonly since: Instant
  /** Of a permit: its agreement is given. */
  readonly stands: boolean
  /**
   * Of a permit: what it obliges to is still owed. An obligation outlives the pause and the withdrawal of its permit, so that
   * taking one back never sheds it; it ends with the term, and when another agreement takes the place.
   */
  readonly binds: boolean
  readonly because: Because
}

/**
 * A refusal counts from its signature, and goes on when its agreement rests, ends, is replaced or is withdrawn: taking back what
 * one allowed must never widen what is allowed. A choice that was taken back is a refusal from then on. An agreement that is
 * withdrawn as a whole falls silent where it permitted, and goes on refusing what it refused.
 */
export function standingClausesOf(
  { agreement, events }: RecordedAgreement,
  at: Instant,
): readonly StandingClause[] {
  if (agreement.signedAt > at) return []
  const history = historyOf(events, at)
  const state = stateOf(agreement, events, at)
  const common = {
    agreement,
    stands: state === 'given',
    binds: inTerm(agreement, at) && !history.superseded && !isDraft(agreement),
  }
  return clausesOf(agreement).map((said) => {
    const { clause, endedAt } = afterwards(said, history)
    return {
      ...common,
      clause,
      since: laterOf(agreement.signedAt, endedAt ?? agreement.signedAt),
      because: {
        agreement: agreement.id,
        item: clause.item,
        effect: clause.effect,
        code: codeOf(clause, said, state),
      },
    }
  })
}

/** The clause, or the refusal that became of it when the choice (or the one around it) was taken back. */
function afterwards(
  said: Clause,
  { items }: History,
): { readonly clause: Clause; readonly endedAt?: Instant | undefined } {
  const endedAt = said.items
    .flatMap((item) => items.get(item) ?? [])
    .sort()
    .at(-1)
  return { clause: endedAt !== undefined && said.effect === 'permit' ? takenBack(said) : said, endedAt }
}

function codeOf(clause: Clause, said: Clause, state: AgreementState): Because['code'] {
  if (clause !== said) return 'taken-back'
  if (clause.effect === 'refuse' || state === 'given' || state === 'refused')
    return clause.isBase ? 'base' : 'chosen'
  return state
}

const inTerm = ({ from, until }: Agreement, at: Instant): boolean =>
  from <= dayOf(at) && (until === null || dayOf(at) <= until)

/**
 * Whether somebody changed their mind: a later agreement that takes the place of the one with the refusal (itself or through those
 * between), asks the same choice, and permits it in one provision that is no broader than what was refused. A newer broad yes
 * does not bury an older specific no. It holds while the later agreement does.
 */
export const answers = (
  permit: Pick<StandingClause, 'clause' | 'agreement'>,
  refusal: Pick<StandingClause, 'clause' | 'agreement' | 'since'>,
  recorded: readonly RecordedAgreement[],
): boolean =>
  permit.agreement.signedAt > refusal.since &&
  permit.clause.item === refusal.clause.item &&
  isAsSpecific(permit.clause, refusal.clause) &&
  replacedBy(permit.agreement, recorded).has(refusal.agreement.id)

/** All whose place an agreement takes, back to the first that is known. */
function replacedBy(agreement: Agreement, recorded: readonly RecordedAgreement[]): ReadonlySet<string> {
  const replaced = new Set<string>()
  for (let next = agreement.supersedes; next !== null && !replaced.has(next); ) {
    replaced.add(next)
    const id: string = next
    next = recorded.find((one) => one.agreement.id === id)?.agreement.supersedes ?? null
  }
  return replaced
}
