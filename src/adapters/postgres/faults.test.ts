import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { startFault } from './cluster/fault.ts'
import { storeFault } from './faults.ts'

const sqlError = (code: string) =>
  Object.assign(new pg.DatabaseError('insert into habeas.acts failed for person-17', 10, 'error'), { code })
const systemError = (code: string) => Object.assign(new Error('about person-17'), { code })

test('an error of the database is named by what it means, without its own words', () => {
  const table: [error: Error, code: string][] = [
    [sqlError('53100'), 'store.disk-full'],
    [sqlError('53300'), 'store.busy'],
    [sqlError('53200'), 'store.busy'],
    [sqlError('57P01'), 'store.unavailable'],
    [sqlError('57P03'), 'store.unavailable'],
    [sqlError('57014'), 'store.conflict'],
    [sqlError('08006'), 'store.unavailable'],
    [sqlError('28P01'), 'store.denied'],
    [sqlError('42501'), 'store.denied'],
    [sqlError('40P01'), 'store.conflict'],
    [sqlError('25006'), 'store.read-only'],
    [sqlError('XX001'), 'store.damaged'],
    [sqlError('23505'), 'store.failed'],
    [systemError('ENOSPC'), 'store.disk-full'],
    [systemError('ECONNREFUSED'), 'store.unavailable'],
    [systemError('EROFS'), 'store.read-only'],
    [systemError('ELOOP'), 'store.failed'],
    [systemError('DEPTH_ZERO_SELF_SIGNED_CERT'), 'store.not-verified'],
    [systemError('ERR_TLS_CERT_ALTNAME_INVALID'), 'store.not-verified'],
    [systemError('CERT_HAS_EXPIRED'), 'store.not-verified'],
    [new Error('The server does not support SSL connections'), 'store.not-verified'],
    [new Error('Connection terminated unexpectedly'), 'store.unavailable'],
  ]
  for (const [error, code] of table) {
    const fault = storeFault('the store', error)
    assert.equal(fault?.code, code)
    assert.equal(fault?.kind, 'surroundings')
    assert.ok(!JSON.stringify(fault).includes('person-17'))
  }
})

test('an error that is not the database’s is nobody’s fault here', () => {
  for (const error of [
    new Error('of the effect'),
    new TypeError('x'),
    systemError('ERR_INVALID_ARG_TYPE'),
    'text',
    undefined,
  ]) {
    assert.equal(storeFault('the store', error), undefined)
  }
})

test('what PostgreSQL says when it does not start becomes a cause, not a quotation', () => {
  const table: [said: string, code: string][] = [
    ['FATAL:  could not write lock file "postmaster.pid": No space left on device', 'store.disk-full'],
    ['initdb: error: could not change permissions of directory "x": Operation not permitted', 'store.denied'],
    ['postgres: error while loading shared libraries: libicuuc.so.60: cannot open', 'store.no-postgres'],
    ['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', 'store.in-use'],
    ['PANIC:  could not locate a valid checkpoint record at 0/0', 'store.damaged'],
    ['FATAL:  could not create shared memory segment: Cannot allocate memory', 'store.no-memory'],
    ['something else about person-17', 'store.no-start'],
  ]
  for (const [said, code] of table) {
    const fault = startFault('cluster', 1, said)
    assert.equal(fault.code, code, said)
    assert.ok(!JSON.stringify(fault).includes(said))
  }
  assert.match(startFault('cluster', new Error('spawn ENOEXEC'), '').found, /cannot be run here/)
})
