import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { type ConsentDemand, parseSituation, type Ruling, ruleOn, type Situation } from '#law'
import { conflictPrinciples, disclosureElements, duties, outcomes, parties } from '#vocabulary'
import {
  base,
  careConsent,
  dataConsent,
  geneticUse,
  isPermit,
  laboratoryTest,
  operation,
  situation,
  surgery,
} from './situations.ts'

const shared = process.env.HABEAS_SHARED ?? '../shared'
const skip = existsSync(`${shared}/contracts/ruling.schema.json`) ? false : 'the reference facts are not here'

const days = [
  '1990-01-01',
  '2002-08-31',
  '2005-06-01',
  '2010-06-30',
  '2010-07-01',
  '2015-06-01',
  '2019-07-01',
  '2020-06-01',
  '2021-01-01',
  '2021-06-01',
  '2021-11-01',
  '2022-03-01',
  '2022-05-01',
  '2025-01-01',
  '2026-11-24',
]
const patients = [
  { age: 40, capacity: 'full', conscious: true },
  { age: 40, capacity: 'full', conscious: false },
  { age: 7, capacity: 'none', conscious: true },
  { age: 15, capacity: 'limited', conscious: true },
  { age: 80, capacity: 'none', conscious: true },
  { age: 40, capacity: 'full', conscious: true, tellingInadvisable: true },
].map((patient) => ({ deceased: false, mentalPatient: false, sex: 'f', ...patient }))
const givers = [
  'subject',
  'guardian',
  'near-relative',
  'family-or-related-person',
  'authorised-agent',
] as const
const formSets = [
  ['oral', 'explicit'],
  ['written', 'signed', 'explicit'],
  ['explicit', 'separate'],
  ['electronic'],
  ['blanket'],
]

const given = fc
  .record({
    by: fc.constantFrom(...givers),
    forms: fc.constantFrom(...formSets),
    withdrawnOn: fc.constantFrom(null, ...days),
    bundled: fc.boolean(),
    told: fc.subarray([...disclosureElements]),
    covers: fc.record({
      activities: fc.subarray(['treat', 'test', 'use', 'collect', 'provide-to-third-party', 'research']),
      purposes: fc.subarray(['treatment', 'research']),
      categories: fc.subarray(['genetic', 'health', 'biospecimen']),
      recipients: fc.subarray(['b']),
      abroad: fc.boolean(),
    }),
  })
  .map((consent) => careConsent(consent as never))

const facts = fc
  .record({
    at: fc.constantFrom(...days),
    jurisdictions: fc.constantFrom(['CN'], ['CN'], ['FR'], ['US'], ['EU'], ['CN', 'US']),
    activity: fc.constantFrom(
      'treat',
      'test',
      'use',
      'collect',
      'research',
      'provide-to-third-party',
      'publish',
      'transfer-abroad',
      'withdraw',
      'copy-own',
      'train-model',
      'respond-to-breach',
    ),
    purpose: fc.constantFrom('treatment', 'research', 'emergency', 'product-development'),
    subject: fc.constantFrom(...patients),
    data: fc.constantFrom(null, {
      categories: ['genetic', 'health'],
      identifiability: 'identified',
      persons: 1,
      keySamples: false,
      fromHgrMaterial: true,
      importantData: false,
    }),
    intervention: fc.constantFrom(null, surgery, laboratoryTest, {
      ...surgery,
      kind: 'drug-trial',
      experimental: true,
    }),
    emergency: fc.constantFrom(
      null,
      null,
      { lifeThreatening: true, consentObtainable: false, approver: 'head-or-authorised-person' },
      { lifeThreatening: true, consentObtainable: false, approver: 'none' },
    ),
    representatives: fc.constantFrom(
      [],
      [{ relation: 'spouse', reachable: true, consents: 'yes' }],
      [{ relation: 'agent', mandate: true, reachable: true }],
    ),
    recipient: fc.constantFrom(null, {
      id: 'b',
      kind: 'company',
      country: 'DE',
      foreignControlled: true,
      role: 'handler',
    }),
    consents: fc
      .array(given, { maxLength: 2 })
      .map((list) => [...new Map(list.map((one) => [JSON.stringify(one), one])).values()]),
    approvals: fc.constantFrom(
      [],
      [{ kind: 'ethics-review', outcome: 'granted' }],
      [{ kind: 'pipia', outcome: 'unknown' }],
    ),
  })
  .filter(({ consents, at }) =>
    consents.every((one) => (one as { on?: string }).on === undefined || at !== ''),
  )

