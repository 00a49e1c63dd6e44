import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { expectOk, type Instant, instantOf, type SubjectId, sha256Hex, subjectId, utf8 } from '#kernel'
import { parseSituation, type Ruling, type Situation } from '#law'
import {
  type ActedBy,
  type Case,
  type EmergencyPart,
  endEmergency,
  type FromFile,
  govern,
  lookInEmergency,
  openEmergency,
  operator,
  reviewEmergency,
  type Store,
  showAccount,
} from '#usecases'
import { systemChance } from '../../src/adapters/chance.ts'
import { openStore } from '../../src/adapters/postgres/openStore.ts'
import { examples } from '../../tools/examples/cases.ts'
import { signedAgreement } from '../consent/agreements.ts'
import { freshFolder } from './habeas.ts'

const permitted: Situation = expectOk(
  parseSituation(examples.find(({ folder }) => folder === 'permitted')?.caseFile['situation'], 'example'),
)
const minute = 60_000
const begin = Date.parse('2026-11-24T10:00:00.000Z')
let store: Store
let now = begin
let forbiddenBy: Ruling['forbiddenBy'] = []
const asked: Situation[] = []
/** A law that says one word, so that only what is tested here decides. */
const rule = (situation: Situation): Ruling => {
  asked.push(situation)
  const outcome = forbiddenBy.length > 0 ? 'deny' : 'permit'
  return {
    ...{ situation: situation.id, at: situation.at, outcome, whoMustConsent: [], mustTell: [], duties: [] },
    ...{ forbiddenBy, notRequired: [], norms: [], displaced: [], burdenOfProof: [], factsNeeded: [] },
    explanation: [],
  }
}
const record = {
  ...{ sex: 'female', birth: { kind: 'age', years: 40 }, conditions: [], medications: [], childPugh: null },
  allergies: [{ names: ['penicillin'], atc: [], rxnorm: [], from: 'x', on: null }],
  ...{ observations: [], pregnant: null, lactating: null },
}
let reads = 0
const cases = {
  readClinical: async () => {
    reads += 1
    return {
      ok: true,
      value: { file: 'clinical.json', sha256: sha256Hex(utf8('x')), value: { record, notUnderstood: [] } },
    }
  },
}
const world = () =>
  ({
    ...{ store, cases, house: 'hillside', chance: systemChance, lawbook: { sha256: '0'.repeat(64), rule } },
    clock: { now: (): Instant => instantOf(now) },
  }) as unknown as Parameters<typeof lookInEmergency>[0]
before(async () => {
  store = expectOk(await openStore({ dataFolder: freshFolder('emergencies') }))
})
after(() => store.close())

const person = (id: string): SubjectId => subjectId(id)!
const caseOf = (id: string, over: Partial<Situation> = {}): FromFile<Case> =>
  ({
    ...{ file: 'case.json', sha256: sha256Hex(utf8(id)) },
    value: {
      ...{
        folder: '/none',
        situation: { ...permitted, ...over },
        subject: { id: person(id), name: 'Somebody' },
      },
      ...{ actor: { name: 'Hillside' }, indication: 'x', genome: '/none' },
    },
  }) as unknown as FromFile<Case>
type Account = Extract<ActedBy, { kind: 'account' }>
const somebody = (account: string, role: string, over: Partial<Account> = {}): Account =>
  ({
    ...{ kind: 'account', account, name: account, method: 'code', role, relation: 'organisation' },
    ...{ organisation: 'hillside', actingFor: null, through: null, ...over },
  }) as never
const doctor = somebody('he-jun', 'clinician')
const reviewer = somebody('lin-na', 'reviewer')
const opening = { caseId: 'c', reason: 'unconscious', words: 'Found without pulse.' } as const
const terms = { minutes: 60, reviewDays: 7 }

type Answered = Awaited<ReturnType<typeof openEmergency | typeof lookInEmergency>>
const said = (answered: Answered): string =>
  !answered.ok
    ? answered.error
    : answered.value.kind === 'done'
      ? 'done'
      : answered.value.denial.reasons.map(({ kind }) => kind).join(' ')
