import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { addDays } from '#kernel'
import type { NormBase, Situation } from '#law'
import type { Chance } from '../../src/adapters/bench/chance.ts'
import { type FactSchema, knownOf, situationFacts } from '../../src/law/factSchema.ts'
import { situation } from './situations.ts'

type Loose = { [member: string]: unknown }

const pick = <T>(list: readonly T[], chance: Chance): T => list[Math.floor(chance() * list.length)]!
/** The day before, the day of and the day after every date of the base. */
export const boundaryDays = ({ norms }: NormBase): readonly string[] =>
  [
    ...new Set(
      norms
        .flatMap(({ from, to, instrument }) => [from, to, instrument.effectiveFrom, instrument.effectiveTo])
        .flatMap((day) => (day === null ? [] : [-1, 0, 1].map((days) => addDays(day, days)))),
    ),
  ].sort()

/** What tests name, by the last step of the path: half of all random facts are of these. */
type Named = ReadonlyMap<string, readonly unknown[]>

function namedIn(base: NormBase): Named {
  const named = new Map<string, unknown[]>()
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { kind, path, test, atLeast } = node as Loose & { test?: Loose }
    if (kind === 'fact') {
      const step = String(path).split('.').at(-1)!
      const values = [...((test?.['values'] ?? []) as unknown[]), test?.['atLeast'], test?.['below']]
      const numbers = values.flatMap((one) => (typeof one === 'number' ? [one - 1, one, one + 1] : [one]))
      named.set(step, [...(named.get(step) ?? []), ...numbers.filter((one) => one !== undefined)])
    }
    if (kind === 'count') named.set('n', [...(named.get('n') ?? []), 1, Number(atLeast)])
    for (const member of Object.values(node)) walk(member)
  }
  walk(base.norms)
  walk([...base.concepts.values()])
  walk([...base.speakers.values()])
  return named
}

export type Generator = {
  readonly any: (chance: Chance) => Situation
  /** The same with one to three facts changed, learnt or forgotten. */
  readonly changed: (of: Situation, chance: Chance) => Situation
  /** The same with one of its unknown facts learnt; undefined where none was found. */
  readonly learnt: (of: Situation, chance: Chance) => Situation | undefined
}

const members = Object.entries(situationFacts.properties!)
const seldom = ['at', 'jurisdictions', 'activity']
const fixed = ['id', 'at', 'jurisdictions', 'activity', 'purpose']

export function makeGenerator(base: NormBase): Generator {
  const days = boundaryDays(base)
  const named = namedIn(base)
  const value = (schema: FactSchema, name: string, chance: Chance): unknown => {
    if (schema.anyOf) {
      return chance() < 0.35 ? null : value(knownOf(schema), name, chance)
    }
    if (schema.enum) {
      const likely = (named.get(name) ?? []).filter((one) => schema.enum!.includes(one as string))
      return likely.length > 0 && chance() < 0.6 ? pick(likely, chance) : pick(schema.enum, chance)
    }
    if (schema.type === 'boolean') return chance() < 0.5
    if (schema.type === 'integer') {
      const likely = (named.get(name) ?? []).filter((one) => typeof one === 'number' && one >= 1)
      return likely.length > 0 && chance() < 0.7 ? pick(likely, chance) : 1 + Math.floor(chance() * 90)
    }
    if (schema.format === 'date')
      return name === 'bornOn'
        ? `${1930 + Math.floor(chance() * 85)}-0${1 + Math.floor(chance() * 9)}-15`
        : pick(days, chance)
    if (schema.type === 'string')
      return name === 'country' ? pick(['CN', 'US', 'DE'], chance) : pick(['a', 'b'], chance)
    if (schema.type === 'array') return items(schema, name, chance)
    return object(schema, chance)
  }
  const items = ({ items: item, minItems }: FactSchema, name: string, chance: Chance): unknown[] => {
    const most = item!.enum ? Math.min(4, item!.enum.length) : 3
    const count = Math.max(minItems ?? 0, Math.floor(chance() * (most + 1)))
    const list = Array.from({ length: count }, () => value(item!, name, chance))
    return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()]
  }
  const object = ({ properties, required }: FactSchema, chance: Chance): Loose => {
    const full = chance()
    return Object.fromEntries(
      Object.entries(properties!).flatMap(([name, schema]) =>
        required?.includes(name) || chance() < full ? [[name, value(schema, name, chance)]] : [],
      ),
    )
  }
  const any: Generator['any'] = (chance) =>
    ({ ...object(situationFacts, chance), id: `r${Math.floor(chance() * 1e9)}` }) as never
  return { any, ...changers(value) }
}

