import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, type Day } from '#kernel'
import type { Ruling } from '#law'
import type { Capacity, Jurisdiction } from '#vocabulary'
import type { Agreement, AgreementEvent, Signer } from '../../src/consent/agreement/agreement.ts'
import { checkSigning } from '../../src/consent/agreement/checkSigning.ts'
import {
  deciderOf,
  mustBeHeard,
  type PersonFacts,
  type SigningMatter,
} from '../../src/consent/agreement/decider.ts'
import { evaluate } from '../../src/consent/agreement/evaluate.ts'
import { givenConsents } from '../../src/consent/agreement/givenConsents.ts'
import { restsOf } from '../../src/consent/agreement/reasking.ts'
import { maySign } from '../../src/consent/agreement/signers.ts'
import { stateOf } from '../../src/consent/agreement/state.ts'
import { partiesFor, rule, surgery } from '../law/situations.ts'
import { agreement, day, instant, parent, permit, request, resumed, self } from './agreements.ts'

const noon = (on: Day) => instant(`${on}T12:00:00.000Z`)
const before = (on: string): Day => addDays(day(on), -1)

/** A column of the table: a legal order as a situation names it, and the one of its norms that decides. */
const orders = {
  CN: { jurisdictions: ['CN'], country: 'CN' },
  EU: { jurisdictions: ['EU'], country: 'DE' },
  FR: { jurisdictions: ['EU', 'FR'], country: 'FR' },
  US: { jurisdictions: ['US'], country: 'US' },
} as const satisfies Record<Jurisdiction, { jurisdictions: readonly Jurisdiction[]; country: string }>

/** An act in which the law says who decides the matter; where the base leaves a matter to others there is none. */
const acts: Record<SigningMatter, { orders: readonly Jurisdiction[]; topic: string; facts: object }> = {
  care: { orders: ['CN', 'FR'], topic: 'care', facts: { activity: 'treat', intervention: surgery } },
  research: {
    orders: ['CN', 'FR', 'US'],
    topic: 'research',
    facts: { activity: 'research', purpose: 'research' },
  },
  information: {
    orders: ['CN', 'EU', 'FR'],
    topic: 'personal-information',
    facts: { activity: 'use', purpose: 'product-development' },
  },
  service: {
    orders: ['CN', 'EU', 'FR'],
    topic: 'personal-information',
    facts: { activity: 'use', purpose: 'service', kind: 'company' },
  },
}

/** To the law a child's capacity is limited. Compared as text, 29 February comes between the 28th and 1 March. */
const grownOn = ({ bornOn }: PersonFacts): string => `${Number(bornOn.slice(0, 4)) + 18}${bornOn.slice(4)}`

function lawOn(
  person: PersonFacts,
  jurisdiction: Jurisdiction,
  matter: SigningMatter,
  at: Day,
  consents: readonly object[] = [],
): Ruling {
  const { jurisdictions, country } = orders[jurisdiction]
  const { kind = 'medical-institution', ...facts } = acts[matter].facts as { readonly kind?: string }
  return rule({
    at,
    jurisdictions,
    ...facts,
    data: { categories: ['genetic'], identifiability: 'identified', persons: 1, keySamples: false },
    subject: {
      bornOn: person.bornOn,
      capacity: person.capacity ?? (at >= grownOn(person) ? 'full' : 'limited'),
      conscious: true,
      deceased: false,
      mentalPatient: false,
      sex: 'f',
      healthy: true,
    },
    actor: { id: 'clinic', kind, country, foreignControlled: false, role: 'handler', ciio: false },
    consents,
  })
}

const asksVoice = ({ duties }: Ruling): boolean => duties.some(({ code }) => code === 'seek-assent')

/** The law asks the guardian, or both, or the person; never one side and the other. */
function deciderByLaw(ruling: Ruling, topic: string): string {
  const parties = partiesFor(ruling, topic).map((party) => (party === 'both-guardians' ? 'guardian' : party))
  return [...new Set(parties)].join('+').replace('subject', 'self')
}

const leap: PersonFacts = { bornOn: day('2024-02-29'), capacity: null, deceased: false }
const common: PersonFacts = { bornOn: day('2023-05-20'), capacity: null, deceased: false }

