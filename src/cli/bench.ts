import type { BenchName, Programs } from './programs.ts'
import { type ExitStatus, makeProgress, printJsonLine, reportFault, type Terminal } from './terminal.ts'

export const benchNames: readonly BenchName[] = [
  'genome',
  'log-append',
  'log',
  'plan',
  'consent',
  'consent-decision',
  'ruling',
  'session',
]

export const benchHelp = `
One JSON line per figure: {bench, ours, peer, peerName, unit, ratio, …}. Ours and the peer are measured in turns in this run, each
in a process of its own; figures are medians of rounds, \`ratio\` is ours / peer. For rates (per second) more is better, for times less:
\`better\` says which. \`limit\` is what the machine itself allows. Without DATABASE_URL the database is one of its own, gone afterwards;
with it, a new database on that server, dropped afterwards. A peer that is not installed ends its own line only, with status 3.`

type BenchOptions = { readonly vcf?: string; readonly quick?: boolean }

export async function runBench(
  terminal: Terminal,
  programs: Pick<Programs, 'bench'>,
  name: BenchName | undefined,
  { vcf, quick = false }: BenchOptions,
): Promise<ExitStatus> {
  const progress = makeProgress(terminal)
  const names = name === undefined ? benchNames : [name]
  let status: ExitStatus = 0
  for await (const line of programs.bench({ names, vcf, quick }, progress.show)) {
    progress.clear()
    if (line.ok) printJsonLine(terminal, line.value)
    else status = reportFault(terminal, line.error)
  }
  progress.clear()
  return status
}