const read = (value: object): Ruling => ruleOn(situation(value as never), base)

/** Given, or another of those of whom one suffices has given it. */
const isAnswered = (demand: ConsentDemand, { whoMustConsent }: Ruling): boolean =>
  [
    demand,
    ...whoMustConsent.filter(
      (other) => demand.rule === 'one-of' && other.rule === 'one-of' && other.for === demand.for,
    ),
  ].some(({ satisfied }) => satisfied === true)

/** Every path of a value that may be left out. */
function removable(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, key]
    return Array.isArray(value) ? removable(inner, here) : [here, ...removable(inner, here)]
  })
}

function without(value: object, path: readonly string[]): object {
  const copy = structuredClone(value) as Record<string, unknown>
  const parent = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy)
  delete parent[path.at(-1)!]
  return copy
}

test('no norm is cited or displaces before it is in force or after', () => {
  fc.assert(
    fc.property(facts, (value) => {
      const ruling = read(value)
      const said = [
        ...ruling.norms,
        ...ruling.duties.flatMap(({ norms }) => norms),
        ...ruling.whoMustConsent.flatMap(({ norms }) => norms),
        ...ruling.forbiddenBy.map(({ norm }) => norm),
        ...ruling.displaced.map(({ by }) => by),
      ]
      for (const id of said) {
        const norm = base.byId.get(id)
        assert.ok(
          norm && norm.from <= value.at && (norm.to === null || value.at <= norm.to),
          `${id} on ${value.at}`,
        )
      }
    }),
    { numRuns: 400 },
  )
})

test('before every norm nothing is permitted and nothing cited', () => {
  fc.assert(
    fc.property(facts, (value) => {
      const ruling = read({ ...value, at: '1900-01-01', consents: [] })
      assert.deepEqual([ruling.outcome, ruling.norms, ruling.duties], ['refer', [], []])
    }),
    { numRuns: 50 },
  )
})

test('knowing less never turns a no into a yes', () => {
  let tried = 0
  fc.assert(
    fc.property(facts, fc.nat(), (value, pick) => {
      const full = situation(value as never)
      const ruling = ruleOn(full, base)
      if (ruling.outcome !== 'deny') return
      const paths = removable(full).filter(
        ([first]) => !['id', 'at', 'jurisdictions', 'activity', 'purpose'].includes(first!),
      )
      const path = paths[pick % paths.length]!
      const less = parseSituation(without(full, path), '$')
      if (!less.ok) return
      tried += 1
      assert.ok(!isPermit(ruleOn(less.value, base)), path.join('.'))
    }),
    { numRuns: 1500 },
  )
  assert.ok(tried > 150, `${tried}`)
})

test('a yes does not hang on a fact that is not known: with the fact taken away it stays or is asked for', () => {
  const yes: readonly Situation[] = [
    situation(operation('2026-11-24', { consents: [careConsent()] }) as never),
    situation(operation('2015-06-01', { consents: [careConsent()] }) as never),
    situation(geneticUse('2026-11-24', { consents: [dataConsent()] }) as never),
  ]
  for (const full of yes) {
    assert.ok(isPermit(ruleOn(full, base)))
    for (const path of removable(full)) {
      const less = parseSituation(without(full, path), '$')
      if (!less.ok) continue
      const { outcome, factsNeeded } = ruleOn(less.value, base)
      assert.ok(
        outcome.startsWith('permit') || outcome === 'unknown-facts',
        `${outcome} without ${path.join('.')}`,
      )
      if (outcome === 'unknown-facts')
        assert.ok(
          factsNeeded.some((need) => need.replaceAll(/\[(\d+)\]/g, '.$1').startsWith(path[0]!)),
          path.join('.'),
        )
    }
  }
})