type MakeValue = (schema: FactSchema, name: string, chance: Chance) => unknown

function changers(value: MakeValue): Pick<Generator, 'changed' | 'learnt'> {
  const change = (of: Loose, schema: FactSchema, chance: Chance): Loose => {
    const first = pick(Object.entries(schema.properties!), chance)
    // Another day or activity is another program: less often, so that the facts within one get their turn.
    const [name, inner] =
      seldom.includes(first[0]) && chance() < 0.75 ? pick(Object.entries(schema.properties!), chance) : first
    const here = of[name]
    const deep = chance() < 0.8
    if (deep && typeof here === 'object' && here !== null && !Array.isArray(here))
      return { ...of, [name]: change(here as Loose, knownOf(inner), chance) }
    if (deep && Array.isArray(here) && here.length > 0 && inner.items?.properties) {
      const at = Math.floor(chance() * here.length)
      const list = here.map((item, index) => (index === at ? change(item, inner.items!, chance) : item))
      return { ...of, [name]: list }
    }
    if (!schema.required?.includes(name) && here !== undefined && chance() < 0.3) {
      const { [name]: _, ...rest } = of
      return rest
    }
    return { ...of, [name]: value(inner, name, chance) }
  }
  const learn = (
    of: Loose,
    entries: readonly (readonly [string, FactSchema])[],
    chance: Chance,
  ): Loose | undefined => {
    const [name, schema] = pick(entries, chance)
    const here = of[name]
    if (here === undefined) return { ...of, [name]: value(schema, name, chance) }
    if (typeof here !== 'object' || here === null || Array.isArray(here)) return undefined
    const inner = learn(here as Loose, Object.entries(knownOf(schema).properties!), chance)
    return inner && { ...of, [name]: inner }
  }
  return {
    changed: (of, chance) => {
      let next = of as unknown as Loose
      const times = 1 + Math.floor(chance() * 3)
      for (let time = 0; time < times; time += 1) next = change(next, situationFacts, chance)
      return { ...next, id: of.id } as never
    },
    learnt: (of, chance) =>
      learn(
        of as unknown as Loose,
        members.filter(([name]) => !fixed.includes(name)),
        chance,
      ) as never,
  }
}

const shared = process.env.HABEAS_SHARED ?? '../shared'
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

/** Situations that reach norms: those in which each norm decides, and the published cases where they are at hand. */
export function knownSituations(): readonly Situation[] {
  const deciding = readdirSync('test/law/deciding').flatMap((file) =>
    Object.values(readJson(`test/law/deciding/${file}`) as Record<string, { situation: Loose }>),
  )
  return [...deciding.map((row) => situation({ id: 'deciding', ...row.situation })), ...publicSituations()]
}

export function publicSituations(): readonly Situation[] {
  const contracts = `${shared}/contracts`
  if (!existsSync(`${contracts}/public-cases.json`)) return []
  const cases = readJson(`${contracts}/public-cases.json`) as { situation: Situation }[]
  const examples = ['permitted', 'withdrawn', 'unknown-consent'].map(
    (name) => readJson(`${contracts}/example-cases/${name}/case.json`) as { situation: Situation },
  )
  return [...cases, ...examples].map((row) => row.situation)
}
