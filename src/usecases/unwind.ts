import { err, ok, type Result } from '#kernel'

/** Thrown inside an act that turns out to be impossible: its transaction rolls back, so it leaves nothing behind. */
class Unwound extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

export const unwind = (code: string): never => {
  throw new Unwound(code)
}

/** What the work gives, or the code with which it was unwound; the work unwinds with these codes only. */
export async function unwindable<T, Code extends string>(work: () => Promise<T>): Promise<Result<T, Code>> {
  try {
    return ok(await work())
  } catch (error) {
    if (error instanceof Unwound) return err(error.code as Code)
    throw error
  }
}
