import type { VerificationReport } from '#usecases'
import type { Programs } from './programs.ts'
import { type ExitStatus, printJson, reportFault, type Terminal } from './terminal.ts'

type VerifyOptions = { readonly policy?: string; readonly json?: boolean }

export async function runVerify(
  terminal: Terminal,
  programs: Programs,
  path: string,
  options: VerifyOptions,
): Promise<ExitStatus> {
  const verified = await programs.verifyPath(path, options.policy)
  if (!verified.ok) return reportFault(terminal, verified.error)
  const report = verified.value
  if (options.json) printJson(terminal, report)
  else terminal.out(describeReport(report))
  return report.ok ? 0 : 1
}

const trustWords: Record<VerificationReport['trust'], string> = {
  'self-asserted':
    'The key that lies beside the proof vouches for itself only: this shows that nothing was changed since, not who signed. Give --policy with keys you trust.',
  policy: 'The signatures are by keys that your policy names.',
}

function describeReport({ ok, trust, entries, failures }: VerificationReport): string {
  const lines = ok ? ['Verified.'] : ['NOT verified.']
  for (const { index, kind } of entries) lines.push(`  entry ${index} of the log: ${kind}`)
  for (const { file, code, message } of failures) lines.push(`  ${file}: ${message} [${code}]`)
  return `${[...lines, ok ? trustWords[trust] : ''].filter(Boolean).join('\n')}\n`
}
