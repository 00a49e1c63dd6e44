import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flawOfDatabaseUrl } from './databaseUrl.ts'

const bad = 'store.bad-url'
const unsafe = 'store.not-verified'
const table: readonly (readonly [given: string, url: string, code: string | undefined])[] = [
  ['a socket', 'postgres://u:s@/db?host=/run/postgresql', undefined],
  ['a socket, encoded', 'postgres://u:s@%2Frun%2Fpostgresql/db', undefined],
  ['this machine', 'postgres://u:s@localhost/db', undefined],
  ['this machine by number', 'postgresql://u:s@127.0.0.1:5433/db', undefined],
  ['this machine by its long number', 'postgres://u:s@[::1]/db', undefined],
  ['this machine without TLS', 'postgres://u:s@localhost/db?sslmode=disable', undefined],
  ['another machine, verified', 'postgres://u:s@db.example/db?sslmode=verify-full', undefined],
  ['another machine by number, verified', 'postgres://u:s@192.0.2.7/db?sslmode=verify-full', undefined],
  ['another machine', 'postgres://u:s@db.example/db', unsafe],
  ['another machine by number', 'postgres://u:s@192.0.2.7/db', unsafe],
  ['another machine, named in the query', 'postgres://u:s@localhost/db?host=db.example', unsafe],
  ['a name that begins like this machine', 'postgres://u:s@localhost.example/db', unsafe],
  ['a name that begins like its number', 'postgres://u:s@127.0.0.1.example/db', unsafe],
  ['no TLS', 'postgres://u:s@db.example/db?sslmode=disable', unsafe],
  ['TLS if there is', 'postgres://u:s@db.example/db?sslmode=prefer', unsafe],
  ['TLS with anybody', 'postgres://u:s@db.example/db?sslmode=no-verify', unsafe],
  ['TLS', 'postgres://u:s@db.example/db?sslmode=require', unsafe],
  ['TLS with any name', 'postgres://u:s@db.example/db?sslmode=verify-ca', unsafe],
  ['TLS by another word', 'postgres://u:s@db.example/db?ssl=true', unsafe],
  ['TLS with anybody, by another word', 'postgres://u:s@db.example/db?ssl=no-verify', unsafe],
  ['a mode that is taken back', 'postgres://u:s@db.example/db?sslmode=verify-full&sslmode=disable', unsafe],
  ['a mode in what the driver does not read', 'postgres://u:s@db.example/db#?sslmode=verify-full', unsafe],
  ['another scheme', 'mysql://db.example/db', bad],
  ['no URL', 'host=db.example', bad],
  ['nothing', '', bad],
]
for (const [given, url, code] of table) {
  test(`${given}: ${code ?? 'taken'}`, () => {
    const flaw = flawOfDatabaseUrl(url)
    assert.equal(flaw?.code, code)
    if (flaw !== undefined) assert.equal(flaw.kind, 'input')
    assert.ok(!JSON.stringify(flaw ?? {}).includes('db.example'), 'nothing of the address is repeated')
  })
}

test('what is said names the mode that was expected', () => {
  const flaw = flawOfDatabaseUrl('postgres://u:s@db.example/db')
  assert.equal(flaw?.where, 'DATABASE_URL')
  assert.match(flaw?.expected ?? '', /sslmode=verify-full/)
})
