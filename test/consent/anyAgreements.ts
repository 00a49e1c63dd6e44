import fc from 'fast-check'
import type { Day, Instant } from '#kernel'
import type { AgreementEvent, InnerProvision, Party } from '../../src/consent/agreement/agreement.ts'
import type { AgreementRequest } from '../../src/consent/agreement/reach.ts'
import type { RecordedAgreement } from '../../src/consent/agreement/standingClause.ts'
import { agreement } from './agreements.ts'

/** Few codes and few days, so that what is drawn meets. */
const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'].map((text) => text as Day)
const instants = days.flatMap((day) => [`${day}T00:00:00.000Z` as Instant, `${day}T12:00:00.000Z` as Instant])
const someParties: readonly Party[] = [
  { kind: 'organisation', id: 'clinic' },
  { kind: 'organisation', id: 'acme' },
  { kind: 'role', id: 'nurse' },
  { kind: 'country', id: 'US' },
]
const ids = ['a1', 'a2', 'a3', 'a4'] as const
const purposes = ['treatment', 'research', 'insurance'] as const
const activities = ['use', 'disclose'] as const
const categories = ['genetic', 'health', 'identity'] as const

const orNull = <T>(some: fc.Arbitrary<T>, weight = 1) =>
  fc.oneof({ arbitrary: fc.constant(null), weight: 2 }, { arbitrary: some, weight })
const some = <T>(codes: readonly T[], minLength = 1) => fc.subarray([...codes], { minLength })
const anyDay = fc.constantFrom(...days)
export const anyInstant = fc.constantFrom(...instants)

const anyLimits: fc.Arbitrary<InnerProvision> = fc.record({
  effect: fc.constantFrom<('permit' | 'refuse')[]>('permit', 'permit', 'refuse'),
  item: orNull(fc.constantFrom('i1', 'i2'), 4),
  purposes: orNull(some(purposes)),
  parties: orNull(some(someParties)),
  activities: orNull(some(activities)),
  categories: orNull(some(categories)),
  dataFrom: fc.oneof({ arbitrary: fc.constant(null), weight: 6 }, { arbitrary: anyDay, weight: 1 }),
  dataUntil: fc.oneof({ arbitrary: fc.constant(null), weight: 6 }, { arbitrary: anyDay, weight: 1 }),
  from: fc.oneof({ arbitrary: fc.constant(null), weight: 6 }, { arbitrary: anyDay, weight: 1 }),
  until: fc.oneof({ arbitrary: fc.constant(null), weight: 6 }, { arbitrary: anyDay, weight: 1 }),
  minimumCohort: fc.constantFrom(null, null, null, 5, 50),
  obligations: fc.subarray([{ code: 'pseudonymise' as const }, { code: 'redact' as const }]),
})
export const anyProvision = fc
  .tuple(anyLimits, fc.array(anyLimits, { maxLength: 2 }))
  .map(([limits, within]) => ({ ...limits, within }))

export const anyEvent: fc.Arbitrary<AgreementEvent> = fc.oneof(
  fc.record({ at: anyInstant, kind: fc.constant('paused' as const), because: fc.constant('asked' as const) }),
  fc.record({ at: anyInstant, kind: fc.constant('resumed' as const) }),
  fc.record({ at: anyInstant, kind: fc.constant('superseded' as const), by: fc.constantFrom(...ids) }),
  fc.record({ at: anyInstant, kind: fc.constant('withdrawn' as const), items: fc.constant(null) }),
  fc.record({ at: anyInstant, kind: fc.constant('withdrawn' as const), items: some(['i1', 'i2']) }),
)

const anyRecorded = (id: string): fc.Arbitrary<RecordedAgreement> =>
  fc
    .record({
      from: fc.constantFrom(...days.slice(0, 2)),
      until: fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, { arbitrary: anyDay, weight: 1 }),
      signedAt: fc.constantFrom(...instants.slice(0, 4)),
      supersedes: orNull(fc.constantFrom(...ids), 3),
      base: fc.constantFrom<('permit' | 'refuse')[]>('refuse', 'refuse', 'refuse', 'permit'),
      provisions: fc.array(anyProvision, { maxLength: 3 }),
      events: fc.oneof(
        { arbitrary: fc.constant([]), weight: 2 },
        { arbitrary: fc.array(anyEvent, { maxLength: 3 }), weight: 1 },
      ),
    })
    .map(({ events, ...facts }) => ({ agreement: agreement({ id, ...facts }), events }))

export const anyRecords: fc.Arbitrary<readonly RecordedAgreement[]> = some(ids).chain((chosen) =>
  fc.tuple(...chosen.map(anyRecorded)),
)

export const anyRequest: fc.Arbitrary<AgreementRequest> = fc.record({
  purpose: orNull(fc.constantFrom(...purposes), 6),
  parties: orNull(fc.subarray([...someParties]), 6),
  activity: fc.constantFrom(...activities),
  categories: orNull(some(categories, 0), 6),
  dataOn: orNull(anyDay, 4),
  cohort: fc.constantFrom(null, 0, 4, 5, 49, 50, 100),
})
