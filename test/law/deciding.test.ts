import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Ruling, ruleOn } from '#law'
import { decidingCases } from './decidingCases.ts'
import { base, situation, without } from './situations.ts'

const sorted = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).sort()

/** The answer without its citations, whatever their order. */
const answer = ({ outcome, mustTell, factsNeeded, notRequired, ...rest }: Ruling) => ({
  outcome,
  mustTell: [...mustTell].sort(),
  factsNeeded: [...factsNeeded].sort(),
  notRequired: [...notRequired].sort(),
  consents: sorted(
    rest.whoMustConsent.map(({ norms: _, ...demand }) => ({ ...demand, forms: sorted(demand.forms) })),
  ),
  duties: sorted(rest.duties.map(({ norms: _, ...duty }) => duty)),
  bans: rest.forbiddenBy.length,
  displaced: rest.displaced.length,
  burdens: sorted(rest.burdenOfProof.map(({ norms: _, ...burden }) => burden)),
})

const isNamed = (id: string, { whoMustConsent, duties, forbiddenBy, burdenOfProof, displaced }: Ruling) =>
  [...whoMustConsent, ...duties, ...burdenOfProof].some(({ norms }) => norms.includes(id)) ||
  forbiddenBy.some(({ norm }) => norm === id) ||
  displaced.some(({ norm, by }) => norm === id || by === id)

for (const [id, { situation: facts, grade, why }] of decidingCases) {
  test(`${id} ${grade}: ${why}`, () => {
    const ruling = ruleOn(situation({ id: 'deciding', ...facts }), base)
    const cited = ruling.norms.includes(id) || isNamed(id, ruling)
    assert.ok(base.byId.has(id), 'the norm is in the base')
    assert.ok(cited, `it is cited; cited are ${ruling.norms.join(' ')}`)
    if (grade === 'joins') assert.ok(isNamed(id, ruling), 'it stands beside a consent, duty, ban or burden')
    if (grade === 'decides') {
      const other = ruleOn(situation({ id: 'deciding', ...facts }), without([id]))
      assert.notDeepEqual(answer(other), answer(ruling), 'without it the answer is another one')
    }
  })
}

test('every norm of the base has its situation', (t) => {
  const bare = [...base.byId.keys()].filter((id) => !decidingCases.has(id))
  for (const wanted of ['decides', 'joins', 'weighs'])
    t.diagnostic(`${wanted}: ${[...decidingCases.values()].filter(({ grade }) => grade === wanted).length}`)
  assert.deepEqual(bare, [])
})
