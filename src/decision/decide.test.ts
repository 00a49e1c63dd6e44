import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ActId, type Day, err, type Instant, ok, type SubjectId } from '#kernel'
import type { ConsentDemand, Ruling } from '#law'
import { type Outcome, outcomes } from '#vocabulary'
import { decide, type GovernedAct, type Question, requirePermit } from './index.ts'
import { Permit } from './permit.ts'

const act: GovernedAct = {
  id: 'act-1' as ActId,
  subject: 'subject-1' as SubjectId,
  activity: 'use',
  purpose: 'treatment',
  categories: ['genetic', 'health'],
  lawDay: '2026-11-20' as Day,
  instant: '2026-11-20T08:00:00.000Z' as Instant,
}

const ruling = (over: Partial<Ruling>): Ruling => ({
  situation: 's',
  at: act.lawDay,
  outcome: 'permit',
  whoMustConsent: [],
  mustTell: [],
  duties: [],
  forbiddenBy: [],
  notRequired: [],
  norms: ['CN-PIPL-13'],
  displaced: [],
  burdenOfProof: [],
  factsNeeded: [],
  explanation: [],
  ...over,
})

const demand = (over: Partial<ConsentDemand>): ConsentDemand => ({
  party: 'subject',
  for: 'personal-information',
  rule: 'all-of',
  forms: ['separate'],
  satisfied: true,
  norms: ['CN-PIPL-29'],
  ...over,
})

const question = (over: Partial<Question>): Question => ({
  act,
  ruling: ok(ruling({})),
  standing: 'care',
  house: undefined,
  refusal: undefined,
  refusedChoices: [],
  bars: [],
  needs: ['genetic', 'health'],
  consents: [],
  ...over,
})

const reasonsOf = (over: Partial<Question>): string[] => {
  const decision = decide(question(over))
  return decision.kind === 'denial' ? decision.denial.reasons.map(({ kind }) => kind) : []
}

test('given a ruling and a person, when the gate decides, then every reason is given', () => {
  const ban = { norm: 'CN-PIPL-29', reason: 'no separate consent' }
  const table: [given: string, over: Partial<Question>, reasons: string[]][] = [
    ['the law permits', {}, []],
    ['the law permits with duties', { ruling: ok(ruling({ outcome: 'permit-with-duties' })) }, []],
    ['the law denies without saying why', { ruling: ok(ruling({ outcome: 'deny' })) }, ['law-denies']],
    ['a norm forbids', { ruling: ok(ruling({ outcome: 'deny', forbiddenBy: [ban] })) }, ['forbidden']],
    ['permit beside a prohibition', { ruling: ok(ruling({ forbiddenBy: [ban] })) }, ['forbidden']],
    [
      'permit beside a missing consent',
      { ruling: ok(ruling({ whoMustConsent: [demand({ satisfied: false })] })) },
      ['consent-missing'],
    ],
    [
      'permit beside an unknown consent',
      { ruling: ok(ruling({ whoMustConsent: [demand({ satisfied: 'unknown' })] })) },
      ['consent-unknown'],
    ],
    [
      'one of two suffices and is there',
      {
        ruling: ok(
          ruling({
            whoMustConsent: [
              demand({ rule: 'one-of', satisfied: false }),
              demand({ rule: 'one-of', party: 'guardian' }),
            ],
          }),
        ),
      },
      [],
    ],
    [
      'one of two suffices for another topic',
      {
        ruling: ok(
          ruling({
            whoMustConsent: [
              demand({ rule: 'one-of', satisfied: false }),
              demand({ rule: 'one-of', for: 'care' }),
            ],
          }),
        ),
      },
      ['consent-missing'],
    ],
    [
      'a consent was withdrawn',
      {
        ruling: ok(ruling({ outcome: 'deny', whoMustConsent: [demand({ satisfied: false })] })),
        consents: [{ by: 'subject', withdrawnOn: act.lawDay }],
      },
      ['consent-missing', 'consent-withdrawn'],
    ],
    [
      'a withdrawn consent that nothing asks for',
      { consents: [{ by: 'subject', withdrawnOn: act.lawDay }] },
      [],
    ],
    [
      'facts are unknown',
      { ruling: ok(ruling({ outcome: 'unknown-facts', factsNeeded: ['consents', 'subject.age'] })) },
      ['fact-unknown', 'fact-unknown'],
    ],
    [
      'unknown facts that are not named',
      { ruling: ok(ruling({ outcome: 'unknown-facts' })) },
      ['law-denies'],
    ],
    [
      'somebody of the same hospital who does not look after the person',
      { standing: 'organisation' },
      ['no-relation'],
    ],
    ['somebody from elsewhere', { standing: 'none' }, ['no-relation']],
    ['the person', { standing: 'self' }, []],
    ['whoever acts for the person', { standing: 'represents' }, []],
    ['the operator beside the data, or an emergency', { standing: 'not-asked' }, []],
    ['the law refers to an authority', { ruling: ok(ruling({ outcome: 'refer' })) }, ['referred']],
    ['a rule cannot be evaluated', { ruling: err({ code: 'RangeError' }) }, ['rule-unevaluable']],
    [
      'the emergency is over',
      { bars: [{ kind: 'emergency-over', endedAt: act.instant }] },
      ['emergency-over'],
    ],
    ['the person refuses', { refusal: 'consent.subject-refuses' }, ['person-refuses']],
    ['the effect wants more than the act names', { needs: ['genetic', 'biometric'] }, ['outside-permit']],
    [
      'everything at once',
      {
        ruling: ok(
          ruling({ outcome: 'deny', forbiddenBy: [ban], whoMustConsent: [demand({ satisfied: false })] }),
        ),
        refusal: 'consent.subject-refuses',
        needs: ['image'],
      },
      ['forbidden', 'consent-missing', 'person-refuses', 'outside-permit'],
    ],
  ]
  for (const [given, over, reasons] of table) assert.deepEqual(reasonsOf(over), reasons, given)
})

test('only a plain permission permits, whatever else a ruling holds', () => {
  const anyRuling = fc.record({
    outcome: fc.constantFrom<Outcome>(...outcomes),
    satisfied: fc.constantFrom<boolean | 'unknown'>(true, false, 'unknown'),
    banned: fc.boolean(),
    refuses: fc.boolean(),
  })
  fc.assert(
    fc.property(anyRuling, ({ outcome, satisfied, banned, refuses }) => {
      const forbiddenBy = banned ? [{ norm: 'N', reason: 'r' }] : []
      const decision = decide(
        question({
          ruling: ok(ruling({ outcome, forbiddenBy, whoMustConsent: [demand({ satisfied })] })),
          refusal: refuses ? 'consent.subject-refuses' : undefined,
        }),
      )
      const clear = outcome.startsWith('permit') && satisfied === true && !banned && !refuses
      assert.equal(decision.kind, clear ? 'permit' : 'denial')
    }),
  )
})

test('a permit cannot be made elsewhere, nor widened', () => {
  const decision = decide(question({}))
  assert.equal(decision.kind, 'permit')
  if (decision.kind !== 'permit') return
  requirePermit(decision.permit, 'genetic')
  assert.throws(() => requirePermit(decision.permit, 'biometric'), /does not cover biometric/)
  const forged = Object.assign(Object.create(Permit.prototype), { act, grounds: [], duties: [] }) as Permit
  assert.throws(() => requirePermit(forged, 'genetic'), /not a permit/)
  assert.throws(() => Object.assign(decision.permit, { act: { ...act, categories: ['biometric'] } }))
})
