import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { freshFolder } from '../scenarios/habeas.ts'
import { statusOf } from './load.ts'
import { openSocket, portOf, type RawAnswer, sendRaw, untilClosed } from './raw.ts'
import { ask, type RunningServer, startServer } from './running.ts'
import { cookieOf } from './signedIn.ts'

let server: RunningServer
let port: number
/** Headers of the person whom the case is about. */
let signed: string
before(async () => {
  server = await startServer(['--demo', '--port', '0', '--data', `${freshFolder('rough')}/data`])
  port = portOf(server.address)
  const { host, origin } = new URL(server.address)
  signed = `host: ${host}\r\norigin: ${origin}\r\ncookie: ${await cookieOf(server, 'sun.ke')}\r\n`
})
after(() => server.stop())

/** Requests and headers arrive within 20 s or are cut off; looked for every 2 s, on a machine that may be busy. */
const cutOffMs = 40_000

const post = (more: string) =>
  `POST /api/cases/withdrawn/plans HTTP/1.1\r\n${signed}content-type: application/json\r\n${more}\r\n`

function assertRefused({ status, headers, body }: RawAnswer, allowed: readonly number[]): void {
  if (status === 0) return
  assert.ok(allowed.includes(status), `${status} ${body}`)
  assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/)
}

/** Sends a piece, then one byte a second until the other side has had enough. */
async function trickle(head: string, piece: string): Promise<RawAnswer> {
  const socket = await openSocket(port)
  const closed = untilClosed(socket)
  socket.write(head)
  const timer = setInterval(() => socket.write(piece), 1000)
  const answer = await closed
  clearInterval(timer)
  return answer
}

test('who sends too slowly, or less than announced, is cut off in time', async () => {
  const begun = Date.now()
  const answers = await Promise.all([
    trickle('GET /healthz HTTP/1.1\r\nhost: localhost\r\n', 'x: 1\r\n'),
    trickle('GET /hea', 'l'),
    trickle(post('content-length: 60000\r\n'), ' '),
    trickle(post('transfer-encoding: chunked\r\n'), '1\r\n \r\n'),
    trickle(`${post('content-length: 20\r\n')}{}`, ''),
    trickle('', ''),
  ])
  assert.ok(Date.now() - begun < cutOffMs, `only after ${Date.now() - begun} ms`)
  for (const answer of answers) assertRefused(answer, [408])
  assert.ok(
    answers.some(({ status }) => status === 408),
    'it is said why',
  )
  assert.equal(await statusOf(server, 'healthz'), 200)
})

test('more than announced, and garbage behind a request or in place of one, is refused; the server lives', async () => {
  const both = await sendRaw(port, `${post('content-length: 2\r\n')}{}${'garbage '.repeat(9)}\r\n\r\n`)
  assert.ok([0, 403].includes(both.status), 'no answer to what came behind is taken for the first one’s')
  const chunks = post('transfer-encoding: chunked\r\n')
  assertRefused(await sendRaw(port, `${chunks}zz\r\n{}\r\n`), [400])
  assertRefused(await sendRaw(port, `${chunks}20000\r\n${'x'.repeat(0x20000)}\r\n0\r\n\r\n`), [400, 413])
  assertRefused(await sendRaw(port, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), [400, 404, 421])
  assertRefused(await sendRaw(port, Buffer.from('16030100c8010000c40303', 'hex')), [400])
  const noise = fc.uint8Array({ minLength: 1, maxLength: 400 })
  const refuses = async (bytes: Uint8Array) => {
    assertRefused(await sendRaw(port, Buffer.concat([bytes, Buffer.from('\r\n\r\n')])), [400, 431])
  }
  await fc.assert(fc.asyncProperty(noise, refuses), { seed: 1, numRuns: 100 })
  assert.equal(await statusOf(server, 'readyz'), 200)
})

const slowest = (times: readonly number[]): number => Math.max(...times)

