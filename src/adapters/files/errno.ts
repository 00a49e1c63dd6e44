/** Code of an error of the operating system (`ENOSPC`); undefined for any other error. */
export function errnoOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined
}

/** Undefined instead of an error with one of these codes; any other is thrown. */
export function unlessErrno<T>(work: Promise<T>, ...codes: readonly string[]): Promise<T | undefined> {
  return work.catch((error: unknown) => {
    if (codes.includes(errnoOf(error) ?? '')) return undefined
    throw error
  })
}
