import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { leafHash, parseProof } from '#evidence'
import { equalBytes, expectOk } from '#kernel'
import { openDataFolder } from '../../src/adapters/files/dataFolder.ts'
import { openEmbedded } from '../../src/adapters/postgres/embedded.ts'
import { exportedLeaf } from '../scenarios/exportedLeaf.ts'
import { freshFolder, habeas } from '../scenarios/habeas.ts'
import { ask, type RunningServer, startServer } from './running.ts'

const kills = Number(process.env['HABEAS_KILLS'] ?? 12)
const clients = 4

type Acknowledged = { readonly act: string; readonly files: Record<string, string> }

/** Asks one server again and again; what it was not answered is not acknowledged. */
async function load(server: () => RunningServer, until: () => boolean, said: Acknowledged[]): Promise<void> {
  for (let i = 0; !until(); i++) {
    const caseId = ['permitted', 'withdrawn'][i % 2]
    const answer = await ask(server(), 'POST', `api/cases/${caseId}/plans`, {}).catch(() => undefined)
    if (answer === undefined) await new Promise((resolve) => setTimeout(resolve, 20))
    else if (answer.status === 201 || answer.status === 403) said.push(acknowledged(answer.body))
    else assert.equal(answer.status, 503, JSON.stringify(answer.body))
  }
}

function acknowledged(body: Record<string, unknown>): Acknowledged {
  const { files } = body['receipt'] as { files: Record<string, string> }
  return { act: (body['act'] as { id: string }).id, files }
}

test(`${kills} times kill -9 of one of two servers under load: every acknowledged act is there once and provable`, async (t) => {
  const folder = freshFolder('two')
  const database = expectOk(await openDataFolder(join(folder, 'database')))
  const postgres = expectOk(await openEmbedded(database, { waitMs: 0, onProgress: () => {} }))
  t.after(() => postgres.close())
  const { host, user, password } = postgres.connection.config
  const env = { DATABASE_URL: `postgres://${user}:${password}@/postgres?host=${host}` }
  const data = join(folder, 'data')
  const start = () => startServer(['--port', '0', '--data', data], { env })
  const servers = [await start(), await start()]
  const said: Acknowledged[] = []
  let over = false
  const loads = Array.from({ length: clients }, (_, i) =>
    load(
      () => servers[i % 2]!,
      () => over,
      said,
    ),
  )
  for (let round = 0; round < kills; round++) {
    await new Promise((resolve) => setTimeout(resolve, 40 + ((round * 37) % 200)))
    await servers[round % 2]!.stop('SIGKILL')
    servers[round % 2] = await start()
  }
  over = true
  await Promise.all(loads)
  for (const server of servers) assert.equal(await server.stop(), 0)
  assert.ok(said.length > kills, `only ${said.length} acts were acknowledged`)

  const log = join(folder, 'log')
  const exported = habeas(['log', 'export', '--out', log, '--data', data, '--json'], env)
  assert.equal(exported.status, 0, exported.err)
  const indices = new Set<number>()
  for (const { files } of said) {
    const bytes = (name: string) => Buffer.from(files[name]!, 'base64')
    const { index } = expectOk(parseProof(bytes('receipt.tlog-proof').toString('utf8')))
    assert.ok(equalBytes(exportedLeaf(log, index), leafHash(bytes('leaf.bin'))), `entry ${index}`)
    indices.add(index)
  }
  assert.equal(indices.size, said.length, 'each acknowledged act has an index of its own')
  const root = new pg.Client(postgres.connection.config)
  await root.connect()
  root.on('error', () => undefined)
  const ids = said.map(({ act }) => act)
  const { rows } = await root.query<{ n: string }>(
    'select count(*) as n from habeas.acts where act_id = any($1)',
    [ids],
  )
  await root.end()
  assert.equal(Number(rows[0]!.n), said.length, 'and is stored once')
  t.diagnostic(`${said.length} acknowledged, ${JSON.parse(exported.out).size} entries in the log`)
  assert.ok(readFileSync(join(log, 'checkpoint')).length > 0)
})
