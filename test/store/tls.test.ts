import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { TLSSocket } from 'node:tls'
import { openStore } from '../../src/adapters/postgres/openStore.ts'
import { habeas } from '../scenarios/habeas.ts'
import { selfSigned } from './certificate.ts'
import { temporaryFolder } from './fixture.ts'

const sslRequest = 80_877_103

/** As much of PostgreSQL as comes before a password: asked for TLS, it begins with this certificate or says that it has none. */
async function startImpostor(t: TestContext, certificate: { key: string; cert: string } | undefined) {
  const told: string[] = []
  const listen = (socket: Socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (asked: Buffer) => {
      if (asked.readInt32BE(4) !== sslRequest) return void told.push(asked.toString('latin1'))
      if (certificate === undefined) return void socket.end('N')
      socket.write('S')
      const secured = new TLSSocket(socket, { isServer: true, ...certificate })
      secured
        .on('error', () => undefined)
        .once('data', (startup: Buffer) => {
          told.push(startup.toString('latin1'))
          secured.destroy()
        })
    })
  }
  const server = createServer(listen).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return { port: (server.address() as AddressInfo).port, told }
}

const named = selfSigned('localhost')
const numbered = selfSigned('127.0.0.1')
const other = selfSigned('db.example')
type Row = readonly [
  given: string,
  at: string,
  certificate: typeof named | undefined,
  trusted: string | undefined,
  told: boolean,
]
const table: readonly Row[] = [
  ['a certificate of its name, by who is trusted', 'localhost', named, named.cert, true],
  ['a certificate of its number, by who is trusted', '127.0.0.1', numbered, numbered.cert, true],
  ['a certificate by who is not trusted', 'localhost', named, undefined, false],
  ['a certificate by somebody else than who is trusted', 'localhost', named, other.cert, false],
  ['a certificate of another name', 'localhost', other, other.cert, false],
  ['a certificate of a name where a number was asked', '127.0.0.1', named, named.cert, false],
  ['no TLS at all', 'localhost', undefined, named.cert, false],
]
for (const [given, at, certificate, trusted, told] of table) {
  test(`sslmode=verify-full, ${given}: ${told ? 'it learns who comes' : 'it learns nothing'}`, async (t) => {
    const impostor = await startImpostor(t, certificate)
    const folder = await temporaryFolder(t)
    const authority = join(folder, 'authority.pem')
    if (trusted !== undefined) await writeFile(authority, trusted)
    const more = trusted === undefined ? '' : `&sslrootcert=${authority}`
    const databaseUrl = `postgres://clinic:secret@${at}:${impostor.port}/clinic?sslmode=verify-full${more}`
    const store = await openStore({ dataFolder: join(folder, 'data'), databaseUrl })
    assert.ok(!store.ok)
    assert.deepEqual(
      [store.error.code, store.error.kind, store.error.where],
      [told ? 'store.unavailable' : 'store.not-verified', 'surroundings', 'DATABASE_URL'],
    )
    assert.equal(impostor.told.length > 0, told)
    assert.equal(impostor.told.join().includes('clinic'), told)
  })
}

test('a database on another machine without verify-full: said before anything is sent, with exit 2', async (t) => {
  const folder = await temporaryFolder(t)
  const env = { DATABASE_URL: 'postgres://clinic:secret@192.0.2.7/clinic?sslmode=require' }
  const refused = habeas(['account', 'list', '--data', join(folder, 'data')], env)
  assert.equal(refused.status, 2, refused.err)
  assert.match(refused.err, /DATABASE_URL: found .*without sslmode=verify-full.*\[store\.not-verified\]/s)
  assert.doesNotMatch(refused.err, /secret@192|192\.0\.2\.7/)
})