/** G: the guardian decides; S: they do themselves; h: and must be heard. By care, research, information, service. */
type Row = [on: string, age: string, cn: string, fr: string, eu: string, us: string]
const lifeOf: readonly [PersonFacts, readonly Row[]][] = [
  [
    common,
    [
      ['2023-05-20', 'born', 'GGGG', 'GGGGh', 'GGGGh', 'GGGG'],
      ['2030-05-19', 'the last day of being 6', 'GGGG', 'GGGGh', 'GGGGh', 'GGGG'],
      ['2030-05-20', '7', 'GGGG', 'GGGGh', 'GGGGh', 'GGGGh'],
      ['2031-05-19', 'the last day of being 7', 'GGGG', 'GGGGh', 'GGGGh', 'GGGGh'],
      ['2031-05-20', '8', 'GGGGh', 'GGGGh', 'GGGGh', 'GGGGh'],
      ['2037-05-19', 'the last day of being 13', 'GGGGh', 'GGGGh', 'GGGGh', 'GGGGh'],
      ['2037-05-20', '14', 'GGSSh', 'GGSGh', 'GGSGh', 'GGGGh'],
      ['2038-05-19', 'the last day of being 14', 'GGSSh', 'GGSGh', 'GGSGh', 'GGGGh'],
      ['2038-05-20', '15', 'GGSSh', 'GGSSh', 'GGSGh', 'GGGGh'],
      ['2039-05-19', 'the last day of being 15', 'GGSSh', 'GGSSh', 'GGSGh', 'GGGGh'],
      ['2039-05-20', '16', 'GGSSh', 'GGSSh', 'GGSSh', 'GGGGh'],
      ['2041-05-19', 'the last day of being 17', 'GGSSh', 'GGSSh', 'GGSSh', 'GGGGh'],
      ['2041-05-20', '18', 'SSSS', 'SSSS', 'SSSS', 'SSSS'],
      ['2042-05-20', '19', 'SSSS', 'SSSS', 'SSSS', 'SSSS'],
    ],
  ],
  [
    leap,
    [
      ['2024-02-29', 'born on 29 February', 'GGGG', 'GGGGh', 'GGGGh', 'GGGG'],
      ['2031-02-28', 'the last day of being 6', 'GGGG', 'GGGGh', 'GGGGh', 'GGGG'],
      ['2031-03-01', '7', 'GGGG', 'GGGGh', 'GGGGh', 'GGGGh'],
      ['2032-02-28', 'the last day of being 7', 'GGGG', 'GGGGh', 'GGGGh', 'GGGGh'],
      ['2032-02-29', '8, on the very day', 'GGGGh', 'GGGGh', 'GGGGh', 'GGGGh'],
      ['2038-02-28', 'the last day of being 13', 'GGGGh', 'GGGGh', 'GGGGh', 'GGGGh'],
      ['2038-03-01', '14', 'GGSSh', 'GGSGh', 'GGSGh', 'GGGGh'],
      ['2042-02-28', 'the last day of being 17', 'GGSSh', 'GGSSh', 'GGSSh', 'GGGGh'],
      ['2042-03-01', '18', 'SSSS', 'SSSS', 'SSSS', 'SSSS'],
    ],
  ],
]
const matters = ['care', 'research', 'information', 'service'] as const
const columns = ['CN', 'FR', 'EU', 'US'] as const

test('a child from birth to nineteen: who may sign, who is heard, and the law asks the same', () => {
  let asked = 0
  for (const [person, rows] of lifeOf)
    for (const [date, age, ...cells] of rows)
      for (const [i, jurisdiction] of columns.entries()) {
        const on = day(date)
        const cell = cells[i]!
        const where = `${jurisdiction} ${date}, ${age}`
        for (const [k, matter] of matters.entries()) {
          const decider = cell[k] === 'S' ? 'self' : 'guardian'
          const question = { person, jurisdiction, matter, activities: null, on }
          assert.equal(deciderOf(person, jurisdiction, matter, on), decider, `${where}: ${matter}`)
          assert.equal(maySign(self, question).ok, decider === 'self', `${where}: ${matter}, themself`)
          assert.equal(
            maySign(parent, question).ok,
            decider === 'guardian',
            `${where}: ${matter}, the guardian`,
          )
          if (!acts[matter].orders.includes(jurisdiction)) continue
          const ruling = lawOn(person, jurisdiction, matter, on)
          assert.equal(deciderByLaw(ruling, acts[matter].topic), decider, `${where}: ${matter}, by law`)
          asked++
          // Where they are to be heard the law says so too; in China it says it of the smallest as well, by what they understand.
          const isHeard = decider === 'guardian' && mustBeHeard(person, jurisdiction, on)
          const isSaid = jurisdiction === 'CN' || matter === 'research'
          if (isHeard && isSaid) assert.ok(asksVoice(ruling), `${where}: ${matter}, heard`)
          if (jurisdiction === 'US') assert.equal(asksVoice(ruling), isHeard, `${where}: ${matter}, heard`)
        }
        const heard = cell.startsWith('G') && mustBeHeard(person, jurisdiction, on)
        assert.equal(heard, cell.endsWith('h'), `${where}: heard`)
      }
  assert.ok(asked > 200)
})

