import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  agreement,
  day,
  inner,
  instant,
  paused,
  permit,
  refuse,
  request,
  superseded,
  withdrawn,
} from '../../../test/consent/agreements.ts'
import type { Agreement, AgreementEvent, Party, Provision } from './agreement.ts'
import { evaluate } from './evaluate.ts'
import type { AgreementRequest } from './reach.ts'
import type { RecordedAgreement } from './standingClause.ts'

const now = instant('2026-06-01T12:00:00.000Z')
const record = (facts: Partial<Agreement>, events: readonly AgreementEvent[] = []): RecordedAgreement => ({
  agreement: agreement(facts),
  events,
})
const holding = (...provisions: Provision[]): RecordedAgreement => record({ provisions })
const decide = (records: readonly RecordedAgreement[], asked: Partial<AgreementRequest> = {}, at = now) =>
  evaluate(records, request(asked), at)

const acme: Party = { kind: 'organisation', id: 'acme' }
const clinic: Party = { kind: 'organisation', id: 'clinic' }

test('given one provision, when a request is as follows, then what is unknown reaches a refusal and no permit', () => {
  type Row = [
    limits: Partial<Provision>,
    asked: Partial<AgreementRequest>,
    permitted: boolean,
    refused: boolean,
  ]
  const table: Row[] = [
    [{}, {}, true, true],
    [{}, { purpose: null, parties: null, categories: null, dataOn: null, cohort: null }, true, true],
    [{ purposes: ['research'] }, {}, true, true],
    [{ purposes: ['insurance', 'research'] }, {}, true, true],
    [{ purposes: ['insurance'] }, {}, false, false],
    [{ purposes: ['insurance'] }, { purpose: null }, false, true],
    [{ activities: ['use'] }, {}, true, true],
    [{ activities: ['disclose'] }, {}, false, false],
    [{ categories: ['genetic'] }, {}, true, true],
    [{ categories: ['genetic'] }, { categories: ['genetic', 'health'] }, false, true],
    [{ categories: ['genetic', 'health'] }, { categories: ['genetic', 'health'] }, true, true],
    [{ categories: ['health'] }, {}, false, false],
    [{ categories: ['health'] }, { categories: null }, false, true],
    [{ categories: ['health'] }, { categories: [] }, true, false],
    [{ parties: [clinic] }, {}, true, true],
    [{ parties: [acme, clinic] }, {}, true, true],
    [{ parties: [acme] }, {}, false, false],
    [{ parties: [acme] }, { parties: null }, false, true],
    // The same id of another kind is somebody else.
    [{ parties: [{ kind: 'organisation-kind', id: 'clinic' }] }, {}, false, true],
    [{ parties: [{ kind: 'country', id: 'US' }] }, {}, false, false],
    [{ parties: [{ kind: 'country', id: 'US' }] }, { parties: [clinic] }, false, true],
    [{ dataFrom: day('2026-01-05'), dataUntil: day('2026-01-05') }, {}, true, true],
    [{ dataFrom: day('2026-01-06') }, {}, false, false],
    [{ dataUntil: day('2026-01-04') }, {}, false, false],
    [{ dataUntil: day('2026-01-04') }, { dataOn: null }, false, true],
    [{ from: day('2026-06-01'), until: day('2026-06-01') }, {}, true, true],
    [{ from: day('2026-06-02') }, {}, false, false],
    [{ until: day('2026-05-31') }, {}, false, false],
    [{ minimumCohort: 100 }, {}, true, true],
    // A refusal is not meant for large groups only.
    [{ minimumCohort: 101 }, {}, false, true],
    [{ minimumCohort: 2 }, { cohort: null }, false, true],
  ]
  for (const [limits, asked, permitted, refused] of table) {
    const what = JSON.stringify([limits, asked])
    assert.equal(decide([holding(permit(limits))], asked).decision, permitted ? 'permit' : 'silent', what)
    assert.equal(decide([holding(refuse(limits))], asked).decision, refused ? 'refuse' : 'silent', what)
    // Where both are said, the refusal holds.
    const both = decide([record({ base: 'permit', provisions: [refuse(limits)] })], asked).decision
    assert.equal(both, refused ? 'refuse' : 'permit', what)
  }
})

test('what nobody speaks of is not permitted; the base decides where it says so', () => {
  assert.equal(decide([]).decision, 'silent')
  assert.equal(decide([record({})]).decision, 'silent')
  assert.deepEqual(decide([record({ base: 'permit' })]), {
    decision: 'permit',
    because: [{ agreement: 'a1', item: null, effect: 'permit', code: 'base' }],
    obligations: [],
    minimumCohort: null,
  })
})

