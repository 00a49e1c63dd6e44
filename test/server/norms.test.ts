import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { freshFolder, habeas } from '../scenarios/habeas.ts'
import { ask, type RunningServer, startServer } from './running.ts'

const norms = freshFolder('norms')
const file = `${norms}/CN-PIPL.yaml`
let server: RunningServer
before(async () => {
  cpSync('knowledge/law', norms, { recursive: true })
  server = await startServer(['--demo', '--port', '0', '--norms', norms])
})
after(() => server.stop())

type Law = {
  readonly sha256: string
  readonly refused: { readonly code: string; readonly where: string } | null
}
const lawOf = async () => (await ask(server, 'GET', 'readyz')).body['law'] as Law
const plan = async () => (await ask(server, 'POST', 'api/cases/no-separate-consent/plans', {})).body

/** The server reads when it is told to; what it says changes when it has. */
async function tell(until: (law: Law) => boolean): Promise<Law> {
  server.process.kill('SIGUSR2')
  for (let i = 0; i < 200; i++) {
    const law = await lawOf()
    if (until(law)) return law
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the server never read the norms again')
}

test('a base with a flaw is refused with file and line; the last good one stays in use, and the server says so', async () => {
  const first = await lawOf()
  const text = readFileSync(file, 'utf8')
  const flaws: [change: (text: string) => string, code: string][] = [
    [(good) => good.replace('effect: require', 'effect: perhaps'), 'norms.code'],
    [(good) => good.replace('is: processing', 'is: processing, activity: nothing'), 'norms.code'],
    [(good) => good.replace('- id: CN-PIPL-13', '- id: CN-PIPL-4'), 'norms.duplicate'],
    [(good) => `${good}  - nonsense`, 'norms.shape'],
  ]
  for (const [change, code] of flaws) {
    writeFileSync(file, change(text))
    const law = await tell(({ refused }) => refused?.code === code)
    assert.match(law.refused!.where, /^CN-PIPL\.yaml:\d+$/)
    assert.equal(law.sha256, first.sha256)
    assert.equal((await plan())['decision'], 'denial')
    writeFileSync(file, text)
    assert.equal((await tell(({ refused }) => refused === null)).sha256, first.sha256)
  }
  assert.match(server.log(), /the last good ones are kept/)
})

test('a sound change is in use from then on, and the evidence names the base that ruled', async () => {
  const before = await lawOf()
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace(/ en: (?=[A-Z])/, ' en: Also '))
  const law = await tell(({ sha256 }) => sha256 !== before.sha256)
  const { files } = (await plan())['receipt'] as { files: Record<string, string> }
  const opening = JSON.parse(Buffer.from(files['opening.json']!, 'base64').toString('utf8'))
  assert.equal(opening.payload.norms, law.sha256)
})

test('a server does not start on a base with a flaw', () => {
  const folder = freshFolder('flawed')
  cpSync('knowledge/law', folder, { recursive: true })
  const path = `${folder}/CN-DAL.yaml`
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(/when: .*/, 'when: { subject.age: { atLeast: 9, below: 3 } }'),
  )
  const refused = habeas(['start', '--demo', '--port', '0', '--norms', folder])
  assert.equal(refused.status, 2)
  assert.match(refused.err, /CN-DAL\.yaml:\d+: .*\[norms\.unreachable\]/)
})