async function open(
  from: FromFile<Case>,
  by: ActedBy = doctor,
  over: Partial<typeof terms> = {},
): Promise<string> {
  const opened = await openEmergency(world(), from, by, opening, { ...terms, ...over })
  assert.ok(opened.ok && opened.value.kind === 'done', said(opened))
  return opened.value.value.id
}
const look = async (from: FromFile<Case>, id: string, by: ActedBy = doctor, part: EmergencyPart = 'record') =>
  said(await lookInEmergency(world(), from, by, id, part))
const end = async (from: FromFile<Case>, id: string, by: ActedBy = doctor) =>
  said((await endEmergency(world(), from.value, by, id)) as Answered)
const review = async (id: string, by: ActedBy = reviewer, words = 'It was.') =>
  said((await reviewEmergency(world(), by, id, { finding: 'justified', words })) as Answered)
const emergenciesOf = async (from: FromFile<Case>) => {
  const by = somebody('self', 'person', { relation: 'self', organisation: null })
  const shown = await showAccount(world(), from.value, by)
  assert.ok(shown.kind === 'done')
  return shown.value
}

test('who opens it: a clinician of this hospital, in person, with a sentence', async () => {
  const words = (text: string) => ({ ...opening, words: text })
  const table: readonly (readonly [given: string, by: ActedBy, what: typeof opening | object, is: string])[] =
    [
      ['a clinician', doctor, opening, 'done'],
      ['one who looks after them', somebody('wang-lan', 'clinician', { relation: 'care' }), opening, 'done'],
      ['the operator', operator, opening, 'emergency.by-person'],
      ['a program', somebody('p', 'clinician', { method: 'assertion' }), opening, 'emergency.by-person'],
      ['an application', somebody('p', 'clinician', { method: 'app' }), opening, 'emergency.by-person'],
      [
        'of another hospital',
        somebody('o', 'clinician', { organisation: 'other' as never }),
        opening,
        'emergency.by-person',
      ],
      ['a steward', somebody('s', 'steward'), opening, 'emergency.by-person'],
      ['no words', somebody('x', 'clinician'), words(' '), 'emergency.no-words'],
      ['script', somebody('x', 'clinician'), words('<script>'), 'emergency.text'],
    ]
  const from = caseOf('opens')
  for (const [given, by, what, is] of table)
    assert.equal(said(await openEmergency(world(), from, by, what as typeof opening, terms)), is, given)
  assert.equal((await emergenciesOf(from)).emergencies.length, 2, 'what was refused left nothing behind')
})

test('it ends by itself: what is looked at one millisecond before, is refused at its end, on record', async () => {
  for (const minutes of [1, 60, 240]) {
    const from = caseOf(`ends-${minutes}`)
    now = begin
    const id = await open(from, doctor, { minutes })
    now = begin + minutes * minute - 1
    assert.equal(await look(from, id), 'done')
    now += 1
    reads = 0
    assert.equal(await look(from, id), 'emergency-over')
    assert.equal(reads, 0, 'nothing was read')
    assert.equal(await end(from, id), 'emergency.over')
    const { emergencies, uses } = await emergenciesOf(from)
    assert.equal(emergencies[0]!.events.length, 1)
    assert.deepEqual(
      uses.map(({ kind, outcome }) => `${kind} ${outcome}`),
      ['emergency-look refused', 'emergency-look permitted', 'emergency permitted'],
    )
    assert.equal(await review(id), 'done')
  }
})

test('more than 240 minutes are none, and the person’s own limit is the shorter one', async () => {
  now = begin
  const from = caseOf('limits')
  const opened = await openEmergency(world(), from, doctor, opening, { ...terms, minutes: 9999 })
  assert.ok(opened.ok && opened.value.kind === 'done')
  assert.equal(opened.value.value.until, instantOf(begin + 240 * minute))
  const limited = caseOf('limited')
  await sign(limited, { emergency: { allowed: true, minutes: 5 } })
  const short = await openEmergency(world(), limited, doctor, opening, terms)
  assert.ok(short.ok && short.value.kind === 'done')
  assert.equal(short.value.value.until, instantOf(now + 5 * minute))
})

/** Something that the person signed. */
async function sign(from: FromFile<Case>, over: object): Promise<void> {
  const request = {
    ...{ kind: 'consent', subject: from.value.subject.id, actor: 'test', by: operator },
    ...{ situation: permitted, needs: [], inputs: {} },
    under: 'own-right',
    death: null,
    hold: 'alone',
  } as const
  await govern(world(), request, async ({ act }, transaction) => {
    const { agreement, sha256 } = signedAgreement(act.id, `form-${from.value.subject.id}`)
    await transaction.recordAgreement({ agreement: { ...agreement, ...over }, sha256 })
    return { value: undefined, outputs: new Map(), inputs: {} }
  })
}