const research = permit({
  item: 'i1',
  purposes: ['research'],
  activities: ['research'],
  categories: ['genetic'],
})
const product = permit({
  item: 'i2',
  purposes: ['product-development'],
  activities: ['use'],
  categories: ['genetic'],
})
const askedFor = request({ purpose: 'product-development' })

const signedFor = (
  person: PersonFacts,
  jurisdiction: Jurisdiction,
  facts: Partial<Agreement> = {},
): Agreement =>
  agreement({
    jurisdictions: [...orders[jurisdiction].jurisdictions],
    from: person.bornOn,
    signedAt: noon(person.bornOn),
    signer: parent,
    coSigners: [{ ...parent, person: 'p3' }],
    voice: { said: 'not-able', heardOn: person.bornOn },
    provisions: [research, product],
    ...facts,
  })

test('what the parents signed at birth stands until they are asked themselves; the law would not count it any longer', () => {
  /** The days on which the agreement comes to rest: at the first it stops until they answer, at the next again. */
  const table: [Jurisdiction, PersonFacts, dues: string[]][] = [
    ['CN', common, ['2037-05-20', '2041-05-20']],
    ['CN', leap, ['2038-03-01', '2042-03-01']],
    ['FR', common, ['2037-05-20', '2041-05-20']],
    ['EU', leap, ['2038-03-01', '2042-03-01']],
    ['US', common, ['2041-05-20']],
    ['US', leap, ['2042-03-01']],
  ]
  for (const [jurisdiction, person, dues] of table) {
    const signed = signedFor(person, jurisdiction)
    assert.ok(checkSigning(signed, { person, objections: [] }).ok, jurisdiction)
    const rests = restsOf(signed, person, null)
    assert.deepEqual(
      rests.map(({ at }) => at.slice(0, 10)),
      dues,
      jurisdiction,
    )
    for (const due of dues) {
      const others: AgreementEvent[] = dues
        .filter((one) => one < due)
        .map((one) => resumed(`${one}T18:00:00.000Z`))
      const events = [...rests, ...others]
      const looked = [
        [before(due), 'given', 'permit'],
        [day(due), 'paused', 'silent'],
        [addDays(day(due), 365), 'paused', 'silent'],
      ] as const
      for (const [on, state, decision] of looked) {
        const where = `${jurisdiction} ${person.bornOn} on ${on}`
        assert.equal(stateOf(signed, events, noon(on)), state, where)
        const answer = evaluate([{ agreement: signed, events }], askedFor, noon(on))
        assert.equal(answer.decision, decision, where)
        assert.equal(givenConsents(signed, events, noon(on)).length > 0, state === 'given', where)
      }
    }
    if (jurisdiction === 'US') continue
    for (const [on, counts] of [
      [before(dues[0]!), true],
      [day(dues[0]!), false],
    ] as const) {
      // As if nothing had come to rest: what the law itself makes of the parents' word.
      const ruling = lawOn(person, jurisdiction, 'information', on, [...givenConsents(signed, [], noon(on))])
      const demands = ruling.whoMustConsent.filter((one) => one.for === 'personal-information')
      assert.ok(demands.length > 0)
      for (const { satisfied } of demands) assert.equal(satisfied, counts, `${jurisdiction} on ${on}, by law`)
    }
  }
})

