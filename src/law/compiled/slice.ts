import type { Day } from '#kernel'
import type { Activity } from '#vocabulary'
import type {
  Concept,
  Condition,
  Exception,
  Norm,
  NormBase,
  NormJurisdiction,
  SpeakerLine,
} from '../normBase.ts'
import { inForce } from '../truth.ts'
import { isNever, type Settled, simplify, type Word } from './simplify.ts'

/** What of a base can speak on the days of one epoch, in one legal order, of one activity. Reads like the base itself. */
export type Slice = {
  readonly base: NormBase
  /** What keeps each of `base.norms` in play: its condition, and no exception from the whole of it. */
  readonly holds: readonly Condition[]
}

/**
 * `day` is any day of the epoch. `of`: the norms for the ruling itself, or those on who must prove what (a norm carries a
 * burden where its condition holds, exceptions or not).
 */
export function cutSlice(
  base: NormBase,
  day: Day,
  order: readonly NormJurisdiction[],
  activity: Activity,
  of: 'ruling' | 'burdens',
): Slice {
  const concepts = new Map(
    [...base.concepts].map(([name, list]) => [name, list.filter(({ norm }) => stands(norm, base, day))]),
  )
  const settled = settle(concepts, activity)
  const read = (condition: Condition) => simplify(condition, settled)
  const norms: Norm[] = []
  const holds: Condition[] = []
  for (const norm of base.norms) {
    if (!order.includes(norm.instrument.jurisdiction) || !inForce(norm, day)) continue
    if (of === 'burdens' && norm.burdens.length === 0) continue
    const held = of === 'burdens' ? read(norm.when) : read(holdsCondition(norm, base, day))
    if (isNever(held)) continue
    norms.push(readNorm(norm, base, day, read))
    holds.push(held)
  }
  return {
    base: {
      ...base,
      norms,
      concepts: new Map(
        [...concepts].map(([name, list]) => [
          name,
          list.map((one) => ({ ...one, when: read(one.when) })).filter(({ when }) => !isNever(when)),
        ]),
      ),
      speakers: new Map([...base.speakers].map(([role, lines]) => [role, lines.map(readLine(read))])),
    },
    holds,
  }
}

const stands = (norm: string | undefined, base: NormBase, day: Day): boolean => {
  const definer = norm === undefined ? undefined : base.byId.get(norm)
  return definer === undefined || inForce(definer, day)
}

function settle(concepts: ReadonlyMap<string, readonly Concept[]>, activity: Activity): Settled {
  const words = new Map<string, Word>()
  const settled: Settled = {
    facts: new Map([['activity', activity]]),
    word: (name) => {
      const list = concepts.get(name) ?? []
      const known = words.get(name) ?? {
        when: simplify({ kind: 'any', of: list.map(({ when }) => when) }, settled),
        cites: list.some(({ norm }) => norm !== undefined),
      }
      words.set(name, known)
      return known
    },
  }
  return settled
}

/** What the interpreter asks to know whether a norm holds, as one condition; exceptions by other norms are read in. */
function holdsCondition(norm: Norm, base: NormBase, day: Day): Condition {
  const excepted = norm.exceptions
    .filter(({ of }) => of === 'all')
    .flatMap((exception) => exceptedWhen(exception, base, day) ?? [])
  return { kind: 'all', of: [norm.when, { kind: 'not', of: { kind: 'any', of: excepted } }] }
}

/** Undefined: the norm that makes the exception is not in force. */
function exceptedWhen({ by, when }: Exception, base: NormBase, day: Day): Condition | undefined {
  if (by === undefined) return when
  const other = base.byId.get(by)
  if (other === undefined || !inForce(other, day)) return undefined
  return { kind: 'all', of: [holdsCondition(other, base, day), when] }
}

type Read = (condition: Condition) => Condition

function readNorm(norm: Norm, base: NormBase, day: Day, read: Read): Norm {
  const exceptions = norm.exceptions.flatMap((exception): readonly Exception[] => {
    const when = exceptedWhen(exception, base, day)
    const known = when && read(when)
    return known === undefined || isNever(known) ? [] : [{ of: exception.of, when: known }]
  })
  return {
    ...norm,
    when: read(norm.when),
    reaches: read(norm.reaches),
    ...(norm.forbids ? { forbids: read(norm.forbids) } : {}),
    exceptions,
    consents: norm.consents
      .map((rule) => ({ ...rule, when: read(rule.when) }))
      .filter(({ when }) => !isNever(when)),
    // A duty that is not asked here still counts among what another norm may push aside.
    duties: norm.duties.map((rule) => ({
      ...rule,
      when: read(rule.when),
      met: rule.met.kind === 'facts' ? { kind: 'facts', when: read(rule.met.when) } : rule.met,
    })),
    burdens: norm.burdens.map((rule) => ({ ...rule, when: read(rule.when) })),
  }
}

const readLine =
  (read: Read) =>
  ({ party, when, or }: SpeakerLine): SpeakerLine => ({
    party,
    when: read(when),
    ...(or ? { or: { party: or.party, when: read(or.when) } } : {}),
  })
