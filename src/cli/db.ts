import type { BackupSummary, Programs, StoreCheck } from './programs.ts'
import { type ExitStatus, makeProgress, printJson, reportFault, type Terminal } from './terminal.ts'

type DbOptions = { readonly data?: string; readonly json?: boolean }

export async function runCheckStore(
  terminal: Terminal,
  programs: Pick<Programs, 'checkStore'>,
  options: DbOptions,
): Promise<ExitStatus> {
  const checked = await programs.checkStore({ data: options.data })
  if (!checked.ok) return reportFault(terminal, checked.error)
  if (options.json) printJson(terminal, checked.value)
  else terminal.out(describeCheck(checked.value))
  return checked.value.ok ? 0 : 1
}

export async function runMigrateStore(
  terminal: Terminal,
  programs: Pick<Programs, 'migrateStore'>,
  options: DbOptions,
): Promise<ExitStatus> {
  const progress = makeProgress(terminal)
  const migrated = await programs.migrateStore({ data: options.data }, progress.show)
  progress.clear()
  if (!migrated.ok) return reportFault(terminal, migrated.error)
  const { from, to, ran } = migrated.value
  if (options.json) printJson(terminal, migrated.value)
  else if (ran.length === 0) terminal.out(`The database is of version ${to} already.\n`)
  else {
    const steps = ran.map((name, i) => `  ${from + i + 1} ${name}\n`).join('')
    terminal.out(`From version ${from} to version ${to}:\n${steps}`)
  }
  return 0
}

export async function runBackUpStore(
  terminal: Terminal,
  programs: Pick<Programs, 'backUpStore'>,
  options: DbOptions & { readonly out: string },
): Promise<ExitStatus> {
  const progress = makeProgress(terminal)
  const taken = await programs.backUpStore(options.out, { data: options.data }, progress.show)
  progress.clear()
  if (!taken.ok) return reportFault(terminal, taken.error)
  if (options.json) printJson(terminal, { out: options.out, ...taken.value })
  else terminal.out(`Written to ${options.out}: ${describeBackup(taken.value)}\n`)
  terminal.err(secret)
  return 0
}

export async function runRestoreStore(
  terminal: Terminal,
  programs: Pick<Programs, 'restoreStore'>,
  options: DbOptions & { readonly from: string },
): Promise<ExitStatus> {
  const progress = makeProgress(terminal)
  const restored = await programs.restoreStore(options.from, { data: options.data }, progress.show)
  progress.clear()
  if (!restored.ok) return reportFault(terminal, restored.error)
  const { check, ...backup } = restored.value
  if (options.json) printJson(terminal, restored.value)
  else terminal.out(`Restored from ${options.from}: ${describeBackup(backup)}\n${describeCheck(check)}`)
  return check.ok ? 0 : 1
}

const secret = `This backup is a secret: it holds what is known of every person, and the key that signs the log. Whoever has it can sign
in this log’s name. Only this user can read it; keep it so, encrypted and away from this machine.\n`

function describeBackup({ version, takenAt, log, rows }: BackupSummary): string {
  const total = Object.values(rows).reduce((sum, n) => sum + n, 0)
  return `${total} rows of version ${version}, the log ${log.origin} with ${log.size} entries, as of ${takenAt}`
}

function describeCheck({ ok, entries, erased, acts, checkpoints, failures }: StoreCheck): string {
  const counts = `${entries} entries (${erased} without opening), ${acts} acts, ${checkpoints} checkpoints`
  const lines = failures.map(({ code, where }) => `  ${code}: ${where}\n`).join('')
  return `${ok ? 'ok' : 'not ok'}: ${counts}\n${lines}`
}
