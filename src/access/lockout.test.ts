import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Instant, instantOf } from '#kernel'
import { type Failures, oneMore, secondsLocked } from './lockout.ts'

const start = Date.parse('2026-11-20T08:00:00.000Z')
const at = (seconds: number): Instant => instantOf(start + seconds * 1000)

test('how long one waits after so many failures', () => {
  const table: [count: number, after: number, left: number][] = [
    [0, 0, 0],
    [4, 0, 0],
    [5, 0, 30],
    [5, 29.999, 1],
    [5, 30, 0],
    [6, 0, 60],
    [9, 0, 480],
    [10, 0, 900],
    [10_000, 0, 900],
    [10_000, 900, 0],
  ]
  for (const [count, after, left] of table)
    assert.equal(
      secondsLocked({ count, lastAt: at(0) }, at(after)),
      left,
      `${count} failures, ${after} s later`,
    )
  assert.equal(secondsLocked(undefined, at(0)), 0)
})

test('whoever tries without pause gets few tries: 10,000 wrong codes are tried for fewer than 110 a day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 50, max: 2000 }), (pauseMs) => {
      let failures: Failures | undefined
      let tried = 0
      for (let i = 0; i < 10_000; i += 1) {
        const now = instantOf(start + i * pauseMs)
        if (secondsLocked(failures, now) > 0) continue
        failures = oneMore(failures, now)
        tried += 1
      }
      const days = (10_000 * pauseMs) / 86_400_000
      assert.ok(tried <= 15 + Math.ceil(days * 96), `${tried} tries`)
    }),
    { numRuns: 40 },
  )
})
