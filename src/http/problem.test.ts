import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FaultError, inputFault, surroundingsFault } from '#kernel'
import { BodyError, problemOf } from './problem.ts'

test('what an error becomes for the outside', () => {
  const table: [error: unknown, status: number, code: string][] = [
    [
      new FaultError(inputFault('case.sample', '/srv/cases/a b/case.json $.sample', 'x', 'y')),
      422,
      'case.sample',
    ],
    [new FaultError(surroundingsFault('store.disk-full', '/srv/data', 'x', 'y')), 507, 'store.disk-full'],
    [new FaultError(surroundingsFault('store.denied', '/srv/data', 'x', 'y')), 503, 'store.denied'],
    [new BodyError(inputFault('json.duplicate-key', 'body:3', 'x', 'y')), 400, 'json.duplicate-key'],
    [new BodyError(undefined), 400, 'json.syntax'],
    [{ statusCode: 413, message: 'of /srv/secret' }, 413, 'too-large'],
    [{ statusCode: 418, message: 'of /srv/secret' }, 418, 'bad-request'],
    [{ statusCode: 502, message: 'of /srv/secret' }, 500, 'fault'],
    [new TypeError('of /srv/secret'), 500, 'fault'],
    ['thrown text of /srv/secret', 500, 'fault'],
  ]
  for (const [error, status, code] of table) {
    const body = problemOf(error)
    assert.deepEqual([body.status, body.code], [status, code])
    assert.ok(!JSON.stringify(body).includes('/srv'), code)
  }
})

test('where something is wrong in a file of the case is said without the folder', () => {
  const where = (text: string) => problemOf(new FaultError(inputFault('c', text, 'x', 'y')))['where']
  assert.equal(where('/srv/cases/a/case.json $.situation.at'), 'case.json $.situation.at')
  assert.equal(where('clinical.json $.entry[3]'), 'clinical.json $.entry[3]')
  assert.equal(where('/srv/a b/case.json $.x["a/b"]'), 'case.json $.x["a/b"]')
  assert.equal(where('the log'), 'the log')
})
