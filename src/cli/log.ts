import type { Programs } from './programs.ts'
import { type ExitStatus, printJson, reportFault, type Terminal } from './terminal.ts'

type ExportOptions = { readonly out: string; readonly data?: string; readonly json?: boolean }

export async function runExportLog(
  terminal: Terminal,
  programs: Programs,
  options: ExportOptions,
): Promise<ExitStatus> {
  const exported = await programs.exportLog(options.out, { data: options.data })
  if (!exported.ok) return reportFault(terminal, exported.error)
  if (options.json) printJson(terminal, { out: options.out, size: exported.value.size })
  else terminal.out(`${exported.value.size} entries of the log written to ${options.out}\n`)
  return 0
}