test('a no that the person said before stands, also now; one that they let rest in an emergency does not', async () => {
  now = begin
  const wishes = (over: object) => ({ subject: { ...permitted.subject, ...over } })
  const table: readonly (readonly [given: string, over: Partial<Situation>, is: string])[] = [
    ['nothing was said', {}, 'done'],
    ['a no in advance', wishes({ wishes: { refuses: true } }), 'person-refuses'],
    [
      'of whom it is not known whether they could',
      wishes({ capacity: undefined, wishes: { refuses: true } }),
      'person-refuses',
    ],
    ['by somebody who could not decide', wishes({ capacity: 'none', wishes: { refuses: true } }), 'done'],
  ]
  for (const [i, [given, over, is]] of table.entries())
    assert.equal(
      said(await openEmergency(world(), caseOf(`no-${i}`, over), doctor, opening, terms)),
      is,
      given,
    )
  const no = (purposes: readonly string[] | null) => ({
    provisions: [
      {
        ...{ effect: 'refuse', item: 'x', purposes, parties: null, activities: null, categories: null },
        ...{ dataFrom: null, dataUntil: null, from: null, until: null, minimumCohort: null },
        ...{ obligations: [], within: [] },
      },
    ],
  })
  const signed: readonly (readonly [given: string, over: object, is: string])[] = [
    ['a no to everything', { ...no(null), emergency: { allowed: false, minutes: 1 } }, 'choice-refused'],
    [
      'a no to emergencies',
      { ...no(['emergency']), emergency: { allowed: false, minutes: 1 } },
      'choice-refused',
    ],
    ['a no to research', { ...no(['research']), emergency: { allowed: false, minutes: 1 } }, 'done'],
    ['a no that rests', { ...no(null), emergency: { allowed: true, minutes: 30 } }, 'done'],
  ]
  for (const [i, [given, over, is]] of signed.entries()) {
    const from = caseOf(`signed-no-${i}`)
    await sign(from, over)
    assert.equal(said(await openEmergency(world(), from, doctor, opening, terms)), is, given)
  }
})

test('a no that is said while it is open is heard at the next look; so is a law that says no, by its norm', async () => {
  now = begin
  const from = caseOf('meanwhile')
  const id = await open(from)
  assert.equal(await look(from, id), 'done')
  const refused = caseOf('meanwhile', { subject: { ...permitted.subject!, wishes: { refuses: true } } })
  assert.equal(await look(refused, id), 'person-refuses')
  forbiddenBy = [{ norm: 'EU-GDPR-9-1', reason: 'x' }]
  const denied = await lookInEmergency(world(), from, doctor, id, 'record')
  const unopened = await openEmergency(world(), caseOf('law'), doctor, opening, terms)
  forbiddenBy = []
  for (const one of [denied, unopened]) {
    assert.ok(one.ok && one.value.kind === 'refused')
    assert.deepEqual(
      one.value.denial.reasons.map((reason) => 'norm' in reason && reason.norm),
      ['EU-GDPR-9-1'],
    )
  }
})

test('the law is asked for the least, of today, with what was seen at the bedside and nothing else', async () => {
  now = begin
  const from = caseOf('facts')
  const id = await open(from)
  await look(from, id, doctor, 'warnings')
  const [opened, looked] = asked.slice(-2) as [Situation, Situation]
  for (const one of [opened, looked]) {
    assert.deepEqual(
      [one.activity, one.purpose, one.necessity, one.at, one.recipient, one.intervention],
      ['use', 'emergency', ['protect-life'], '2026-11-24', null, null],
    )
    assert.deepEqual(one.emergency, {
      ...{ lifeThreatening: true, consentObtainable: false, approver: 'treating-doctor' },
    })
    assert.equal(one.subject?.conscious, false)
  }
  assert.deepEqual(opened.data?.categories, ['health'])
  assert.deepEqual(looked.data?.categories, ['genetic', 'health'])
})

