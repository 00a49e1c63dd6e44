import type { ConsentTopic, Party } from '#vocabulary'
import { judgeDemand, judgeTold } from './coverage.ts'
import { evaluate, type Reading } from './evaluate.ts'
import type { ConsentRule, DutyRule, Norm, NormPart, SpeakerLine } from './normBase.ts'
import { allTrue, anyTrue, inForce, no, notTrue, type Truth, unknown } from './truth.ts'

/** A consent that a norm asks of one party. `applies`: is it asked here; `judged`: is it given. */
export type Demand = {
  readonly norm: Norm
  readonly party: Party
  readonly topic: ConsentTopic
  readonly rule: ConsentRule
  readonly oneOf: boolean
  /** Whether the rule asks for consent at all, of whomever. */
  readonly asked: Truth
  readonly applies: Truth
  readonly judged: Truth
}

export type AppliedDuty = {
  readonly norm: Norm
  readonly rule: DutyRule
  readonly applies: Truth
  readonly met: Truth
}

/** A norm of the day read against the facts: what it asks, attaches and forbids, each in three values. */
export type Applied = {
  readonly norm: Norm
  readonly holds: Truth
  readonly reaches: Truth
  readonly forbids: Truth
  readonly demands: readonly Demand[]
  readonly duties: readonly AppliedDuty[]
}

/** Undefined where the norm certainly has nothing to say. */
export function applyNorm(norm: Norm, reading: Reading): Applied | undefined {
  const holds = holdsHere(norm, reading)
  if (holds.value === false) return undefined
  const part = (of: NormPart) => allTrue([holds, notTrue(isExcepted(norm, of, reading))])
  return {
    norm,
    holds,
    reaches: allTrue([holds, evaluate(norm.reaches, reading)]),
    forbids:
      norm.forbids === undefined ? no : allTrue([part('prohibition'), evaluate(norm.forbids, reading)]),
    demands: norm.consents.flatMap((rule) => askedBy(norm, rule, part('consents'), reading)),
    duties: norm.duties.map((rule) => dutyOf(norm, rule, part('duties'), reading)),
  }
}

/** Its condition holds and no exception from the whole of it does. */
function holdsHere(norm: Norm, reading: Reading): Truth {
  const met = evaluate(norm.when, reading)
  return met.value === false ? met : allTrue([met, notTrue(isExcepted(norm, 'all', reading))])
}

/** Exceptions of exactly this part; one that another norm makes holds only while that norm is in force and applies. */
const isExcepted = (norm: Norm, of: NormPart, reading: Reading): Truth =>
  anyTrue(
    norm.exceptions
      .filter((exception) => exception.of === of)
      .map(({ by, when }) => {
        const other = by === undefined ? undefined : reading.base.byId.get(by)
        if (by !== undefined && (other === undefined || !inForce(other, reading.day))) return no
        const applies = other === undefined ? [] : [holdsHere(other, reading)]
        return allTrue([...applies, evaluate(when, reading)])
      }),
  )

function dutyOf(norm: Norm, rule: DutyRule, part: Truth, reading: Reading): AppliedDuty {
  return { norm, rule, applies: allTrue([part, evaluate(rule.when, reading)]), met: judgeMet(rule, reading) }
}

function judgeMet({ met, tell }: DutyRule, reading: Reading): Truth {
  switch (met.kind) {
    case 'facts':
      return evaluate(met.when, reading)
    case 'told':
      return judgeTold(tell, reading.situation)
    case 'not-shown':
      return unknown()
  }
}

function askedBy(norm: Norm, rule: ConsentRule, part: Truth, reading: Reading): readonly Demand[] {
  const asked = allTrue([part, evaluate(rule.when, reading)])
  if (asked.value === false) return []
  const lines = reading.base.speakers.get(rule.speaker) ?? [
    { party: rule.speaker as Party, when: { kind: 'always' } },
  ]
  return speakersNow(lines, reading).flatMap(({ party, speaks, oneOf }) => {
    const applies = allTrue([asked, speaks])
    if (applies.value === false) return []
    const judged = judgeDemand({ ...rule, party }, reading.situation)
    return [
      { norm, party, topic: rule.for, rule, oneOf: oneOf || rule.rule === 'one-of', asked, applies, judged },
    ]
  })
}

type Speaker = { readonly party: Party; readonly speaks: Truth; readonly oneOf: boolean }

/** The first line that holds speaks; while it is unknown which one that is, each may. */
function speakersNow(lines: readonly SpeakerLine[], reading: Reading): readonly Speaker[] {
  const before: Truth[] = []
  return lines.flatMap(({ party, when, or }): readonly Speaker[] => {
    const own = evaluate(when, reading)
    const speaks = allTrue([...before.map(notTrue), own])
    before.push(own)
    const other = or && allTrue([speaks, evaluate(or.when, reading)])
    const oneOf = other?.value === true
    return oneOf
      ? [
          { party, speaks, oneOf },
          { party: or!.party, speaks: other, oneOf },
        ]
      : [{ party, speaks, oneOf }]
  })
}
