import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type Day, isRecord } from '#kernel'
import { anyAgreement, anyEvents, plainlyPermits } from '../../../test/consent/outwardAgreement.ts'
import { type DataUse, matchDataUse } from '../dataUse.ts'
import type { Agreement, AgreementEvent, Provision } from './agreement.ts'
import { type Duo, duoOf } from './duo.ts'
import { everything } from './outward.ts'

const bare: Agreement = {
  ...fc.sample(anyAgreement, { seed: 1, numRuns: 1 })[0]!,
  ...{ base: 'refuse', from: '2020-01-01' as Day, until: null, afterDeath: 'not-asked', review: null },
  ...{ family: { tellRelatives: 'not-asked' }, emergency: { allowed: true, minutes: 30 } },
}
const permit = (more: Partial<Provision>): Provision => ({
  ...{ effect: 'permit', item: null, ...everything, within: [] },
  ...more,
})
const refuse = (more: Partial<Provision>): Provision => permit({ effect: 'refuse', ...more })
const research = permit({ purposes: ['research'], item: 'r' })
const companies = [{ kind: 'organisation-kind', id: 'company' }] as const
const codesOf = ({ codes }: Duo) => codes.map(({ shorthand }) => shorthand).join(' ')

const table: readonly [given: string, provisions: readonly Provision[], then: string, says: number][] = [
  ['nothing', [], '', 0],
  ['care only', [permit({ purposes: ['treatment'] })], '', 0],
  ['research', [research], 'HMB NPOA NMDS NCU', 0],
  ['research and care', [research, permit({ purposes: ['treatment'] })], 'HMB NPOA NMDS NCU CC', 0],
  ['research into origins too', [permit({ purposes: ['research', 'ancestry'] })], 'HMB POA NMDS NCU', 0],
  [
    'all that research can be',
    [permit({ purposes: ['research', 'ancestry', 'model-training', 'product-development'] })],
    'GRU',
    0,
  ],
  ['everything but companies', [permit({}), refuse({ parties: [...companies] })], 'HMB POA NPU CC', 0],
  ['research, not by companies', [research, refuse({ parties: [...companies] })], 'HMB NPOA NMDS NPUNCU', 0],
  [
    'research in one country',
    [permit({ parties: [{ kind: 'country', id: 'FR' }] })],
    'HMB NPOA NMDS NCU GS',
    1,
  ],
  [
    'research by one institute',
    [permit({ parties: [{ kind: 'organisation', id: 'o' }] })],
    'HMB NPOA NMDS NCU IS',
    1,
  ],
  ['research for a time', [permit({ ...research, until: '2030-01-01' as Day })], 'HMB NPOA NMDS NCU TS', 1],
  ['research on genes only', [permit({ ...research, categories: ['genetic'] })], 'HMB NPOA NMDS NCU', 1],
  ['research but on samples', [research, refuse({ categories: ['biospecimen'] })], 'HMB NPOA NMDS NCU', 1],
  [
    'research under pseudonyms',
    [permit({ ...research, obligations: [{ code: 'pseudonymise' }] })],
    'HMB NPOA NMDS NCU',
    1,
  ],
  ['research, refused', [research, refuse({ purposes: ['research'] })], '', 0],
]
for (const [given, provisions, then, says] of table)
  test(`given ${given}, then ${then || 'nothing'}`, () => {
    const duo = duoOf({ ...bare, provisions: [...provisions] })
    assert.equal(codesOf(duo), then)
    assert.equal(duo.cannotSay.length, says)
    assert.equal(duo.dataUse.other !== undefined, says > 0)
  })

test('given what was withdrawn, in whole or in this, then it is no longer said', () => {
  const agreement = { ...bare, provisions: [research] }
  const at = '2026-01-01T00:00:00.000Z' as AgreementEvent['at']
  for (const items of [null, ['r']])
    assert.deepEqual(duoOf(agreement, [{ at, kind: 'withdrawn', items }]).codes, [])
})

const flag = fc.constantFrom(true, null)
const purpose: fc.Arbitrary<DataUse> = fc.record({
  ...{ generalUse: flag, hmbResearch: flag, populationOriginsAncestry: flag, methodsResearch: flag },
  ...{ nonProfitUse: flag, diseaseRestrictions: fc.constantFrom(['D:1'], null) },
})

/** All that a purpose may come to, in our own words. */
function askedBy(asked: DataUse) {
  const stated =
    asked.hmbResearch || asked.populationOriginsAncestry || asked.methodsResearch || asked.diseaseRestrictions
  const whole = asked.generalUse || !stated
  return [
    'research' as const,
    ...(whole || asked.populationOriginsAncestry ? (['ancestry'] as const) : []),
    ...(asked.methodsResearch ? (['model-training'] as const) : []),
    ...(asked.nonProfitUse ? [] : (['product-development'] as const)),
  ]
}

test('what is approved on the data is permitted by the agreement', () => {
  let approved = 0
  fc.assert(
    fc.property(anyAgreement, anyEvents, purpose, (agreement, events, asked) => {
      const { dataUse } = duoOf(agreement, events)
      if (matchDataUse(asked, dataUse, new Map()).result !== 'approve') return
      approved += 1
      assert.ok(!events.some((event) => event.kind === 'withdrawn' && event.items === null))
      const parties = ['biobank', ...(asked.nonProfitUse ? [] : ['company'])]
      for (const use of askedBy(asked))
        for (const id of parties) {
          const party = { kind: 'organisation-kind', id }
          for (const category of ['genetic', 'health', 'image'] as const)
            for (const activity of ['use', 'research', 'disclose'] as const)
              assert.ok(
                plainlyPermits(agreement, { purpose: use, category, activity, party, on: agreement.from }),
              )
        }
    }),
    { numRuns: 3000 },
  )
  assert.ok(approved > 20, `${approved}`)
})

const file = join(
  process.env['HABEAS_SHARED'] ?? '../shared',
  'data/consent/duo/duos-data-use-v4.schema.json',
)
const schema = (() => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { readonly properties: object }
  } catch {
    return undefined
  }
})()
describe('DUOS data use, version 4', { skip: schema === undefined && 'the shared data are not here' }, () => {
  test('every member is one of its members, and one that it asks for is there', () => {
    const known = Object.keys(schema?.properties ?? {})
    fc.assert(
      fc.property(anyAgreement, (agreement) => {
        const { dataUse } = duoOf(agreement)
        assert.ok(isRecord(dataUse) && Object.keys(dataUse).every((name) => known.includes(name)))
        assert.ok('generalUse' in dataUse)
      }),
    )
  })
})
