import { err, ok, type Result } from '#kernel'
import type { ActedBy, ByAccount } from './act.ts'

/** Somebody at a browser of their own, in a role at an organisation: no program, and nobody who runs one beside the data. */
export const inPerson = <Of extends string>(of: Of, by: ActedBy): Result<ByAccount, `${Of}.by-person`> =>
  by.kind === 'operator' || by.method === 'assertion' || by.method === 'app'
    ? err(`${of}.by-person` as const)
    : ok(by)
