import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { bornBefore, startFamilyServer } from './family.ts'
import { ask, type RunningServer } from './running.ts'
import { lookAt, no, type Said, sign, signingOf, yes } from './signing.ts'

const patients = [
  { id: 'seven', subject: { bornOn: bornBefore(8, 1) } },
  { id: 'eight', subject: { bornOn: bornBefore(8) } },
  { id: 'thirteen', subject: { bornOn: bornBefore(14, 1) } },
  { id: 'fourteen', subject: { bornOn: bornBefore(14) } },
  { id: 'ageless', subject: { capacity: 'none' } },
  { id: 'ill', subject: { bornOn: bornBefore(70), capacity: 'none' } },
  { id: 'well', subject: { bornOn: bornBefore(70), capacity: 'full' } },
  { id: 'unsure', subject: { bornOn: bornBefore(70) } },
  { id: 'dead', subject: { bornOn: bornBefore(9), deceased: true, conscious: false } },
  { id: 'contested', subject: { bornOn: bornBefore(6) } },
]
const signatories = [
  { name: 'p.seven', for: 'seven', papers: 'parent' },
  { name: 'p.eight', for: 'eight', papers: 'parent' },
  { name: 'eight', for: 'eight' },
  { name: 'p.thirteen', for: 'thirteen', papers: 'parent' },
  { name: 'p.fourteen', for: 'fourteen', papers: 'parent' },
  { name: 'fourteen', for: 'fourteen' },
  { name: 'p.ageless', for: 'ageless', papers: 'guardian' },
  { name: 'a.ill', for: 'ill', papers: 'mandate' },
  { name: 'g.ill', for: 'ill', papers: 'court-order' },
  { name: 'x.ill', for: 'ill', papers: '' },
  { name: 'g.well', for: 'well', papers: 'guardian' },
  { name: 'g.unsure', for: 'unsure', papers: 'guardian' },
  { name: 'a.seven', for: 'seven', papers: 'mandate' },
  { name: 'dead', for: 'dead' },
  { name: 'p.dead', for: 'dead', papers: 'parent' },
  { name: 'm.contested', for: 'contested', papers: 'parent' },
  { name: 'f.contested', for: 'contested', papers: 'parent' },
]

let server: RunningServer
before(async () => {
  server = await startFamilyServer(patients, signatories)
})
after(() => server.stop())

type Voice = 'assents' | 'refuses' | 'not-able' | undefined
async function say(caseId: string, who: string, said: Said, voice: Voice) {
  const signing = await signingOf(server, caseId, who, said)
  const unable =
    voice === 'not-able' ? { because: 'illness', words: 'Asleep since the operation.' } : undefined
  return sign(server, caseId, who, voice === undefined ? signing : { ...signing, voice, unable })
}

type Row = readonly [
  given: string,
  caseId: string,
  who: string,
  said: Said,
  voice: Voice,
  status: number,
  code?: string,
]
const table: readonly Row[] = [
  ['a parent of a child of 7 on its last day', 'seven', 'p.seven', yes, undefined, 201],
  ['a mandate for a child', 'seven', 'a.seven', yes, undefined, 403, 'consent.signer.agent-for-a-child'],
  ['a child who is 8 today, not asked', 'eight', 'p.eight', yes, undefined, 403, 'consent.signer.not-heard'],
  ['a child of 8 by itself', 'eight', 'eight', yes, undefined, 403, 'consent.signer.too-young'],
  ['a child of 8 who was asked', 'eight', 'p.eight', yes, 'refuses', 201],
  ['the last day of being 13', 'thirteen', 'p.thirteen', yes, 'assents', 201],
  [
    'one who is 14 today decides on information',
    'fourteen',
    'p.fourteen',
    yes,
    'assents',
    422,
    'consent.choices',
  ],
  // Care is the guardian's to decide and information is theirs: a form for both waits for the second signature (coSigning.test.ts).
  ['one who is 14 today, by themself', 'fourteen', 'fourteen', yes, undefined, 201],
  ['one who is 14 today and says no', 'fourteen', 'fourteen', no, undefined, 201],
  ['nobody knows how old', 'ageless', 'p.ageless', yes, undefined, 403, 'consent.age-unknown'],
  ['papers that nobody has looked at', 'ill', 'x.ill', yes, 'not-able', 403, 'consent.papers-unknown'],
  ['an adult who cannot decide, not asked', 'ill', 'g.ill', yes, undefined, 403, 'consent.signer.not-heard'],
  ['an adult who cannot decide', 'ill', 'g.ill', yes, 'not-able', 201],
  ['an adult who can', 'well', 'g.well', yes, 'assents', 403, 'consent.signer.person-decides'],
  [
    'an adult of whom nobody knows whether they can',
    'unsure',
    'g.unsure',
    yes,
    'assents',
    403,
    'consent.capacity-unknown',
  ],
  ['one parent says no', 'contested', 'm.contested', no, undefined, 201],
  ['the other says yes', 'contested', 'f.contested', yes, undefined, 403, 'consent.guardians-disagree'],
]

