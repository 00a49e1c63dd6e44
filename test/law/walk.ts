import assert from 'node:assert/strict'
import { compileNormBase, ruleOn, type Situation } from '#law'
import { seeded } from '../../src/adapters/bench/chance.ts'
import { knownSituations, makeGenerator } from './randomSituations.ts'
import { base } from './situations.ts'

const known = knownSituations()
const generator = makeGenerator(base)

/** A walk: most steps change one to three facts of the situation before, so that neighbours of a remembered cell come up. */
export function* walk(steps: number, seed: number): Generator<Situation> {
  const chance = seeded(seed)
  let at = known[0]!
  for (let step = 0; step < steps; step += 1) {
    const turn = chance()
    if (turn < 0.02) at = generator.any(chance)
    else if (turn < 0.2) at = known[Math.floor(chance() * known.length)]!
    else at = generator.changed(at, chance)
    yield at
  }
}

type Rule = ReturnType<typeof compileNormBase>['rule']

/** Both as JSON: what is stored and compared is bytes, down to the order of members. */
export function assertSame(situation: Situation, compiled: Rule): ReturnType<Rule> {
  const [slow, fast] = [ruleOn(situation, base), compiled(situation)]
  if (JSON.stringify(slow) === JSON.stringify(fast)) return fast
  assert.deepEqual(fast, slow, JSON.stringify(situation))
  assert.fail(`the members stand in another order: ${JSON.stringify(situation)}`)
}

/** What was compared on a walk; the first difference would have thrown. */
export type Walked = {
  readonly situations: number
  /** Rulings that were worked out; the rest came from remembered cells. */
  readonly worked: number
  readonly seconds: number
  readonly outcomes: Readonly<Record<string, number>>
  readonly norms: readonly string[]
}

export function compareOnWalk(
  count: number,
  seed: number,
  onStep: (step: number) => void = () => {},
): Walked {
  const { rule, held } = compileNormBase(base)
  const outcomes: Record<string, number> = {}
  const norms = new Set<string>()
  const start = process.hrtime.bigint()
  let worked = 0
  let situations = 0
  for (const situation of walk(count, seed)) {
    const before = held().cells
    const ruling = assertSame(situation, rule)
    if (held().cells !== before) worked += 1
    outcomes[ruling.outcome] = (outcomes[ruling.outcome] ?? 0) + 1
    for (const norm of ruling.norms) norms.add(norm)
    situations += 1
    onStep(situations)
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  return { situations, worked, seconds, outcomes, norms: [...norms] }
}
