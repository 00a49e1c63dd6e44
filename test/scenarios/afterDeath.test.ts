import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { expectOk, type Instant, instantOf, type SubjectId, subjectId } from '#kernel'
import { ruleOn, type Situation } from '#law'
import { systemChance } from '../../src/adapters/chance.ts'
import { readNormBase } from '../../src/adapters/norms/readNorms.ts'
import { openStore } from '../../src/adapters/postgres/openStore.ts'
import {
  type ActedBy,
  type ActRequest,
  govern,
  operator,
  type Reason,
  type Store,
  type World,
} from '../../src/usecases/index.ts'
import { agreement, instant, permit, sha } from '../consent/agreements.ts'
import { freshFolder } from './habeas.ts'

const diedAt = instant('2026-06-01T12:00:00.000Z')
const [moment, day] = [1, 86_400_000]
const from = (milliseconds: number): Instant => instantOf(Date.parse(diedAt) + milliseconds)
let store: Store
let world: (now: Instant) => World
before(async () => {
  store = expectOk(await openStore({ dataFolder: freshFolder('after-death') }))
  const base = expectOk(await readNormBase('knowledge/law'))
  const lawbook = { sha256: base.sha256, rule: (situation: Situation) => ruleOn(situation, base) }
  world = (now) => ({ store, house: null, lawbook, chance: systemChance, clock: { now: () => now } })
})
after(() => store.close())

/** Research on what somebody left, in France: the law of 1978, 85, lets it be done unless they refused in writing. */
const research: Situation = {
  ...{ id: 'research', at: '2026-06-02' as Situation['at'], jurisdictions: ['FR'] },
  ...{ activity: 'research', purpose: 'research', recipient: null, emergency: null, request: null },
  data: { categories: ['health'], identifiability: 'identified', persons: 1 },
  subject: { age: 70, capacity: 'full', deceased: false, wishes: { directive: 'none', refuses: false } },
  actor: { id: 'clinic', kind: 'medical-institution', country: 'FR', role: 'handler' },
  ...{
    approvals: [{ kind: 'ethics-review', outcome: 'granted', on: '2026-01-02' as Situation['at'] }],
    intervention: null,
  },
}
const lookOfChild: Situation = {
  ...research,
  ...{ id: 'relative-look', activity: 'access-deceased', purpose: 'family-interest' },
  request: { right: 'deceased-access', by: 'child', refused: false },
}

/** Something that the person signed; a recipient's answer asks the law of nothing else. */
async function sign(subject: SubjectId, over: object): Promise<void> {
  const request: ActRequest = {
    ...{ kind: 'consent', subject, actor: 'test', by: operator, needs: [], inputs: {} },
    situation: {
      ...research,
      activity: 'access-own',
      purpose: 'service',
      actor: { id: 'p', kind: 'individual' },
    },
    ...{ under: 'own-right', hold: 'alone', death: null },
  }
  const signed = await govern(world(instant('2026-01-10')), request, async ({ act }, transaction) => {
    const said = agreement({ id: act.id, subject, signedAt: act.instant, jurisdictions: ['FR'], ...over })
    const signer = { ...said.signer, person: subject }
    await transaction.recordAgreement({ agreement: { ...said, signer }, sha256: sha('a') })
    return { value: undefined, outputs: new Map(), inputs: {} }
  })
  assert.equal(signed.kind, 'done', JSON.stringify(signed.kind === 'refused' && signed.denial.reasons))
}

type Asked = Partial<ActRequest> & { readonly now: Instant }
async function reasons(subject: SubjectId, { now, ...asked }: Asked): Promise<readonly Reason['kind'][]> {
  const request: ActRequest = {
    ...{ kind: 'research', subject, actor: 'test', by: operator, situation: research },
    ...{ under: 'house-rules', hold: 'shared', death: { at: diedAt }, needs: ['health'], inputs: {} },
    ...asked,
  }
  const done = await govern(world(now), request, async () => ({ value: 1, outputs: new Map(), inputs: {} }))
  return done.kind === 'done' ? [] : [...new Set(done.denial.reasons.map(({ kind }) => kind))].sort()
}

const choice = permit({
  ...{ item: 'research', purposes: ['research'], activities: ['research'], categories: ['health'] },
})

test('a moment before, at and after death: only what the person said goes on, even where the law asks for no consent', async () => {
  const no = { ...choice, effect: 'refuse' }
  const table: readonly (readonly [given: string, over: object | null, after: readonly string[]])[] = [
    ['goes-on', { provisions: [choice], afterDeath: 'as-before' }, []],
    ['stops', { provisions: [choice], afterDeath: 'stop' }, ['after-death']],
    ['not-asked', { provisions: [choice] }, ['after-death']],
    ['nothing', null, ['after-death']],
    ['no', { provisions: [no], afterDeath: 'as-before' }, ['after-death', 'choice-refused']],
  ]
  for (const [id, over, is] of table) {
    const subject = subjectId(`dead-${id}`)!
    if (over !== null) await sign(subject, over)
    const earlier = await reasons(subject, { now: from(-moment) })
    assert.ok(!earlier.includes('after-death'), `${id}: ${earlier}`)
    for (const now of [from(0), from(moment), from(day)])
      assert.deepEqual(await reasons(subject, { now }), is, `${id} ${now}`)
    const undated = await reasons(subject, { now: from(day), death: { at: null } })
    assert.ok(undated.includes('after-death'), id)
  }
})

test('a relative looks from the instant of death on, as long as the papers count at the instant of the act', async () => {
  const subject = subjectId('dead-kin')!
  const by = {
    ...{ kind: 'account', account: 'child', name: 'Child', method: 'code', role: 'representative' },
    ...{ relation: 'relative', organisation: null, actingFor: null, through: null },
    kin: { kinship: 'child', evidence: 'register', from: from(-day), until: from(day) },
  } as unknown as ActedBy
  const asked = { by, situation: lookOfChild, under: 'near-relative' } as const
  const lives = await reasons(subject, { ...asked, now: from(-moment) })
  assert.ok(lives.includes('no-relation'), String(lives))
  const table: readonly (readonly [now: Instant, over: Partial<ActRequest>, is: readonly string[]])[] = [
    [from(0), {}, []],
    [from(day - moment), {}, []],
    [from(day), {}, ['no-relation']],
    [from(0), { under: 'house-rules' }, ['after-death', 'no-relation', 'relatives-not-allowed']],
    [from(0), { under: 'own-right' }, ['no-relation']],
    [from(0), { needs: ['health', 'genetic'] }, ['outside-permit']],
  ]
  for (const [now, over, is] of table)
    assert.deepEqual(await reasons(subject, { ...asked, ...over, now }), is, `${now} ${JSON.stringify(over)}`)
})

test('what genes say of relatives keeps its own rule: death opens nothing of it', async () => {
  const subject = subjectId('dead-genes')!
  await sign(subject, { provisions: [choice], afterDeath: 'as-before' })
  const situation: Situation = {
    ...research,
    ...{ activity: 'inform-relative', purpose: 'family-interest' },
    data: { categories: ['genetic', 'health', 'relatives'], identifiability: 'identified', persons: 1 },
  }
  const found = await reasons(subject, { now: from(day), situation, needs: ['genetic', 'relatives'] })
  assert.ok(found.includes('relatives-not-allowed') && found.includes('after-death'), String(found))
})
