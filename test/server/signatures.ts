import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { disclosureElements } from '#vocabulary'
import { demoForm } from '../../src/adapters/demo/demoForm.ts'
import { freshFolder } from '../scenarios/habeas.ts'
import { type Answer, ask, type RunningServer } from './running.ts'
import { SoftPasskey } from './softPasskey.ts'

/** A passkey of somebody who is signed in, known to the server. */
export async function addSoftPasskey(server: RunningServer, who: string): Promise<SoftPasskey> {
  const passkey = new SoftPasskey(new URL(server.address).origin)
  const { body } = await ask(server, 'POST', 'api/passkeys/options', {}, who)
  const response = passkey.registration(String(body['challenge']))
  const added = await ask(server, 'POST', 'api/passkeys', { label: 'soft', response }, who)
  assert.equal(added.status, 201)
  return passkey
}

/** What the passkey is asked before this is signed. */
export const askSignature = (
  server: RunningServer,
  caseId: string,
  who: string,
  body: unknown,
): Promise<Answer> => ask(server, 'POST', `api/cases/${caseId}/agreements/signature`, body, who)

export const outputsOf = ({ body }: Answer): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries((body['receipt'] as { outputs: Record<string, string> }).outputs).map(([name, text]) => [
      name,
      JSON.parse(Buffer.from(text, 'base64').toString()),
    ]),
  )

/** What the program says that stands in the document for strangers, with nothing of ours around it. */
export function checkAsStranger(signature: unknown): {
  readonly status: number | null
  readonly out: string
} {
  const folder = freshFolder('stranger')
  const [, program] = /```js\n([\s\S]*?)```/.exec(readFileSync('docs/signatures.md', 'utf8'))!
  const [script, file] = [join(folder, 'check.mjs'), join(folder, 'signature.json')]
  writeFileSync(script, program!)
  writeFileSync(file, JSON.stringify(signature))
  const { status, stdout } = spawnSync(process.execPath, [script, file], { cwd: folder, encoding: 'utf8' })
  return { status, out: stdout }
}

const [item] = demoForm.items
/** A form for whose one choice the law wants writing. */
export const researchForm: typeof demoForm = {
  ...demoForm,
  title: { en: 'Research on your genes', zh: '对您基因的研究' },
  sections: disclosureElements.map((element) => ({ element, text: { en: 'Told.', zh: '已告知。' } })),
  items: [{ ...item!, id: 'research', activities: ['research'], purposes: ['research'] }],
}

/** Two stewards of the demo lay it down: its id and digest. */
export async function layDown(server: RunningServer, content: unknown): Promise<string> {
  const because = 'A test needs it.'
  const rules = 'api/house-rules'
  const proposed = await ask(server, 'POST', rules, { content, because, replaces: null }, 'chen.hua')
  const id = String(proposed.body['id'])
  const confirmed = await ask(server, 'POST', `${rules}/${id}/confirmation`, { because }, 'fang.yu')
  assert.deepEqual([proposed.status, confirmed.status], [201, 200])
  return id
}
