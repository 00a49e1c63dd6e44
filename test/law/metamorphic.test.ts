import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileNormBase, type NormBase, type Ruling, ruleOn, type Situation } from '#law'
import { duties } from '#vocabulary'
import { type Chance, seeded } from '../../src/adapters/bench/chance.ts'
import { boundaryDays, knownSituations, makeGenerator } from './randomSituations.ts'
import { base, isPermit, withNorms, without } from './situations.ts'

const known = knownSituations()
const generator = makeGenerator(base)
const pick = <T>(list: readonly T[], chance: Chance): T => list[Math.floor(chance() * list.length)]!
const normal = compileNormBase(base)

/** The ruling by both engines, which must agree on every base that these tests make. */
function ruleTwice(situation: Situation, of: NormBase, rule = compileNormBase(of).rule): Ruling {
  const ruling = rule(situation)
  assert.deepEqual(ruling, ruleOn(situation, of))
  return ruling
}

const situations = (count: number, seed: number): readonly Situation[] => {
  const chance = seeded(seed)
  return Array.from({ length: count }, () => generator.changed(pick(known, chance), chance))
}

type Norm = NormBase['norms'][number]
function shuffled<T>(list: readonly T[], chance: Chance): readonly T[] {
  return list
    .map((item) => ({ item, place: chance() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}

/** Lists as sets: the order of norms may show in the order of what is said, not in what is said. */
function asSets(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(asSets).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asSets(member)]))
}

test('the order of norms changes no outcome, consent, duty, ban, burden, citation or fact asked for', () => {
  const chance = seeded(5)
  for (let turn = 0; turn < 6; turn += 1) {
    const other = withNorms(shuffled(base.norms, chance))
    const { rule } = compileNormBase(other)
    for (const situation of situations(40, turn)) {
      const said = ({ explanation: _, ...ruling }: Ruling) => asSets(ruling)
      assert.deepEqual(said(ruleTwice(situation, other, rule)), said(ruleOn(situation, base)))
    }
  }
})

test('a duty more never turns a no into a yes', () => {
  const chance = seeded(6)
  let tried = 0
  for (const situation of situations(150, 61)) {
    const ruling = ruleOn(situation, base)
    if (ruling.outcome !== 'deny') continue
    const burdened = pick(ruling.norms.length > 0 ? ruling.norms : [base.norms[0]!.id], chance)
    const duty = {
      code: pick(duties, chance),
      when: { kind: 'always' },
      prior: chance() < 0.5,
      met: { kind: 'not-shown' },
      tell: [],
    } as const
    const other = withNorms(
      base.norms.map((norm) => (norm.id === burdened ? { ...norm, duties: [...norm.duties, duty] } : norm)),
    )
    assert.equal(ruleTwice(situation, other).outcome, 'deny')
    tried += 1
  }
  assert.ok(tried > 30, `${tried}`)
})

test('a norm more that forbids never turns a no into a yes, and one that always holds makes every act a no', () => {
  const chance = seeded(7)
  const model = base.norms.find(({ id }) => id === 'CN-PIPL-4')!
  let tried = 0
  for (const situation of situations(150, 71)) {
    const when = chance() < 0.5 ? pick(base.norms, chance).when : ({ kind: 'always' } as const)
    const ban: Norm = {
      ...model,
      id: 'CN-MORE-1',
      effect: 'forbid',
      from: situation.at,
      to: situation.at,
      when,
      forbids: { kind: 'always' },
    }
    const { outcome } = ruleTwice(situation, withNorms([...base.norms, ban]))
    const before = ruleOn(situation, base).outcome
    if (before === 'deny') assert.equal(outcome, 'deny')
    const reached = situation.jurisdictions.includes('CN') && before !== 'refer'
    if (when.kind === 'always' && reached) assert.equal(outcome, 'deny')
    tried += before === 'deny' ? 1 : 0
  }
  assert.ok(tried > 30, `${tried}`)
})

/** Facts that count only where they are shown: unknown is read as not so, by the law itself. */
function shownFacts(): ReadonlySet<string> {
  const found = new Set<string>()
  const walk = (node: unknown, shown: boolean): void => {
    if (typeof node !== 'object' || node === null) return
    const { kind, path, list, concept } = node as { readonly [member: string]: unknown }
    if (shown && kind === 'fact') found.add(String(path))
    if (shown && (kind === 'some' || kind === 'count')) found.add(String(list))
    if (shown && kind === 'is') walk(base.concepts.get(String(concept)), true)
    for (const member of Object.values(node)) walk(member, shown || kind === 'shown')
  }
  walk([...base.norms, ...base.concepts.values(), ...base.speakers.values()], false)
  return found
}