async function timesToAnswer(count: number): Promise<number[]> {
  const times = []
  for (let i = 0; i < count; i++) {
    const begun = performance.now()
    assert.equal(await statusOf(server, i % 2 ? 'readyz' : 'api/cases/permitted'), 200)
    times.push(performance.now() - begun)
  }
  return times
}

const memory = async (): Promise<number> =>
  Number(
    /^habeas_resident_bytes (\d+)/m.exec(String((await ask(server, 'GET', 'metrics')).body['text']))?.[1],
  )

/** Generous, since other programs may be using this machine: what it catches takes minutes. */
const promptMs = 60_000

test('readers who do not read hold up nobody else, and are not read from without end', async (t) => {
  const before = await memory()
  const many = 'GET /api/openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(2000)
  const sockets = await Promise.all(Array.from({ length: 20 }, () => openSocket(port)))
  for (const socket of sockets)
    socket
      .on('error', () => undefined)
      .pause()
      .write(many)
  await sleep(500)
  const times = await timesToAnswer(40)
  const grown = (await memory()) - before
  for (const socket of sockets) socket.destroy()
  t.diagnostic(`slowest other answer ${Math.round(slowest(times))} ms, ${Math.round(grown / 1e6)} MB more`)
  assert.ok(slowest(times) < promptMs)
  assert.ok(grown < 400e6, 'answers nobody reads are not all made')
})

const wantedIdle = 10_000

/** As many as the system lets us have, in batches that fit the queue of those who wait to be let in. */
async function openMany(count: number): Promise<Socket[]> {
  const sockets: Socket[] = []
  while (sockets.length < count) {
    const batch = Array.from({ length: Math.min(250, count - sockets.length) }, () => openSocket(port))
    const opened = (await Promise.allSettled(batch)).flatMap((one) =>
      one.status === 'fulfilled' ? [one.value] : [],
    )
    for (const socket of opened) socket.on('error', () => undefined)
    sockets.push(...opened)
    if (opened.length < batch.length) break
  }
  return sockets
}

test(`${wantedIdle} connections that say nothing: others are answered promptly, and they are closed in time`, async (t) => {
  const before = await memory()
  const sockets = await openMany(wantedIdle)
  const closed = sockets.map(
    (socket) => new Promise<void>((resolve) => socket.resume().once('close', () => resolve())),
  )
  const each = ((await memory()) - before) / sockets.length
  const times = await timesToAnswer(20)
  const open = sockets.filter((socket) => !socket.closed).length
  t.diagnostic(
    `${sockets.length} idle (${open} still open after), ${Math.round(each)} bytes each; slowest other answer ${Math.round(slowest(times))} ms`,
  )
  assert.ok(slowest(times) < promptMs)
  await Promise.race([Promise.all(closed), sleep(cutOffMs, undefined, { ref: false })])
  assert.equal(sockets.filter((socket) => !socket.closed).length, 0, 'all closed in time')
  assert.equal(await statusOf(server, 'readyz'), 200)
})

test('a connection that is kept alive for nothing is closed', async () => {
  const socket = await openSocket(port)
  const closed = untilClosed(socket)
  socket.write('GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n')
  const begun = Date.now()
  assert.equal((await closed).status, 200)
  assert.ok(Date.now() - begun > 20_000 && Date.now() - begun < 50_000)
})

test('more connections than there are files for are closed as they come, and the server goes on', async (t) => {
  const few = await startServer(['--demo', '--port', '0', '--data', `${freshFolder('few')}/data`], {
    before: ['sh', '-c', 'ulimit -n 400; exec "$@"', 'sh'],
  })
  t.after(() => few.stop())
  const sockets = await Promise.all(Array.from({ length: 300 }, () => openSocket(portOf(few.address))))
  for (const socket of sockets) socket.on('error', () => undefined).resume()
  await sleep(500)
  const open = sockets.filter((socket) => !socket.closed).length
  assert.ok(open > 100 && open <= 144, `${open} are open`)
  for (const socket of sockets) socket.destroy()
  await sleep(200)
  assert.equal((await ask(few, 'POST', 'api/cases/permitted/plans', {})).status, 201)
})
