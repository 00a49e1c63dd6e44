import { type CompiledBase, compileNormBase, type Ruling, type Situation } from '#law'
import { knownSituations, publicSituations, seeded } from './randomSituations.ts'
import { base } from './situations.ts'

type Figures = {
  readonly decisions: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

const acts = ['use', 'collect', 'test', 'treat', 'provide-to-third-party', 'research'] as const
const kinds = ['genetic', 'health', 'biospecimen', 'biometric', 'identity'] as const
const forms = ['explicit', 'separate', 'written', 'signed', 'oral'] as const

/** Persons one by one, each with an act on some day of 2026: age, capacity, data, consents and withdrawals by chance. */
export function* rulingSituations(count: number, seed = 1): Generator<Situation> {
  const chance = seeded(seed)
  const below = (limit: number) => Math.floor(chance() * limit)
  const some = <T>(list: readonly T[]) => list.filter(() => chance() < 0.6)
  const day = () => `2026-${`${1 + below(12)}`.padStart(2, '0')}-${`${1 + below(28)}`.padStart(2, '0')}`
  for (let index = 0; index < count; index += 1) {
    const age = below(100)
    const activity = acts[below(acts.length)]!
    const consent = () => ({
      by: chance() < 0.8 ? 'subject' : 'guardian',
      on: day(),
      forms: some(forms),
      covers: {
        activities: [activity],
        purposes: chance() < 0.9 ? ['treatment'] : ['research'],
        categories: some(kinds),
        recipients: chance() < 0.5 ? ['b'] : [],
        abroad: chance() < 0.2,
      },
      told: ['handler', 'purpose', 'method', 'kinds', 'retention', 'rights', 'risks', 'alternatives'],
      withdrawnOn: chance() < 0.1 ? day() : null,
      bundled: chance() < 0.05,
    })
    const situation = {
      id: `p${index}`,
      at: day(),
      jurisdictions: ['CN'],
      activity,
      purpose: chance() < 0.8 ? 'treatment' : 'research',
      necessity: [],
      data: { categories: some(kinds), identifiability: 'identified', persons: 1, keySamples: false },
      subject: { age, capacity: age < 18 ? 'limited' : 'full', conscious: chance() < 0.98, deceased: false },
      representatives: [],
      actor: {
        id: 'clinic',
        kind: 'medical-institution',
        country: 'CN',
        foreignControlled: false,
        role: 'handler',
      },
      recipient: activity === 'provide-to-third-party' ? { id: 'b', kind: 'company', country: 'CN' } : null,
      cooperation: null,
      intervention:
        activity === 'treat' || activity === 'test' ? { kind: 'laboratory-test', risk: 'low' } : null,
      emergency: null,
      consents: Array.from({ length: below(3) }, consent),
      approvals: chance() < 0.5 ? [] : [{ kind: 'ethics-review', outcome: 'granted' }],
      automated: null,
      request: null,
      incident: null,
      committee: null,
      dispute: null,
    }
    yield situation as unknown as Situation
  }
}

/** Each decision by itself; the clock's own cost is in the figure. */
export function measure(situations: Iterable<Situation>, rule: (situation: Situation) => Ruling): Figures {
  const taken: number[] = []
  let total = 0
  for (const situation of situations) {
    const start = process.hrtime.bigint()
    rule(situation)
    const nanoseconds = Number(process.hrtime.bigint() - start)
    taken.push(nanoseconds)
    total += nanoseconds
  }
  const sorted = Float64Array.from(taken).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]! / 1000
  return {
    decisions: taken.length,
    perSecond: Math.round(taken.length / (total / 1e9)),
    p50: at(0.5),
    p99: at(0.99),
  }
}

function* repeat(situations: readonly Situation[], count: number): Generator<Situation> {
  for (let index = 0; index < count; index += 1) yield situations[index % situations.length]!
}

const heap = (): number => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 2 ** 20
}

function show(name: string, engine: CompiledBase, situations: Iterable<Situation>): void {
  const before = heap()
  const { decisions, perSecond, p50, p99 } = measure(situations, engine.rule)
  const { cells, answers, programs } = engine.held()
  const grown = heap() - before
  const figures = `${perSecond}/s, p50 ${p50.toFixed(2)} µs, p99 ${p99.toFixed(2)} µs`
  console.log(
    `${name}: ${decisions} decisions, ${figures}; ${cells} cells, ${answers} answers, ${programs} programs, ${grown.toFixed(1)} MiB more`,
  )
}

if (process.argv[1]?.endsWith('speed.ts')) {
  console.log(`${base.norms.length} norms`)
  const published = publicSituations()
  const engine = compileNormBase(base)
  show('published cases, first time', engine, published)
  show('published cases', engine, repeat(published, 200_000))
  const one = [...rulingSituations(1)]
  show('one person', engine, repeat(one, 1_000_000))
  for (const count of [1_000, 10_000, 100_000, 1_000_000])
    show(`${count} persons, from nothing`, compileNormBase(base), rulingSituations(count))
  const known = knownSituations()
  const cold = compileNormBase(base, { cells: 1 })
  for (const situation of known) cold.rule(situation)
  show('cold cells', cold, repeat(known, 20_000))
  show('cold programs', compileNormBase(base, { cells: 1, programs: 1 }), repeat(known, 1_000))
}