/** Facts that the judgement of consents presumes while they are unknown: no refusal, running papers, care without data. */
const presumed = ['subject.wishes.refuses', 'subject.bornOn', 'subject.age', 'consents', 'approvals', 'data']

function learntPath(before: object, after: object): string {
  for (const [name, value] of Object.entries(after)) {
    const old = (before as { readonly [member: string]: unknown })[name]
    if (old === undefined) return name
    if (JSON.stringify(old) !== JSON.stringify(value)) return `${name}.${learntPath(old as object, value)}`
  }
  return ''
}

test('learning a fact turns no yes into a no or back, but for what must be shown, is presumed, or displaces', () => {
  const chance = seeded(10)
  const apart = [...shownFacts(), ...presumed]
  const grade = ({ outcome }: Ruling) => (outcome.startsWith('permit') ? 'permit' : outcome)
  let tried = 0
  let flipped = 0
  for (const situation of situations(2500, 101)) {
    const before = normal.rule(situation)
    if (before.outcome !== 'deny' && !isPermit(before)) continue
    for (let turn = 0; turn < 12; turn += 1) {
      const more = generator.learnt(situation, chance)
      if (more === undefined) continue
      const after = normal.rule(more)
      const path = learntPath(situation, more)
      const within = apart.some((fact) => `${fact}.`.startsWith(`${path}.`) || path.startsWith(`${fact}.`))
      const displaces = JSON.stringify(before.displaced) !== JSON.stringify(after.displaced)
      if (within || displaces) {
        flipped += grade(before) === grade(after) ? 0 : 1
        continue
      }
      assert.equal(grade(after), grade(before), `${path} of ${JSON.stringify(situation)}`)
      if (before.outcome === 'permit') assert.equal(after.outcome, 'permit', path)
      tried += 1
    }
  }
  assert.ok(tried > 400, `${tried}`)
  assert.ok(flipped > 0, 'the exceptions are needed')
})

/** Norms whose first day this is, or whose last day was the day before. */
const changingOn = (day: string, before: string): readonly string[] =>
  base.norms.filter(({ from, to }) => from === day || to === before).map(({ id }) => id)

/** Dates within the facts, which a day may pass as well. */
const undated = ({ consents, approvals, subject, dispute, ...rest }: Situation): Situation => {
  const { bornOn: _, ...person } = subject ?? {}
  const { factsOn: __, ...quarrel } = dispute ?? {}
  return {
    ...rest,
    ...(subject ? { subject: person } : {}),
    ...(dispute === undefined ? {} : { dispute: dispute && quarrel }),
    ...(consents
      ? { consents: consents.map(({ on: _on, ...given }) => ({ ...given, withdrawnOn: null })) }
      : {}),
    ...(approvals ? { approvals: approvals.map(({ kind, outcome }) => ({ kind, outcome })) } : {}),
  }
}

test('from one day to the next only norms whose dates lie there make a difference', () => {
  const days = boundaryDays(base)
  const chosen = situations(6, 8).map(undated)
  let moved = 0
  for (const [index, day] of days.entries()) {
    const before = days[index - 1]
    if (before === undefined) continue
    const changing = changingOn(day, before)
    const still = without(changing)
    const { rule } = compileNormBase(still)
    for (const situation of chosen) {
      const on = (at: string) => ({ ...situation, at }) as Situation
      const said = ({ at: _, explanation: __, ...ruling }: Ruling) => ruling
      const eve: Situation = on(before)
      const morrow: Situation = on(day)
      const isNext = Date.parse(day) - Date.parse(before) === 86_400_000
      if (!isNext) continue
      assert.deepEqual(said(rule(morrow)), said(rule(eve)), `${before} ${day}`)
      const differs = JSON.stringify(said(normal.rule(eve))) !== JSON.stringify(said(normal.rule(morrow)))
      if (changing.length === 0) assert.ok(!differs)
      if (differs) moved += 1
    }
  }
  assert.ok(moved > 20, `${moved}`)
})
