import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, type Day } from '#kernel'
import { changesSince, procedureOf, ruleOn, type Step } from '#law'
import { base, careConsent, dataConsent, geneticUse, grown, operation, situation } from './situations.ts'

type Loose = ReturnType<typeof operation>
const stepsFor = (facts: Loose): readonly Step[] => {
  const given = situation(facts)
  return procedureOf(ruleOn(given, base), given, base)
}
/** `id: state`, in their order. */
const read = (facts: Loose): readonly string[] => stepsFor(facts).map(({ id, state }) => `${id}: ${state}`)
const stepOf = (facts: Loose, id: string): Step => {
  const found = stepsFor(facts).find((step) => step.id === id)
  assert.ok(found, id)
  return found
}

const child = { ...grown, age: 7, capacity: 'none' }
const youth = { ...grown, age: 15, capacity: 'limited', wishes: { assents: true } }
const danger = { lifeThreatening: true, consentObtainable: false, approver: 'head-or-authorised-person' }
const pipia = [{ kind: 'pipia', outcome: 'granted', on: '2026-11-01' }]
const after = ['duty.CN.keep-pipia: unknown', 'duty.CN.keep-consent-evidence: unknown']
const during = ['keep-confidential', 'security-measures', 'minimise'].map(
  (code) => `duty.CN.${code}: unknown`,
)

const orders: readonly (readonly [given: string, facts: Loose, steps: readonly string[]])[] = [
  [
    'surgery on an adult of whom nothing is recorded',
    operation('2026-11-20'),
    [
      'duty.CN.explain-care: unknown',
      'consent.CN.care.subject: open',
      'act: not-possible',
      'duty.CN.keep-confidential: unknown',
    ],
  ],
  [
    'the same once it was explained and signed',
    operation('2026-11-20', { consents: [careConsent()] }),
    [
      'duty.CN.explain-care: done',
      'consent.CN.care.subject: done',
      'act: open',
      'duty.CN.keep-confidential: unknown',
    ],
  ],
  [
    'a child of 7: its voice is heard before the guardian signs',
    operation('2026-11-20', { subject: child }),
    [
      'duty.CN.explain-care: unknown',
      'duty.CN.seek-assent: open',
      'consent.CN.care.guardian: open',
      'act: not-possible',
      'duty.CN.keep-confidential: unknown',
    ],
  ],
  [
    'somebody of 15 who agrees, and a guardian who signed',
    operation('2026-11-20', { subject: youth, consents: [careConsent({ by: 'guardian' })] }),
    [
      'duty.CN.explain-care: done',
      'duty.CN.seek-assent: done',
      'consent.CN.care.guardian: done',
      'act: open',
      'duty.CN.keep-confidential: unknown',
    ],
  ],
  [
    'guardians who said no: it is theirs to take back',
    operation('2026-11-20', {
      subject: child,
      representatives: [{ relation: 'parent', consents: 'no' }],
      consents: [],
    }),
    [
      'duty.CN.explain-care: unknown',
      'duty.CN.seek-assent: open',
      'consent.CN.care.guardian: not-possible',
      'act: not-possible',
      'duty.CN.keep-confidential: unknown',
    ],
  ],
  [
    'a life in danger, nobody to ask, and the head approved: the record follows',
    operation('2026-11-20', {
      subject: { ...grown, conscious: false },
      representatives: [{ relation: 'spouse', reachable: false }],
      emergency: danger,
    }),
    [
      'duty.CN.head-approval: done',
      'duty.CN.document-unobtainability: unknown',
      'consent.CN.care.head-or-authorised-person: done',
      'act: open',
      'duty.CN.keep-confidential: unknown',
      'duty.CN.complete-rescue-record: unknown',
    ],
  ],
  [
    'use of genetic data, and it is not known what was agreed',
    geneticUse('2026-11-20', { consents: undefined, approvals: pipia }),
    [
      'fact.consents: unknown',
      'duty.CN.pipia: done',
      'duty.CN.give-pi-notice: unknown',
      'duty.CN.give-sensitive-pi-notice: unknown',
      'consent.CN.personal-information.subject: unknown',
      'act: unknown',
      ...during,
      ...after,
    ],
  ],
  [
    'an assessment that was refused, and a person who refuses',
    geneticUse('2026-11-20', {
      subject: { ...grown, wishes: { refuses: true } },
      approvals: [{ kind: 'pipia', outcome: 'refused' }],
    }),
    [
      'duty.CN.pipia: not-possible',
      'duty.CN.give-pi-notice: unknown',
      'duty.CN.give-sensitive-pi-notice: unknown',
      'consent.CN.personal-information.subject: not-possible',
      'act: not-possible',
      ...during,
      ...after,
    ],
  ],
]

test('what is to be done, in its order, and what the records say of it', () => {
  for (const [given, facts, steps] of orders) assert.deepEqual(read(facts), steps, given)
})

