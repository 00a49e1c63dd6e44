import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { agreement, inner, instant, permit, refuse } from '../../../test/consent/agreements.ts'
import type { Agreement } from '../agreement/agreement.ts'
import { endedBySigning } from './endedBySigning.ts'
import type { Reach } from './recall.ts'

const lab = { kind: 'organisation', id: 'river-lab' } as const
const bank = { kind: 'organisation', id: 'bank' } as const
const country = { kind: 'country', id: 'CN' } as const
const reach = (facts: Partial<Reach> = {}): Reach => ({
  ...{ recipient: 'river-lab', since: instant('2026-01-10'), act: 'act-1' },
  ...{ purposes: ['research'], categories: ['genetic'] },
  ...facts,
})
const research = { purposes: ['research' as const], categories: ['genetic' as const], parties: [lab] }
const two = reach({ purposes: ['research', 'treatment'] })

type Provisions = Agreement['provisions']
const table: readonly (readonly [
  given: string,
  before: Provisions | null,
  now: Provisions,
  reached: Reach,
  ended: readonly (readonly string[] | null)[],
])[] = [
  ['a yes that stays', [permit(research)], [permit(research)], reach(), []],
  ['a yes that became a no', [permit(research)], [refuse(research)], reach(), [['research']]],
  ['a yes of which nothing is said any more', [permit(research)], [], reach(), [['research']]],
  ['a no where there was none before', null, [refuse(research)], reach(), [['research']]],
  ['a yes where there was none before', null, [permit(research)], reach(), []],
  ['nothing said before, and nothing now', null, [], reach(), []],
  ['a no to somebody else', [permit(research)], [permit(research), refuse({ parties: [bank] })], reach(), []],
  ['a no to everybody', [permit(research)], [refuse({ purposes: ['research'] })], reach(), [['research']]],
  [
    'another purpose',
    [permit(research)],
    [permit(research), refuse({ purposes: ['insurance'] })],
    reach(),
    [],
  ],
  [
    'one purpose of two',
    [permit({ purposes: null })],
    [permit({ purposes: ['treatment'] })],
    two,
    [['research']],
  ],
  [
    'nobody knows for what',
    [permit({ purposes: null })],
    [permit(research)],
    reach({ purposes: null }),
    [null],
  ],
  [
    'nobody knows what, and some is refused',
    null,
    [refuse({ categories: ['health'] })],
    reach({ categories: null }),
    [['research']],
  ],
  [
    'other data are refused',
    [permit(research)],
    [permit(research), refuse({ categories: ['health'] })],
    reach(),
    [],
  ],
  [
    'a no to those of a country',
    null,
    [permit(research), refuse({ parties: [country] })],
    reach(),
    [['research']],
  ],
  [
    'a yes to those of a country',
    [permit(research)],
    [permit({ ...research, parties: [country] })],
    reach(),
    [['research']],
  ],
  [
    'a no within a yes',
    [permit(research)],
    [permit({ ...research, within: [inner({ effect: 'refuse', purposes: ['research'] })] })],
    reach(),
    [['research']],
  ],
]

for (const [given, before, now, reached, ended] of table)
  test(`given ${given}, then what ends is ${JSON.stringify(ended)}`, () => {
    const former = before === null ? undefined : agreement({ provisions: before })
    const found = endedBySigning([reached], agreement({ provisions: now }), former)
    assert.deepEqual(
      found.map(({ purposes }) => purposes),
      ended,
    )
  })

test('the same words again end nothing that they allowed, and a no to all ends all', () => {
  const purposes = fc.uniqueArray(
    fc.constantFrom('research' as const, 'treatment' as const, 'insurance' as const),
    {
      minLength: 1,
    },
  )
  const categories = fc.uniqueArray(fc.constantFrom('genetic' as const, 'health' as const), { minLength: 1 })
  fc.assert(
    fc.property(purposes, categories, (purposes, categories) => {
      const said = agreement({ provisions: [permit({ purposes, categories })] })
      const reached = [reach({ purposes, categories })]
      assert.deepEqual(endedBySigning(reached, said, said), [])
      assert.deepEqual(endedBySigning(reached, agreement({ provisions: [refuse()] }), said), reached)
    }),
  )
})
