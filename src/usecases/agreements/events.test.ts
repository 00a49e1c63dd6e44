import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant, Sha256Hex } from '#kernel'
import type { Purpose } from '#vocabulary'
import { agreement, permit } from '../../../test/consent/agreements.ts'
import { withEvents } from './events.ts'

const at = (hour: number) => `2026-11-27T${String(hour).padStart(2, '0')}:00:00.000Z` as Instant
const signed = (id: string, hour: number, supersedes: string | null = null) => ({
  agreement: agreement({
    id,
    supersedes,
    signedAt: at(hour),
    provisions: [
      permit({ item: 'care', purposes: ['treatment'] }),
      permit({ item: 'study', purposes: ['research'] }),
    ],
  }),
  sha256: '0'.repeat(64) as Sha256Hex,
})
const ended = (hour: number, purposes: readonly Purpose[] | null) => ({ at: at(hour), purposes })

type Row = readonly [
  given: string,
  withdrawals: ReturnType<typeof ended>[],
  first: string[],
  second: string[],
]
/** The first is signed at 8 and replaced at 12. */
const table: readonly Row[] = [
  ['nothing else', [], ['superseded 12'], []],
  ['all ended between', [ended(10, null)], ['superseded 12', 'withdrawn all 10'], []],
  ['all ended before either', [ended(7, null)], ['superseded 12'], []],
  ['all ended at the instant of the signature', [ended(8, null)], ['superseded 12', 'withdrawn all 8'], []],
  ['all ended as it was replaced', [ended(12, null)], ['superseded 12'], ['withdrawn all 12']],
  ['all ended afterwards', [ended(13, null)], ['superseded 12'], ['withdrawn all 13']],
  ['one purpose ended between', [ended(9, ['research'])], ['superseded 12', 'withdrawn study 9'], []],
  ['a purpose that nothing is for', [ended(13, ['insurance'])], ['superseded 12'], []],
  [
    'both purposes ended',
    [ended(13, ['research', 'treatment'])],
    ['superseded 12'],
    ['withdrawn care,study 13'],
  ],
]
for (const [given, withdrawals, first, second] of table)
  test(`given ${given}, what became of two agreements follows`, () => {
    const known = withEvents([signed('a', 8), signed('b', 12, 'a')], withdrawals)
    const said = known.map(({ events }) =>
      events.map((event) => {
        const hour = Number(event.at.slice(11, 13))
        return event.kind === 'withdrawn'
          ? `withdrawn ${event.items?.join() ?? 'all'} ${hour}`
          : `${event.kind} ${hour}`
      }),
    )
    assert.deepEqual(said, [first, second])
  })

const draft = (id: string, hour: number, supersedes: string | null) => {
  const one = signed(id, hour, supersedes)
  return { ...one, agreement: { ...one.agreement, awaits: ['self' as const] } }
}

test('given drafts between two agreements, then each draft ends with the next signature, and the agreement with the next agreement', () => {
  const row = [
    signed('a', 8),
    draft('b', 9, 'a'),
    draft('c', 10, 'b'),
    signed('d', 11, 'c'),
    draft('e', 12, 'd'),
  ]
  const said = withEvents(row, [ended(10, null)]).map(({ events }) =>
    events.map((event) => `${event.kind} ${event.kind === 'superseded' ? event.by : ''}`.trim()),
  )
  assert.deepEqual(said, [
    ['superseded d', 'withdrawn'],
    ['superseded c'],
    ['superseded d', 'withdrawn'],
    [],
    [],
  ])
})
