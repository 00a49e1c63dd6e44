import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountId } from '#access'
import type { Instant } from '#kernel'
import type { Situation } from '#law'
import type { ActedBy, ByAccount } from '../act.ts'
import type { StoredEmergency } from '../ports.ts'
import { helpInEmergency } from './brokenGlass.ts'
import { emergencyInput } from './refusal.ts'

const inDanger = { emergency: { lifeThreatening: true } } as Situation
const calm = { emergency: { lifeThreatening: false } } as Situation
const clinician = {
  ...{ kind: 'account', account: 'me', role: 'clinician', relation: 'organisation', through: null },
} as unknown as ByAccount
const opened = (account: string, until = '2026-11-20T09:00:00.000Z', ended = false) =>
  ({
    ...{ id: 'e-1', account: account as AccountId, situation: inDanger, caseId: 'c', name: 'Dr Who' },
    ...{ organisation: 'hillside', reason: 'no-time', words: 'invented', reviewBy: '2026-11-27' },
    ...{ at: '2026-11-20T08:00:00.000Z' as Instant, until: until as Instant },
    events: ended ? [{ kind: 'ended', at: '2026-11-20T08:10:00.000Z' as Instant }] : [],
  }) as unknown as StoredEmergency
const at = '2026-11-20T08:30:00.000Z' as Instant

type Row = readonly [
  given: string,
  by: ActedBy,
  situation: Situation,
  emergencies: readonly StoredEmergency[],
  helps: boolean,
]
const table: readonly Row[] = [
  ['a case that says so, and nothing opened', clinician, inDanger, [], false],
  ['a case that says so, and opened by them', clinician, inDanger, [opened('me')], true],
  ['opened by somebody else', clinician, inDanger, [opened('other')], false],
  ['opened, and ended since', clinician, inDanger, [opened('me', undefined, true)], false],
  ['opened, in its last instant', clinician, inDanger, [opened('me', '2026-11-20T08:30:00.001Z')], true],
  ['opened, at the end of its time', clinician, inDanger, [opened('me', at)], false],
  ['opened, in a case that is none', clinician, calm, [opened('me')], false],
  ['somebody else than a clinician', { ...clinician, role: 'steward' }, inDanger, [opened('me')], false],
  [
    'an application of theirs',
    { ...clinician, through: { client: 'c', name: 'C' } },
    inDanger,
    [opened('me')],
    false,
  ],
  ['the operator', { kind: 'operator' }, inDanger, [opened('me')], false],
]
for (const [given, by, situation, emergencies, helps] of table)
  test(`given ${given}, then whoever asks ${helps ? 'helps' : 'does not count as help'}`, async () => {
    const transaction = { listEmergencies: async () => emergencies }
    const inputs = await helpInEmergency({ by }, situation, transaction, at)
    assert.deepEqual(inputs && Object.keys(inputs), helps ? [`${emergencyInput}e-1`] : undefined)
  })

test('given that they open it now, for a reason of their own, then they help', async () => {
  const transaction = { listEmergencies: async () => assert.fail('nothing has to be open') }
  assert.deepEqual(await helpInEmergency({ by: clinician, breaksGlass: true }, inDanger, transaction, at), {})
})
