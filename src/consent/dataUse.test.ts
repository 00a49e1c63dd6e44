import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { expectOk } from '#kernel'
import { type DataUse, matchDataUse, matchDataUses } from './dataUse.ts'

const ancestors = new Map([['gut-cancer', ['cancer', 'disease']]])
const diseases = (...diseaseRestrictions: string[]): DataUse => ({ diseaseRestrictions })
const all: DataUse = { generalUse: true }
const health: DataUse = { hmbResearch: true }
const origins: DataUse = { populationOriginsAncestry: true }
const methods: DataUse = { methodsResearch: true }

const table: readonly [given: string, purpose: DataUse, dataset: DataUse, then: string][] = [
  ['a disease under the one that the data are for', diseases('gut-cancer'), diseases('cancer'), 'approve'],
  ['a wider disease', diseases('cancer'), diseases('gut-cancer'), 'deny'],
  ['two diseases, one of them outside', diseases('gut-cancer', 'diabetes'), diseases('cancer'), 'deny'],
  ['a disease, on data for health', diseases('cancer'), health, 'approve'],
  ['a disease, on data for origins', diseases('cancer'), origins, 'deny'],
  ['health, on data for a disease', health, diseases('cancer'), 'deny'],
  ['health, on data for everything', health, all, 'approve'],
  ['general research, on data for health', all, health, 'deny'],
  ['origins, on data for health', origins, health, 'deny'],
  ['origins, on data for origins', origins, origins, 'approve'],
  ['methods, on data for a disease', methods, diseases('cancer'), 'approve'],
  ['methods, on data that exclude them', methods, { ...health, methodsResearch: false }, 'deny'],
  ['methods and more, of which one does not fit', { ...methods, ...health }, diseases('cancer'), 'deny'],
  ['no word of profit, on data without profit', health, { ...health, nonProfitUse: true }, 'deny'],
  ['without profit', { ...health, nonProfitUse: true }, { ...health, nonProfitUse: true }, 'approve'],
  ['for profit, on data that say nothing', { ...health, nonProfitUse: false }, health, 'approve'],
  ['nothing stated, on restricted data', {}, health, 'deny'],
  ['stigma, even where it would be refused', { ...all, stigmatizeDiseases: true }, health, 'abstain'],
  ['a question that is said not to be there', { ...health, controls: false, other: '' }, health, 'approve'],
  ['data that want a committee', health, { ...health, ethicsApprovalRequired: true }, 'abstain'],
  ['data with a member that nobody knows', health, { ...health, moonPhase: 'full' } as DataUse, 'abstain'],
]

for (const [given, purpose, dataset, then] of table)
  test(`given ${given}, then ${then}`, () => {
    const { result, reasons } = matchDataUse(purpose, dataset, ancestors)
    assert.equal(result, then)
    assert.ok(reasons.length > 0)
  })

const flag = fc.option(fc.boolean(), { nil: undefined })
const use: fc.Arbitrary<DataUse> = fc.record({
  ...{ generalUse: flag, hmbResearch: flag, populationOriginsAncestry: flag, methodsResearch: flag },
  ...{ nonProfitUse: flag, controls: flag },
  diseaseRestrictions: fc.subarray(['gut-cancer', 'cancer', 'diabetes']),
}) as fc.Arbitrary<DataUse>

test('asking for more is never answered more freely', () => {
  const rank = { approve: 0, abstain: 1, deny: 1 }
  fc.assert(
    fc.property(use, use, use, (purpose, more, dataset) => {
      const wider = { ...purpose }
      for (const [name, value] of Object.entries(more))
        if (value === true && name !== 'nonProfitUse') Object.assign(wider, { [name]: true })
      const stated = matchDataUse(purpose, dataset, ancestors).result
      const asked = purpose.generalUse || purpose.hmbResearch || purpose.methodsResearch
      if (!asked) return
      assert.ok(rank[matchDataUse(wider, dataset, ancestors).result] >= rank[stated])
    }),
  )
})

const faults: readonly [given: string, document: unknown, where: string][] = [
  ['no cases', { ancestors: {} }, 'f $.cases'],
  ['no ancestors', { cases: [] }, 'f $.ancestors'],
  ['a flag that is a word', oneCase({ generalUse: 'yes' }), 'f $.cases[0].purpose.generalUse'],
  [
    'a disease that is a number',
    oneCase({ diseaseRestrictions: [7] }),
    'f $.cases[0].purpose.diseaseRestrictions[0]',
  ],
  ['a list', [], 'f $'],
]
function oneCase(purpose: unknown) {
  return { ancestors: {}, cases: [{ id: 'a', purpose, dataset: {} }] }
}

for (const [given, document, where] of faults)
  test(`given ${given}, then the place is named and nothing is answered`, () => {
    const answer = matchDataUses(document, 'f')
    assert.equal(answer.ok ? '' : answer.error.where, where)
  })

test('cases are answered in their order', () => {
  const { ancestors, cases } = oneCase({ generalUse: true })
  const answers = expectOk(matchDataUses({ ancestors, cases: [...cases, { ...cases[0], id: 'b' }] }, 'f'))
  assert.deepEqual(
    answers.map(({ id }) => id),
    ['a', 'b'],
  )
})
