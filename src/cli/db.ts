import type { Programs } from './programs.ts'
import { type ExitStatus, printJson, reportFault, type Terminal } from './terminal.ts'

export async function runCheckStore(
  terminal: Terminal,
  programs: Pick<Programs, 'checkStore'>,
  options: { readonly data?: string; readonly json?: boolean },
): Promise<ExitStatus> {
  const checked = await programs.checkStore({ data: options.data })
  if (!checked.ok) return reportFault(terminal, checked.error)
  const { ok, entries, erased, acts, checkpoints, failures } = checked.value
  if (options.json) printJson(terminal, checked.value)
  else {
    const counts = `${entries} entries (${erased} without opening), ${acts} acts, ${checkpoints} checkpoints`
    const lines = failures.map(({ code, where }) => `  ${code}: ${where}\n`).join('')
    terminal.out(`${ok ? 'ok' : 'not ok'}: ${counts}\n${lines}`)
  }
  return ok ? 0 : 1
}