test('a choice within a choice inherits what it does not say', () => {
  const outer = { purposes: ['research' as const], parties: [clinic], categories: ['health' as const] }
  const table: [
    what: string,
    outer: Partial<Provision>,
    asked: Partial<AgreementRequest>,
    decision: string,
  ][] = [
    ['purpose and party of the outer', { within: [inner({ categories: ['genetic'] })] }, {}, 'permit'],
    ['another purpose', { within: [inner({ categories: ['genetic'] })] }, { purpose: 'insurance' }, 'silent'],
    ['no purpose', { within: [inner({ categories: ['genetic'] })] }, { purpose: null }, 'silent'],
    ['another party', { within: [inner({ categories: ['genetic'] })] }, { parties: [acme] }, 'silent'],
    [
      'its own purpose',
      { within: [inner({ categories: ['genetic'], purposes: ['insurance'] })] },
      { purpose: 'insurance' },
      'permit',
    ],
    [
      'its own purpose only',
      { within: [inner({ categories: ['genetic'], purposes: ['insurance'] })] },
      {},
      'silent',
    ],
    [
      'its own party',
      { within: [inner({ categories: ['genetic'], parties: [acme] })] },
      { parties: [acme] },
      'permit',
    ],
    [
      'refused within',
      { categories: null, within: [inner({ effect: 'refuse', categories: ['genetic'] })] },
      {},
      'refuse',
    ],
    [
      'refused within, of something else',
      { categories: null, within: [inner({ effect: 'refuse', categories: ['genetic'] })] },
      { categories: ['health'] },
      'permit',
    ],
    ['permitted within a refusal', { effect: 'refuse', categories: null, within: [inner()] }, {}, 'refuse'],
    [
      'the term of the outer',
      { categories: null, until: day('2026-05-31'), within: [inner({ until: day('2027-01-01') })] },
      {},
      'silent',
    ],
    [
      'a refusal outlasts the permit around it',
      { categories: null, until: day('2026-05-31'), within: [inner({ effect: 'refuse' })] },
      {},
      'refuse',
    ],
    [
      'the cohort of the outer',
      { categories: null, minimumCohort: 200, within: [inner({ minimumCohort: 2 })] },
      {},
      'silent',
    ],
  ]
  for (const [what, facts, asked, decision] of table)
    assert.equal(decide([holding(permit({ ...outer, ...facts }))], asked).decision, decision, what)
})

const yes = permit({ item: 'i1', purposes: ['research'] })
const no = refuse({ item: 'i1', purposes: ['research'] })

test('a permit counts while its agreement is given; a refusal goes on when it is not', () => {
  const table: [what: string, events: AgreementEvent[], at: string, permits: string, code: string][] = [
    ['before the signature', [], '2026-01-10T08:59:59.999Z', 'silent', ''],
    ['given', [], '2026-06-01', 'permit', 'chosen'],
    ['paused', [paused('2026-06-01')], '2026-06-01', 'silent', 'paused'],
    ['replaced', [superseded('2026-06-01')], '2026-06-01', 'silent', 'superseded'],
    ['withdrawn', [withdrawn('2026-06-01')], '2026-06-01', 'silent', 'withdrawn'],
    ['taken back', [withdrawn('2026-06-01', ['i1'])], '2026-06-01', 'refuse', 'taken-back'],
    ['expired', [], '2027-01-01', 'silent', 'expired'],
  ]
  for (const [what, events, at, decision, code] of table) {
    const until = day('2026-12-31')
    const said = decide([record({ until, provisions: [yes] }, events)], {}, instant(at))
    assert.deepEqual([said.decision, said.because[0]?.code ?? ''], [decision, code], what)
    const refused = decide([record({ until, provisions: [no] }, events)], {}, instant(at))
    assert.equal(refused.decision, code === '' ? 'silent' : 'refuse', what)
  }
  const early = record({ from: day('2026-07-01'), provisions: [yes] })
  assert.equal(decide([early]).because[0]?.code, 'draft')
  const earlyNo = record({ from: day('2026-07-01'), provisions: [no] })
  assert.equal(decide([earlyNo]).decision, 'refuse', 'a refusal counts from its signature')
})

const later = { id: 'a2', signedAt: instant('2026-03-01T09:00:00.000Z'), from: day('2026-03-01') }
const newer = (facts: Partial<Agreement>, events: AgreementEvent[] = []) =>
  record({ ...later, ...facts }, events)