for (const [given, caseId, who, said, voice, status, code] of table)
  test(`given ${given}: ${code ?? 'signed'}`, async () => {
    const earlier = (await lookAt(server, caseId, who)).agreements.length
    const answer = await say(caseId, who, said, voice)
    assert.deepEqual([answer.status, answer.body['code']], [status, code])
    const { agreements } = await lookAt(server, caseId, who)
    assert.equal(agreements.length, earlier + (status === 201 ? 1 : 0), 'what is refused leaves nothing')
  })

test('who looks is told for whom, as what and whether the person is asked', async () => {
  const table = [
    ['eight', 'p.eight', 'guardian', 'parent', true, null],
    ['seven', 'p.seven', 'guardian', 'parent', false, null],
    ['fourteen', 'fourteen', 'self', 'self', false, null],
    ['ill', 'x.ill', 'nobody', null, false, 'consent.papers-unknown'],
    ['ageless', 'p.ageless', 'nobody', null, false, 'consent.age-unknown'],
  ] as const
  for (const [caseId, who, as, relation, asksVoice, because] of table) {
    const { standing } = await lookAt(server, caseId, who)
    assert.deepEqual(standing, { as, relation, until: null, asksVoice, because }, who)
  }
})

test('what was signed says who signed it, and what the person said', async () => {
  const { agreements } = await lookAt(server, 'eight', 'p.eight')
  const { signer, voice } = agreements.at(-1)!
  assert.deepEqual([signer, voice], [{ as: 'guardian', relation: 'parent', until: null }, 'refuses'])
})

test('given a person who could not be asked, when no fitting reason is said, then nothing is signed', async () => {
  const signing = await signingOf(server, 'ill', 'g.ill', yes)
  const before = (await lookAt(server, 'ill', 'g.ill')).agreements
  assert.deepEqual(before.at(-1)?.unable, { because: 'illness', words: 'Asleep since the operation.' })
  const words = 'x'
  const table: readonly [voice: string, unable: object | undefined, status: number, code: string][] = [
    ['not-able', undefined, 422, 'consent.voice-reason'],
    ['not-able', { because: 'illness', words: ' \n ' }, 422, 'consent.voice-reason'],
    ['not-able', { because: 'too-young', words }, 422, 'consent.voice-reason'],
    ['assents', { because: 'illness', words }, 422, 'consent.voice-reason'],
    ['not-able', { because: 'illness' }, 400, 'request.shape'],
    ['not-able', { because: 'bored', words }, 400, 'request.shape'],
    ['not-able', { because: 'other', words: 'x'.repeat(501) }, 400, 'request.shape'],
  ]
  for (const [voice, unable, status, code] of table) {
    const answer = await sign(server, 'ill', 'g.ill', { ...signing, voice, unable })
    assert.deepEqual([answer.status, answer.body['code']], [status, code], JSON.stringify(unable))
  }
  assert.deepEqual((await lookAt(server, 'ill', 'g.ill')).agreements, before)
})

test('given a person who has died, when their account or whoever acted for them asks, then each is told that it ended', async () => {
  const reasons = [{ kind: 'no-relation', relation: 'ended-by-death' }]
  for (const who of ['dead', 'p.dead'])
    for (const [method, path, sent] of [
      ['GET', 'agreements', undefined],
      ['GET', 'account', undefined],
      ['POST', 'withdrawals', { purposes: null }],
    ] as const) {
      const { status, body } = await ask(server, method, `api/cases/dead/${path}`, sent, who)
      assert.equal(status, 403, `${who} ${path}`)
      assert.deepEqual(
        (body['reasons'] as readonly { kind: string }[]).filter(({ kind }) => kind === 'no-relation'),
        reasons,
      )
    }
})
