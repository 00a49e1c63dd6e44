import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'

/** Every case must agree, and the figure is printed; a set that has shrunk to nothing is no agreement. */
export function agree<T>(
  context: TestContext,
  set: string,
  cases: readonly T[],
  isAgreed: (one: T) => boolean,
): void {
  const wrong = cases.filter((one) => !isAgreed(one))
  context.diagnostic(`${set}: ${cases.length - wrong.length} of ${cases.length}`)
  assert.ok(cases.length > 0, `${set} is empty`)
  assert.deepEqual(wrong, [])
}
