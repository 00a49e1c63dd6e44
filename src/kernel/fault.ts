/**
 * An expected failure that a person will read: one message that names the place, what was found there and
 * what was expected. `kind` decides the exit status (input 2, surroundings 3).
 */
export type Fault<Code extends string = string> = {
  readonly kind: 'input' | 'surroundings'
  readonly code: Code
  /** File, file:line, JSON path (`case.json $.situation.at`) or resource. Never a value of personal data. */
  readonly where: string
  readonly found: string
  readonly expected: string
}

export const inputFault = <C extends string>(
  code: C,
  where: string,
  found: string,
  expected: string,
): Fault<C> => ({ kind: 'input', code, where, found, expected })

export const surroundingsFault = <C extends string>(
  code: C,
  where: string,
  found: string,
  expected: string,
): Fault<C> => ({ kind: 'surroundings', code, where, found, expected })

export const describeFault = (fault: Fault): string =>
  `${fault.where}: found ${fault.found}, expected ${fault.expected} [${fault.code}]`

/** Carries a fault through streams and transactions, where only throwing unwinds. Caught at the use case. */
export class FaultError extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(describeFault(fault))
    this.fault = fault
  }
}

/** The rest of a JSON path after `$`; a member whose name is no plain word is not repeated. */
export const jsonPath = (steps: readonly string[]): string =>
  steps
    .map((step) =>
      /^\d+$/.test(step) ? `[${step}]` : /^[A-Za-z][A-Za-z0-9]{0,30}$/.test(step) ? `.${step}` : '.?',
    )
    .join('')