test('a consent says by whom and when; one that was ended says so, until the day before it was whole', () => {
  const id = 'consent.CN.personal-information.subject'
  const ended = { consents: [dataConsent({ on: '2026-11-03' as Day, withdrawnOn: '2026-11-20' as Day })] }
  const table: readonly (readonly [day: string, state: string, from: Step['from']])[] = [
    ['2026-11-02', 'open', []],
    ['2026-11-03', 'done', [{ kind: 'consent', by: 'subject', on: '2026-11-03' as Day }]],
    ['2026-11-19', 'done', [{ kind: 'consent', by: 'subject', on: '2026-11-03' as Day }]],
    ['2026-11-20', 'open', [{ kind: 'withdrawn', by: 'subject', on: '2026-11-20' as Day }]],
  ]
  for (const [day, state, from] of table) {
    const step = stepOf(geneticUse(day, ended), id)
    assert.deepEqual([step.state, step.from], [state, from], day)
  }
})

test('each thing to tell is told, not told, or not known to be', () => {
  const told = (consents: unknown) => {
    const { work } = stepOf(operation('2026-11-20', { consents }), 'duty.CN.explain-care')
    return work.kind === 'duty' && work.elements.map(({ code, told }) => `${code}: ${told}`)
  }
  const all = ['condition', 'measures', 'risks', 'cost', 'alternatives', 'other-matters']
  assert.deepEqual(
    told([]),
    all.map((code) => `${code}: unknown`),
  )
  assert.deepEqual(
    told([careConsent({ told: ['condition', 'risks'] })]),
    all.map((code) => `${code}: ${['condition', 'risks'].includes(code)}`),
  )
  assert.equal(
    stepOf(operation('2026-11-20', { consents: [careConsent({ told: ['risks'] })] }), 'duty.CN.explain-care')
      .state,
    'open',
  )
})

test('terms run from a day that is on record, which is not counted; else the last day is not known', () => {
  const breach = (incident: object): Loose => ({
    at: '2026-11-20',
    activity: 'respond-to-breach',
    purpose: 'supervision',
    jurisdictions: ['FR'],
    data: { categories: ['genetic'], identifiability: 'identified', persons: 10 },
    incident: { kind: 'leak', risk: 'high', ...incident },
  })
  const termOf = (facts: Loose, id: string) => {
    const { work } = stepOf(facts, id)
    return work.kind === 'duty' ? work.term : undefined
  }
  const notify = 'duty.FR.breach-notify-authority'
  assert.deepEqual(termOf(breach({ discoveredOn: '2026-11-20' }), notify), {
    days: 3,
    working: false,
    from: 'discovery',
    is: 'until',
    on: '2026-11-23',
  })
  assert.equal(termOf(breach({}), notify)?.on, null)
  const keep = 'duty.CN.keep-pipia'
  for (const [day, on] of [
    ['2026-11-20', '2029-11-20'],
    ['2028-02-29', '2031-03-01'],
  ])
    assert.equal(termOf(geneticUse(day!), keep)?.on, on, 'three years are three years, whatever leap days')
})

type Change = readonly [day: string, facts: (day: string) => Loose, change: string, norms: readonly string[]]
const changes: readonly Change[] = [
  ['2010-07-01', operation, 'dropped consent.CN.care.family-or-related-person', ['CN-TORT-55']],
  ['2010-07-01', operation, 'changed consent.CN.care.subject: forms norms', ['CN-TORT-55']],
  ['2021-01-01', operation, 'changed duty.CN.explain-care: norms', ['CN-TORT-55', 'CN-CC-1219-1']],
  ['2021-11-01', geneticUse, 'added duty.CN.pipia', ['CN-PIPL-55']],
  [
    '2021-11-01',
    geneticUse,
    'changed consent.CN.personal-information.subject: forms norms',
    ['CN-PIPL-13', 'CN-PIPL-29'],
  ],
  ['2022-03-01', operation, 'changed duty.CN.explain-care: elements norms', ['CN-LLD-26-1', 'CN-PHYS-25']],
  ['2025-01-01', geneticUse, 'changed duty.CN.give-pi-notice: elements norms', ['CN-NDSR-21']],
]
const changesOn = (day: string, facts: Loose) => {
  const given = situation(facts)
  return changesSince(addDays(day as Day, -1), ruleOn(given, base), given, base).changes.map((one) => ({
    said: `${one.change} ${one.change === 'dropped' ? one.step.id : one.step}${one.change === 'changed' ? `: ${one.parts.join(' ')}` : ''}`,
    norms: one.norms,
  }))
}

test('what the law of the day before asked otherwise, and by which norms; nothing on the days around it', () => {
  for (const [day, facts, change, norms] of changes) {
    const found = changesOn(day, facts(day))
    assert.deepEqual(found.find(({ said }) => said === change)?.norms, norms, `${day} ${change}`)
    const next = addDays(day as Day, 1)
    assert.deepEqual(changesOn(next, facts(next)), [], next)
  }
})

test('a birthday is no change of the law', () => {
  const day = '2026-11-20'
  const turns18 = { ...grown, age: undefined, bornOn: '2008-11-20' }
  assert.deepEqual(changesOn(day, operation(day, { subject: turns18 })), [])
})
