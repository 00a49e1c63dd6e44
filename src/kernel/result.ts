/** Expected failure is a value; throwing means a bug. */
export type Result<T, E> = Ok<T> | Err<E>
export type Ok<T> = { readonly ok: true; readonly value: T }
export type Err<E> = { readonly ok: false; readonly error: E }

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value })
export const err = <E>(error: E): Err<E> => ({ ok: false, error })

/** Value of a result that cannot have failed here; a failure is a bug and throws. */
export function expectOk<T, E>(result: Result<T, E>): T {
  if (result.ok) return result.value
  throw new Error(`expected ok, got ${JSON.stringify(result.error)}`)
}

/** All values, or the first failure. */
export function allOk<T, E>(results: Iterable<Result<T, E>>): Result<T[], E> {
  const values: T[] = []
  for (const result of results) {
    if (!result.ok) return result
    values.push(result.value)
  }
  return ok(values)
}
