import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import pg from 'pg'
import { noDebian, startDebian } from './debian.ts'

/** Runs test files in a process of their own; what they said, and how they ended. */
async function runTests(files: readonly string[], env: Readonly<Record<string, string>>) {
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env
  const args = ['--import', 'tsx', '--conditions=source', '--test', '--test-reporter=tap', ...files]
  const child = spawn(process.execPath, args, {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text
  })
  const [status] = await once(child, 'close')
  const passed = Number(/^# pass (\d+)$/m.exec(said)?.[1] ?? 0)
  const failed = said.split('\n').filter((line) => /^\s*not ok/.test(line))
  return { status, passed, failed }
}

test('the server’s tests are the same on Debian’s PostgreSQL', { skip: noDebian }, async (t) => {
  const server = await startDebian(t)
  const root = new pg.Client({ connectionString: server.urlOf('postgres', '', 'postgres') })
  await root.connect()
  await root.query('create database fresh')
  await root.end()
  const DATABASE_URL = server.urlOf('postgres', '', 'fresh')
  const { status, passed, failed } = await runTests(['test/server/api.test.ts'], { DATABASE_URL })
  assert.deepEqual([status, failed], [0, []])
  t.diagnostic(`${passed} passed there`)
})

test('the store’s tests are the same on Debian’s PostgreSQL', { skip: noDebian }, async (t) => {
  const server = await startDebian(t, 'habeas')
  const files = ['log', 'tables', 'withdrawals'].map((name) => `test/store/${name}.test.ts`)
  const { status, passed, failed } = await runTests(files, {
    HABEAS_TEST_SERVER: server.urlOf('habeas', '', 'postgres'),
  })
  assert.deepEqual([status, failed], [0, []])
  t.diagnostic(`${passed} passed there`)
})