test('an older refusal is not buried, unless the person changes their mind about that very choice', () => {
  const old = record({ provisions: [no] }, [superseded('2026-03-01T09:00:00.000Z')])
  const answer = { supersedes: 'a1', provisions: [yes] }
  const table: [what: string, records: RecordedAgreement[], decision: string][] = [
    ['a newer broad yes', [old, newer({ provisions: [permit()] })], 'refuse'],
    [
      'a newer broad yes in the next version',
      [old, newer({ ...answer, provisions: [permit({ item: 'i1' })] })],
      'refuse',
    ],
    ['the next version, all permitted', [old, newer({ supersedes: 'a1', base: 'permit' })], 'refuse'],
    ['the same choice, but not its next version', [old, newer({ provisions: [yes] })], 'refuse'],
    [
      'the next version, and another choice',
      [old, newer({ ...answer, provisions: [{ ...yes, item: 'i2' }] })],
      'refuse',
    ],
    ['the next version, and the same choice', [old, newer(answer)], 'permit'],
    [
      'and more specific',
      [old, newer({ ...answer, provisions: [{ ...yes, activities: ['use'] }] })],
      'permit',
    ],
    [
      'and for more purposes',
      [old, newer({ ...answer, provisions: [{ ...yes, purposes: ['research', 'insurance'] }] })],
      'refuse',
    ],
    ['signed in the same instant', [old, newer({ ...answer, signedAt: agreement().signedAt })], 'refuse'],
    ['refused in it as well', [old, newer({ ...answer, provisions: [yes, no] })], 'refuse'],
    ['it rests', [old, newer(answer, [paused('2026-05-01')])], 'refuse'],
    ['it is withdrawn', [old, newer(answer, [withdrawn('2026-05-01')])], 'refuse'],
    ['it is not yet signed', [old, newer({ ...answer, signedAt: instant('2026-07-01') })], 'refuse'],
    [
      'the choice was taken back before',
      [record({ provisions: [yes] }, [withdrawn('2026-02-01', ['i1'])]), newer(answer)],
      'permit',
    ],
    [
      'the choice was taken back in the old one after the new',
      [
        record({ provisions: [yes] }, [withdrawn('2026-02-01', ['i1']), withdrawn('2026-04-01', ['i1'])]),
        newer(answer),
      ],
      'refuse',
    ],
    [
      'through a version between',
      [old, newer({ supersedes: 'a1' }), record({ ...later, id: 'a3', supersedes: 'a2', provisions: [yes] })],
      'permit',
    ],
    [
      'the version between is not known',
      [old, record({ ...later, id: 'a3', supersedes: 'a2', provisions: [yes] })],
      'refuse',
    ],
    ['versions in a circle', [record({ supersedes: 'a2', provisions: [no] }), newer(answer)], 'permit'],
  ]
  for (const [what, records, decision] of table) assert.equal(decide(records).decision, decision, what)
})

test('a yes that answers a narrower request leaves the rest refused', () => {
  const records = [
    record({ provisions: [refuse({ item: 'i1' })] }),
    newer({ supersedes: 'a1', provisions: [{ ...yes, activities: ['use'] }] }),
  ]
  assert.equal(decide(records).decision, 'permit')
  assert.equal(decide(records, { activity: 'disclose' }).decision, 'refuse')
})

test('obligations of every permit that reaches are kept, and are not shed by withdrawing it', () => {
  const bound = permit({ item: 'i1', obligations: [{ code: 'pseudonymise' }], minimumCohort: 10 })
  const free = record({ id: 'b1', provisions: [permit({ obligations: [{ code: 'no-reidentification' }] })] })
  const table: [what: string, events: AgreementEvent[], obligations: string[], cohort: number | null][] = [
    ['given', [], ['no-reidentification', 'pseudonymise'], 10],
    ['paused', [paused('2026-05-01')], ['no-reidentification', 'pseudonymise'], 10],
    ['withdrawn', [withdrawn('2026-05-01')], ['no-reidentification', 'pseudonymise'], 10],
    ['replaced', [superseded('2026-05-01')], ['no-reidentification'], null],
  ]
  for (const [what, events, obligations, cohort] of table) {
    const answer = decide([record({ provisions: [bound] }, events), free])
    assert.deepEqual(
      [answer.decision, answer.obligations, answer.minimumCohort],
      ['permit', obligations, cohort],
      what,
    )
  }
  const lapsed = record({ until: day('2026-05-31'), provisions: [bound] })
  assert.deepEqual(decide([lapsed, free]).obligations, ['no-reidentification'])
})

test('all that decided is named, in order of agreement and provision', () => {
  const { because } = decide([
    newer({ provisions: [no, refuse({ item: 'i3' })] }),
    record({ provisions: [no, yes] }),
  ])
  assert.deepEqual(because, [
    { agreement: 'a1', item: 'i1', effect: 'refuse', code: 'chosen' },
    { agreement: 'a2', item: 'i1', effect: 'refuse', code: 'chosen' },
    { agreement: 'a2', item: 'i3', effect: 'refuse', code: 'chosen' },
  ])
})
