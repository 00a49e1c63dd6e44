import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Reason } from '#decision'
import type { Step } from '#law'
import type { Party } from '#vocabulary'
import type { SignedAgreement } from '../ports.ts'
import { underTheGate } from './underTheGate.ts'

const common = { order: 'CN', paper: null, from: [], norms: ['CN-PIPL-13'] } as const
const consentOf = (party: Party): Step => ({
  ...common,
  id: `consent.CN.care.${party}`,
  stage: 'consent',
  work: { kind: 'consent', topic: 'care', parties: [{ party, forms: [] }] },
  state: 'done',
})
const act: Step = {
  ...common,
  id: 'act',
  stage: 'act',
  work: { kind: 'act', outcome: 'permit' },
  state: 'open',
}
const signed = [
  { agreement: { id: 'first', signedAt: '2026-11-03T08:00:00.000Z' }, sha256: '' },
  { agreement: { id: 'second', signedAt: '2026-11-04T08:00:00.000Z' }, sha256: '' },
] as unknown as readonly SignedAgreement[]

const no: Reason = { kind: 'choice-refused', agreement: 'second', item: 'x' }
const gap: Reason = { kind: 'not-laid-down', about: 'recipient' }
const rows: readonly (readonly [string, Reason[], Party, consent: string, act: string])[] = [
  ['nothing stands against it', [], 'subject', 'done', 'open'],
  ['the hospital has not laid it down', [gap], 'subject', 'done', 'not-possible'],
  ['the person said no on a form', [no], 'subject', 'not-possible 2026-11-04', 'not-possible'],
  ['a guardian said no on a form', [no], 'guardian', 'not-possible 2026-11-04', 'not-possible'],
  ['the head approved, the person said no', [no], 'head-or-authorised-person', 'done', 'not-possible'],
  [
    'the person refuses',
    [{ kind: 'person-refuses' }],
    'subject',
    'not-possible subject.wishes.refuses',
    'not-possible',
  ],
]

test('a no stands against what a paper allows; where the gate refuses, the act is not possible', () => {
  for (const [given, reasons, party, consent, state] of rows) {
    const [first, last] = underTheGate([consentOf(party), act], reasons, signed)
    const from = first!.from.map((one) => ('on' in one ? one.on : one.kind === 'fact' ? one.path : ''))
    assert.deepEqual([[first!.state, ...from].join(' '), last!.state], [consent, state], given)
  }
})
