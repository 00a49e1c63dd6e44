import type { Situation } from '#law'
import { seeded } from './chance.ts'

const acts = ['use', 'collect', 'test', 'treat', 'provide-to-third-party', 'research'] as const
const kinds = ['genetic', 'health', 'biospecimen', 'biometric', 'identity'] as const
const forms = ['explicit', 'separate', 'written', 'signed', 'oral'] as const

/** Persons one by one, each with an act on some day of 2026: age, capacity, data, consents and withdrawals by chance. */
export function* inventedSituations(count: number, seed = 1): Generator<Situation> {
  const chance = seeded(seed)
  const below = (limit: number) => Math.floor(chance() * limit)
  const some = <T>(list: readonly T[]) => list.filter(() => chance() < 0.6)
  const day = () => `2026-${`${1 + below(12)}`.padStart(2, '0')}-${`${1 + below(28)}`.padStart(2, '0')}`
  for (let index = 0; index < count; index += 1) {
    const age = below(100)
    const activity = acts[below(acts.length)]!
    const consent = () => ({
      by: chance() < 0.8 ? 'subject' : 'guardian',
      on: day(),
      forms: some(forms),
      covers: {
        activities: [activity],
        purposes: chance() < 0.9 ? ['treatment'] : ['research'],
        categories: some(kinds),
        recipients: chance() < 0.5 ? ['b'] : [],
        abroad: chance() < 0.2,
      },
      told: ['handler', 'purpose', 'method', 'kinds', 'retention', 'rights', 'risks', 'alternatives'],
      withdrawnOn: chance() < 0.1 ? day() : null,
      bundled: chance() < 0.05,
    })
    const situation = {
      id: `p${index}`,
      at: day(),
      jurisdictions: ['CN'],
      activity,
      purpose: chance() < 0.8 ? 'treatment' : 'research',
      necessity: [],
      data: { categories: some(kinds), identifiability: 'identified', persons: 1, keySamples: false },
      subject: { age, capacity: age < 18 ? 'limited' : 'full', conscious: chance() < 0.98, deceased: false },
      representatives: [],
      actor: {
        id: 'clinic',
        kind: 'medical-institution',
        country: 'CN',
        foreignControlled: false,
        role: 'handler',
      },
      recipient: activity === 'provide-to-third-party' ? { id: 'b', kind: 'company', country: 'CN' } : null,
      cooperation: null,
      intervention:
        activity === 'treat' || activity === 'test' ? { kind: 'laboratory-test', risk: 'low' } : null,
      emergency: null,
      consents: Array.from({ length: below(3) }, consent),
      approvals: chance() < 0.5 ? [] : [{ kind: 'ethics-review', outcome: 'granted' }],
      automated: null,
      request: null,
      incident: null,
      committee: null,
      dispute: null,
    }
    yield situation as unknown as Situation
  }
}