test('one is open at a time for each, twice at once too; another’s number is as if it were not there', async () => {
  now = begin
  const from = caseOf('twice')
  const both = await Promise.all([0, 1, 2].map(() => openEmergency(world(), from, doctor, opening, terms)))
  assert.deepEqual(both.map(said).sort(), ['done', 'emergency.open-already', 'emergency.open-already'])
  const id = (await emergenciesOf(from)).emergencies[0]!.id
  const other = somebody('wang-lan', 'clinician')
  const his = await open(from, other)
  assert.equal(await look(from, id, other), 'emergency.unknown')
  assert.equal(await look(caseOf('somebody-else'), id), 'emergency.unknown')
  assert.equal(await look(from, 'not-there'), 'emergency.unknown')
  assert.equal(await end(from, id, other), 'emergency.unknown')
  assert.equal(await look(from, his, other), 'done')
  assert.equal(await end(from, id), 'done')
  assert.equal(await look(from, id), 'emergency-over')
  assert.equal(await end(from, id), 'emergency.over')
  assert.equal(await look(from, his, other), 'done', 'what another opened goes on')
  assert.notEqual(await open(from), id, 'it can be opened anew, with a review of its own')
})

test('somebody else closes its review, once it is over, once, in words', async () => {
  now = begin
  const from = caseOf('review')
  const id = await open(from)
  assert.equal(await review(id), 'emergency.still-open')
  now = begin + 60 * minute
  const table: readonly (readonly [given: string, by: ActedBy, words: string, is: string])[] = [
    ['by whoever opened it, as a reviewer', somebody('he-jun', 'reviewer'), 'x', 'emergency.own'],
    [
      'by another hospital',
      somebody('y', 'chair', { organisation: 'other' as never }),
      'x',
      'emergency.unknown',
    ],
    ['by a program', somebody('p', 'steward', { method: 'assertion' }), 'x', 'emergency.by-person'],
    ['without words', reviewer, '\u3000', 'emergency.no-words'],
    ['with script', reviewer, '<b>', 'emergency.text'],
    ['of none', reviewer, 'x', 'emergency.unknown'],
  ]
  for (const [given, by, words, is] of table)
    assert.equal(await review(given === 'of none' ? 'not-there' : id, by, words), is, given)
  forbiddenBy = [{ norm: 'X', reason: 'x' }]
  assert.equal(await review(id), 'forbidden', 'a law that says no stands here too')
  forbiddenBy = []
  const chairs = [reviewer, somebody('xu-wei', 'chair'), somebody('chen-hua', 'steward')]
  const closed = await Promise.all(chairs.map((by) => review(id, by)))
  assert.deepEqual([...closed].sort(), ['done', 'emergency.closed', 'emergency.closed'])
  const { emergencies } = await emergenciesOf(from)
  assert.deepEqual(
    emergencies[0]!.events.map(({ kind }) => kind),
    ['finding'],
  )
})

test('an opening that fails leaves neither what it opened nor a notice nor a review', async () => {
  const subject = person('failing')
  const failing = store.transact({ act: systemChance.id() as never, subject }, async (transaction) => {
    await transaction.recordEmergency({
      ...{
        id: 'never',
        at: instantOf(begin),
        until: instantOf(begin + minute),
        reviewBy: '2026-12-01' as never,
      },
      ...{ caseId: 'c', account: 'a' as never, name: 'A', organisation: 'hillside' as never },
      ...{ reason: 'no-time', words: 'x', situation: permitted },
    })
    throw new Error('of the effect')
  })
  await assert.rejects(failing, /of the effect/)
  const all = await store.listEmergenciesAt('hillside' as never)
  assert.ok(all.every((one) => one.subject !== subject))
})

test('the database itself takes none that lasts longer than 240 minutes, or says nothing', async () => {
  for (const over of [
    { until: instantOf(begin + 240 * minute + 1) },
    { until: instantOf(begin) },
    { words: '' },
  ]) {
    const writing = store.transact(
      { act: systemChance.id() as never, subject: person('long') },
      (transaction) =>
        transaction.recordEmergency({
          ...{
            id: 'never',
            at: instantOf(begin),
            until: instantOf(begin + minute),
            reviewBy: '2026-12-01' as never,
          },
          ...{ caseId: 'c', account: 'a' as never, name: 'A', organisation: 'hillside' as never },
          ...{ reason: 'no-time', words: 'x', situation: permitted, ...over },
        }),
    )
    await assert.rejects(writing)
  }
})
