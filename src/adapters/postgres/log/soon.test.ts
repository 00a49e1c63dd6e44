import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FaultError, surroundingsFault } from '#kernel'
import { soon } from './soon.ts'

const broken = new FaultError(surroundingsFault('store.unavailable', 'x', 'nothing', 'a database'))

test('all who ask within a moment share one run; who asks later gets another', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  let runs = 0
  const work = soon(async () => ++runs)
  for (let i = 0; i < 5; i++) work.ask()
  assert.equal(runs, 0)
  context.mock.timers.tick(200)
  assert.equal(runs, 1)
  context.mock.timers.tick(10_000)
  assert.equal(runs, 1)
  work.ask()
  context.mock.timers.tick(200)
  assert.equal(runs, 2)
})

test('what failed is tried again until it succeeds', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  let runs = 0
  const work = soon(async () => {
    if (++runs < 3) throw broken
  })
  work.ask()
  for (const [ms, seen] of [
    [200, 1],
    [4_999, 1],
    [1, 2],
    [5_000, 3],
    [60_000, 3],
  ] as const) {
    context.mock.timers.tick(ms)
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(runs, seen, `after ${ms} ms more`)
  }
})

test('settling does what was asked for at once, tells its fault, and does nothing when nothing was asked', async () => {
  let runs = 0
  const work = soon(async () => {
    if (++runs === 2) throw broken
  })
  await work.settle()
  assert.equal(runs, 0)
  work.ask()
  await work.settle()
  assert.equal(runs, 1)
  work.ask()
  await assert.rejects(work.settle(), (error) => error === broken)
})
