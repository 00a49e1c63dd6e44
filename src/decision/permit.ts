import type { ActId, Day, Instant, SubjectId } from '#kernel'
import type { Activity, Category, DutyCode, Purpose } from '#vocabulary'

/** One use of personal data, as it stands before the gate. */
export type GovernedAct = {
  readonly id: ActId
  readonly subject: SubjectId
  readonly activity: Activity
  readonly purpose: Purpose
  /** What the effect will read: least data is asked for here and enforced by the effect. */
  readonly categories: readonly Category[]
  /** The day whose law is read. */
  readonly lawDay: Day
  /** When it happens; withdrawals up to and including this instant count. */
  readonly instant: Instant
}

/** Why the act is lawful: a norm, or a consent that covers it. */
export type Ground =
  | { readonly kind: 'norm'; readonly norm: string }
  | { readonly kind: 'consent'; readonly by: string; readonly on: string | null }
  | { readonly kind: 'house-rule'; readonly id: string }

/** Attached to a permit; `met` false is still to be done, "unknown" is to be checked. */
export type OpenDuty = {
  readonly code: DutyCode
  readonly met: boolean | 'unknown'
  readonly norms: readonly string[]
}

const issued = new WeakSet<object>()

/**
 * Leave to do one act. A capability: functions that use personal data take it as an argument, and only
 * `decision` can make one (the constructor is closed, and a look-alike fails `requirePermit`).
 */
export class Permit {
  readonly act: GovernedAct
  readonly grounds: readonly Ground[]
  readonly duties: readonly OpenDuty[]

  private constructor(act: GovernedAct, grounds: readonly Ground[], duties: readonly OpenDuty[]) {
    this.act = act
    this.grounds = grounds
    this.duties = duties
    Object.freeze(this)
  }

  /** For `decide` alone; not exported from the module's entrance. */
  static issue(act: GovernedAct, grounds: readonly Ground[], duties: readonly OpenDuty[]): Permit {
    const permit = new Permit(
      Object.freeze({ ...act, categories: Object.freeze([...act.categories]) }),
      grounds,
      duties,
    )
    issued.add(permit)
    return permit
  }
}

/** Throws unless this permit was issued here and allows reading all of these categories: anything else is a bug. */
export function requirePermit(permit: Permit, ...categories: readonly Category[]): void {
  if (!issued.has(permit)) throw new Error('not a permit of the gate')
  const missing = categories.filter((category) => !permit.act.categories.includes(category))
  if (missing.length > 0) throw new Error(`the permit does not cover ${missing.join(', ')}`)
}
