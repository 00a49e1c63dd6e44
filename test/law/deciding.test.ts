import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type NormBase, type Ruling, ruleOn } from '#law'
import { base, situation } from './situations.ts'

/**
 * For each norm a situation in which it matters. `decides`: without the norm the answer is another one. `joins`: others ask
 * the same there, and it is named beside them. `weighs`: a principle or recommendation that is cited.
 */
type Case = {
  readonly situation: { readonly [member: string]: unknown }
  readonly grade: 'decides' | 'joins' | 'weighs'
  readonly why: string
}
const folder = 'test/law/deciding'
const cases = new Map<string, Case>(
  readdirSync(folder).flatMap((file) =>
    Object.entries(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Record<string, Case>),
  ),
)

const without = (id: string): NormBase => ({
  ...base,
  norms: base.norms.filter((norm) => norm.id !== id),
  byId: new Map([...base.byId].filter(([other]) => other !== id)),
  concepts: new Map([...base.concepts].map(([name, list]) => [name, list.filter(({ norm }) => norm !== id)])),
})

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

for (const [id, { situation: facts, grade, why }] of cases) {
  test(`${id} ${grade}: ${why}`, () => {
    const ruling = ruleOn(situation({ id: 'deciding', ...facts }), base)
    const cited = ruling.norms.includes(id) || isNamed(id, ruling)
    assert.ok(base.byId.has(id), 'the norm is in the base')
    assert.ok(cited, `it is cited; cited are ${ruling.norms.join(' ')}`)
    if (grade === 'joins') assert.ok(isNamed(id, ruling), 'it stands beside a consent, duty, ban or burden')
    if (grade === 'decides') {
      const other = ruleOn(situation({ id: 'deciding', ...facts }), without(id))
      assert.notDeepEqual(answer(other), answer(ruling), 'without it the answer is another one')
    }
  })
}

test('every norm of the base has its situation', (t) => {
  const bare = [...base.byId.keys()].filter((id) => !cases.has(id))
  for (const wanted of ['decides', 'joins', 'weighs'])
    t.diagnostic(`${wanted}: ${[...cases.values()].filter(({ grade }) => grade === wanted).length}`)
  assert.deepEqual(bare, [])
})