test('a withdrawal never turns a no into a yes, and a withdrawn consent is as good as none', () => {
  fc.assert(
    fc.property(facts, (value) => {
      const consents = value.consents.map((one) => ({ ...one, withdrawnOn: value.at }))
      const distinct = [...new Map(consents.map((one) => [JSON.stringify(one), one])).values()]
      const [before, after, none] = [
        read(value),
        read({ ...value, consents: distinct }),
        read({ ...value, consents: [] }),
      ]
      if (!isPermit(before)) assert.ok(!isPermit(after))
      assert.equal(after.outcome, none.outcome)
    }),
    { numRuns: 400 },
  )
})

test('of two legal orders the stricter answer stands', () => {
  const strictness = ['deny', 'unknown-facts', 'refer', 'permit-with-duties', 'permit']
  fc.assert(
    fc.property(facts, (value) => {
      const apart = ['CN', 'US'].map((one) =>
        strictness.indexOf(read({ ...value, jurisdictions: [one] }).outcome),
      )
      const joined = read({ ...value, jurisdictions: ['CN', 'US'] })
      assert.equal(strictness.indexOf(joined.outcome), Math.min(...apart))
    }),
    { numRuns: 200 },
  )
})

test('every word of a ruling is of the vocabulary, a no has its reason, a question its facts', () => {
  const known: readonly (readonly [readonly string[], (ruling: Ruling) => readonly string[]])[] = [
    [outcomes, ({ outcome }) => [outcome]],
    [duties, (ruling) => [...ruling.duties.map(({ code }) => code), ...ruling.notRequired]],
    [parties, ({ whoMustConsent }) => whoMustConsent.map(({ party }) => party)],
    [disclosureElements, ({ mustTell }) => mustTell],
    [conflictPrinciples, ({ displaced }) => displaced.map(({ principle }) => principle)],
  ]
  fc.assert(
    fc.property(facts, (value) => {
      const ruling = read(value)
      for (const [words, used] of known)
        for (const word of used(ruling)) assert.ok(words.includes(word), word)
      assert.equal(ruling.outcome === 'deny', ruling.forbiddenBy.length > 0)
      if (isPermit(ruling))
        assert.deepEqual(
          ruling.whoMustConsent.filter((demand) => !isAnswered(demand, ruling)),
          [],
        )
      if (ruling.outcome === 'unknown-facts') assert.ok(ruling.factsNeeded.length > 0)
      const codes = new Set(ruling.duties.map(({ code }) => code))
      if (value.jurisdictions.length === 1) assert.equal(codes.size, ruling.duties.length)
    }),
    { numRuns: 400 },
  )
})

test('every ruling has the published shape', { skip }, () => {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  const fits = ajv.compile(JSON.parse(readFileSync(`${shared}/contracts/ruling.schema.json`, 'utf8')))
  fc.assert(
    fc.property(facts, (value) => assert.ok(fits(read(value)), JSON.stringify(fits.errors))),
    { numRuns: 300 },
  )
})

test('without consent, another ground or an emergency, nobody processes sensitive information since 2021-11-01', () => {
  const acts = [
    'collect',
    'test',
    'treat',
    'store',
    'use',
    'disclose',
    'provide-to-third-party',
    'entrust',
    'publish',
    'transfer-abroad',
    'automated-decision',
    'research',
    'train-model',
    'inform-relative',
  ]
  const day = fc.constantFrom(...days.filter((one) => one >= '2021-11-01'))
  fc.assert(
    fc.property(facts, fc.constantFrom(...acts), day, (value, activity, at) => {
      const data = {
        categories: ['genetic'],
        identifiability: 'pseudonymised',
        persons: 1,
        keySamples: false,
        importantData: false,
        fromHgrMaterial: true,
      }
      const ruling = read({
        ...value,
        at,
        activity,
        data,
        jurisdictions: ['CN'],
        consents: [],
        emergency: null,
      })
      assert.equal(ruling.outcome, 'deny', activity)
    }),
    { numRuns: 300 },
  )
})

test('without consent or a head who approves, nobody operates since 1994-09-01', () => {
  fc.assert(
    fc.property(facts, fc.constantFrom(...days.filter((one) => one >= '1994-09-01')), (value, at) => {
      const bare = {
        ...value,
        at,
        activity: 'treat',
        intervention: surgery,
        jurisdictions: ['CN'],
        consents: [],
      }
      const refused = value.emergency === null || value.emergency.approver === 'none'
      if (refused) assert.equal(read({ ...bare, data: null }).outcome, 'deny')
    }),
    { numRuns: 300 },
  )
})
