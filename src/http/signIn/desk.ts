import type { Caller } from '#usecases'

/** What the addresses of sign-in can be asked for; `main` wires each to its use case. */
export interface SignInDesk {
  /** Whose session this token opens; nobody's when there is none, or it has run out. */
  identify(token: string | undefined): Promise<Caller>
}
