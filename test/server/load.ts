import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { leafHash, parseProof } from '#evidence'
import { equalBytes, expectOk } from '#kernel'
import { exportedLeaf } from '../scenarios/exportedLeaf.ts'
import { freshFolder, habeas } from '../scenarios/habeas.ts'
import { ask, type RunningServer } from './running.ts'
import { cookieOf } from './signedIn.ts'

type Acknowledged = { readonly act: string; readonly files: Record<string, string> }

/** What clients were told, and how often they were told anything else. */
export type Said = { readonly acts: Acknowledged[]; readonly codes: Map<string, number> }

export type Load = { readonly said: Said; end(): Promise<void> }

/** Before anything goes away: those as whom the load asks. */
export async function signInFirst(server: RunningServer): Promise<void> {
  for (const name of ['zhao.ming', 'sun.ke']) await cookieOf(server, name)
}

/** Clients that ask again and again; what they are not answered is not acknowledged. Each failure must be one of these. */
export function startLoad(
  servers: () => readonly RunningServer[],
  clients: number,
  allowed: readonly string[],
): Load {
  const said: Said = { acts: [], codes: new Map() }
  let over = false
  const client = async (which: number): Promise<void> => {
    for (let i = 0; !over; i++) {
      const all = servers()
      const code = await askOnce(all[which % all.length]!, i, said.acts)
      if (code === undefined) continue
      said.codes.set(code, (said.codes.get(code) ?? 0) + 1)
      assert.ok(allowed.includes(code), code)
      await sleep(20)
    }
  }
  const clientsDone = Array.from({ length: clients }, (_, which) => client(which))
  const done = Promise.all(clientsDone)
  // It is looked at when the load ends; until then a failure must not end the process.
  done.catch(() => undefined)
  const end = async () => {
    over = true
    await done
  }
  return { said, end }
}

/** The code of the problem; undefined when it was acknowledged. */
async function askOnce(server: RunningServer, i: number, acts: Acknowledged[]): Promise<string | undefined> {
  const caseId = ['permitted', 'withdrawn'][i % 2]
  const answer = await ask(server, 'POST', `api/cases/${caseId}/plans`, {}).catch(() => undefined)
  if (answer === undefined) return 'no answer'
  const { status, body } = answer
  if (status === 201 || body['code'] === 'denied') {
    const { files } = body['receipt'] as { files: Record<string, string> }
    acts.push({ act: (body['act'] as { id: string }).id, files })
    return undefined
  }
  assert.ok(status === 503 || status === 507, JSON.stringify(body))
  return String(body['code'])
}

type Where = {
  readonly data: string
  readonly env?: Record<string, string>
  readonly database: pg.ClientConfig
}

/** Every acknowledged act is stored once, and is in the exported log under an index of its own. Answers the log's size. */
export async function assertAllThere({ acts }: Said, { data, env = {}, database }: Where): Promise<number> {
  const log = join(freshFolder('log'), 'log')
  const exported = habeas(['log', 'export', '--out', log, '--data', data, '--json'], env)
  assert.equal(exported.status, 0, exported.err)
  const indices = new Set<number>()
  for (const { files } of acts) {
    const bytes = (name: string) => Buffer.from(files[name]!, 'base64')
    const { index } = expectOk(parseProof(bytes('receipt.tlog-proof').toString('utf8')))
    assert.ok(equalBytes(exportedLeaf(log, index), leafHash(bytes('leaf.bin'))), `entry ${index}`)
    indices.add(index)
  }
  assert.equal(indices.size, acts.length, 'each acknowledged act has an index of its own')
  const root = new pg.Client(database)
  await root.connect()
  root.on('error', () => undefined)
  const sql = 'select count(*) as n from habeas.acts where act_id = any($1)'
  const { rows } = await root.query<{ n: string }>(sql, [acts.map(({ act }) => act)])
  await root.end()
  assert.equal(Number(rows[0]!.n), acts.length, 'and is stored once')
  return JSON.parse(exported.out).size
}

/** Asks until it is answered so; how long that took, in milliseconds. */
export async function until(
  what: string,
  isSo: () => Promise<boolean>,
  patienceMs = 60_000,
): Promise<number> {
  const begun = Date.now()
  while (!(await isSo())) {
    assert.ok(Date.now() - begun < patienceMs, `never: ${what}`)
    await sleep(50)
  }
  return Date.now() - begun
}

export const statusOf = (server: RunningServer, path: string): Promise<number> =>
  ask(server, 'GET', path).then(
    ({ status }) => status,
    () => 0,
  )