test('at fourteen in China: who signs anew, and what stands then until eighteen', () => {
  const on = day('2037-05-20')
  const table: [what: string, signer: Signer, coSigners: Signer[], flaws: string[]][] = [
    ['the parent alone', parent, [], ['person-decides', 'not-heard']],
    ['the youth alone', self, [], ['too-young']],
    ['both', parent, [self], []],
  ]
  for (const [what, signer, coSigners, flaws] of table) {
    const signed = signedFor(common, 'CN', { from: on, signedAt: noon(on), signer, coSigners, voice: null })
    const checked = checkSigning(signed, { person: common, objections: [] })
    const found = checked.ok ? [] : checked.error.map(({ code }) => code)
    assert.deepEqual([...new Set(found)].sort(), [...flaws].sort(), what)
  }
  const anew = signedFor(common, 'CN', { from: on, signedAt: noon(on), coSigners: [self] })
  const events = restsOf(anew, common, null)
  assert.equal(stateOf(anew, events, noon(day('2041-05-19'))), 'given')
  assert.equal(stateOf(anew, events, noon(day('2041-05-20'))), 'paused')
  const consents = givenConsents(anew, events, noon(on))
  const ruling = lawOn(common, 'CN', 'research', on, [...consents])
  const satisfied = ruling.whoMustConsent.map((one) => [one.for, one.party, one.satisfied])
  assert.deepEqual(satisfied.sort(), [
    ['personal-information', 'subject', true],
    ['research', 'guardian', true],
  ])
})

test('capacity lost and regained: who may sign, and what stands of what was signed', () => {
  const bornOn = day('1980-05-20')
  const spouse: Signer = {
    ...parent,
    relation: 'spouse',
    authority: { ...parent.authority!, from: day('2027-03-01') },
  }
  const own = agreement({ from: day('2026-01-10'), provisions: [product] })
  const others = agreement({
    id: 'a2',
    from: day('2027-04-01'),
    signedAt: noon(day('2027-04-01')),
    signer: spouse,
    voice: { said: 'assents', heardOn: day('2027-04-01') },
    provisions: [product],
  })
  const regainedOn = day('2027-07-01')
  const events = restsOf(others, { bornOn, capacity: 'none', deceased: false }, regainedOn)
  const table: [
    on: string,
    capacity: Capacity,
    signs: string,
    guardian: string,
    own: string,
    others: string,
  ][] = [
    ['2027-02-28', 'full', 'self', 'person-decides', 'given', 'draft'],
    ['2027-03-01', 'none', 'guardian', '', 'given', 'draft'],
    ['2027-03-31', 'limited', 'guardian', '', 'given', 'draft'],
    ['2027-04-01', 'none', 'guardian', '', 'given', 'given'],
    ['2027-06-30', 'none', 'guardian', '', 'given', 'given'],
    ['2027-07-01', 'full', 'self', 'person-decides', 'given', 'paused'],
    ['2028-07-01', 'full', 'self', 'person-decides', 'given', 'paused'],
  ]
  for (const [date, capacity, signs, flaw, ownState, othersState] of table) {
    const on = day(date)
    const person: PersonFacts = { bornOn, capacity, deceased: false }
    for (const matter of ['care', 'research', 'information'] as const) {
      const question = { person, jurisdiction: 'CN', matter, activities: null, on } as const
      assert.equal(maySign(self, question).ok, signs === 'self', `${date}: ${matter}`)
      const may = maySign(spouse, question)
      assert.equal(may.ok ? '' : may.error, flaw, `${date}: ${matter}, the spouse`)
      const ruling = lawOn(person, 'CN', matter, on)
      assert.equal(deciderByLaw(ruling, acts[matter].topic), signs, `${date}: ${matter}, by law`)
      assert.equal(asksVoice(ruling), signs === 'guardian', `${date}: ${matter}, heard`)
    }
    assert.equal(stateOf(own, restsOf(own, person, regainedOn), noon(on)), ownState, date)
    assert.equal(stateOf(others, events, noon(on)), othersState, date)
    const alone = evaluate([{ agreement: others, events }], askedFor, noon(on))
    assert.equal(alone.decision, othersState === 'given' ? 'permit' : 'silent', date)
    const both = evaluate(
      [
        { agreement: own, events: [] },
        { agreement: others, events },
      ],
      askedFor,
      noon(on),
    )
    assert.equal(both.decision, 'permit', date)
  }
})
