import { describeFault, type Fault } from '#kernel'

/** Where a command speaks: answers on `out`, everything else on `err`. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** A person is watching `err`: progress and colour are welcome. */
  readonly interactive: boolean
}

/** 0 done; 1 the answer is no; 2 bad input or usage; 3 the surroundings failed. */
export type ExitStatus = 0 | 1 | 2 | 3

export function reportFault(terminal: Terminal, fault: Fault): ExitStatus {
  terminal.err(`habeas: ${describeFault(fault)}\n`)
  return fault.kind === 'input' ? 2 : 3
}

export const printJson = (terminal: Terminal, value: unknown): void =>
  terminal.out(`${JSON.stringify(value, null, 2)}\n`)
export const printJsonLine = (terminal: Terminal, value: unknown): void =>
  terminal.out(`${JSON.stringify(value)}\n`)

/** One line on a terminal that is rewritten as work goes on; silent when nobody watches. */
export type Progress = { readonly show: (text: string) => void; readonly clear: () => void }

export function makeProgress(terminal: Terminal): Progress {
  if (!terminal.interactive) return { show: () => {}, clear: () => {} }
  return {
    show: (text) => terminal.err(`\r\u001b[2K${text}`),
    clear: () => terminal.err('\r\u001b[2K'),
  }
}
