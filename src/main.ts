import type { Programs, Terminal } from '#cli'
import { mostEmergencyMinutes } from './consent/emergency/emergency.ts'
import { findingKinds } from './genome/definition.ts'
import { consentPrograms } from './main.consents.ts'
import { backUpStore, checkStore, migrateStore, restoreStore } from './main.keep.ts'
import { lawPrograms } from './main.law.ts'
import { readGenomeTables, readLawbook, readPlanPorts, version, withStore } from './main.parts.ts'

/** A bug, as sysexits calls it; none of the four statuses that people and scripts rely on. */
const bugStatus = 70
const surroundingsStatus = 3

const planForPerson: Programs['planForPerson'] = async ({ data, ...request }, show) => {
  const [usecases, ports, { outFolder }] = await Promise.all([
    import('#usecases'),
    readPlanPorts(),
    import('./adapters/files/outFolder.ts'),
  ])
  if (!ports.ok) return ports
  show('opening the store')
  return withStore({ data }, show, (store) =>
    usecases.planForPerson({ ...ports.value, store, folder: outFolder }, request, show),
  )
}

const callGenomes: Programs['callGenomes'] = async function* (files, options, show) {
  const [{ callGenomes }, vcf, outside] = await Promise.all([
    // By its own file: the entrance leads to every room, and half of the time this command takes would be spent on them.
    import('./usecases/callGenomes.ts'),
    import('./adapters/vcf/readVcf.ts'),
    import('./adapters/casefolder/readOutsideCalls.ts'),
  ])
  const knowledge = await readGenomeTables()
  if (!knowledge.ok) return yield knowledge
  const ports = {
    genomes: vcf.genomeReader(knowledge.value),
    knowledge: knowledge.value,
    readOutsideCalls: outside.readOutsideCalls,
    findGenomes: async (paths: readonly string[]) =>
      (await import('./adapters/files/findGenomes.ts')).findGenomes(paths),
  }
  yield* callGenomes(ports, files, options, show)
}

const callGenomesInto: Programs['callGenomesInto'] = async (...asked) =>
  (await import('./main.manyGenomes.ts')).callGenomesInto(...asked)

const ruleSituations: Programs['ruleSituations'] = async (file) => {
  const [usecases, { readJsonFile }] = await Promise.all([
    import('#usecases'),
    import('./adapters/files/readJson.ts'),
  ])
  const document = await readJsonFile(file)
  if (!document.ok) return document
  const lawbook = await readLawbook()
  return lawbook.ok ? usecases.ruleSituations(lawbook.value, document.value, file) : lawbook
}

const verifyPath: Programs['verifyPath'] = async (path, policy) => {
  const [{ verifyPath }, { evidenceReader }] = await Promise.all([
    import('./usecases/verifyPath.ts'),
    import('./adapters/evidence/readEvidence.ts'),
  ])
  return verifyPath(evidenceReader, path, policy)
}

const exportLog: Programs['exportLog'] = async (folder, choice) =>
  withStore(
    choice,
    () => {},
    async (store) => {
      await store.publish()
      return store.exportLog(folder)
    },
  )

const start: Programs['start'] = async (request, show) => {
  const { startServer } = await import('./main.server.ts')
  return startServer(request, show)
}

const bench: Programs['bench'] = async function* (request, show) {
  const { bench } = await import('./main.bench.ts')
  yield* bench(request, show)
}

/** Loaded when asked for, like every other program. */
const door = async () => (await import('./main.door.ts')).accountPrograms

const accountPrograms: Programs['accounts'] = {
  add: async (...asked) => (await door()).add(...asked),
  addApp: async (...asked) => (await door()).addApp(...asked),
  endApp: async (...asked) => (await door()).endApp(...asked),
  addService: async (...asked) => (await door()).addService(...asked),
  recordCare: async (...asked) => (await door()).recordCare(...asked),
  recover: async (...asked) => (await door()).recover(...asked),
  disable: async (...asked) => (await door()).disable(...asked),
  list: async (...asked) => (await door()).list(...asked),
}

const programs: Programs = {
  limits: { mostEmergencyMinutes, findingKinds },
  law: lawPrograms,
  consents: consentPrograms,
  accounts: accountPrograms,
  version,
  start,
  planForPerson,
  callGenomes,
  callGenomesInto,
  ruleSituations,
  verifyPath,
  checkStore,
  migrateStore,
  backUpStore,
  restoreStore,
  bench,
  exportLog,
}

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
}

/** A reader that went away (`| head`) is no failure; a full disk behind stdout is one, said once. */
function watchOutput(): void {
  const failed = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE' || process.exitCode === surroundingsStatus) return
    process.exitCode = surroundingsStatus
    process.stderr.write(`habeas: stdout: found the error ${error.code}, expected room for the answer\n`)
  }
  process.stdout.on('error', failed)
  process.stderr.on('error', () => {})
}

/** Runs one command. A bug is reported in one line with its kind, never with a stack trace or a value. */
export async function main(argv: readonly string[]): Promise<void> {
  watchOutput()
  const { runCli } = await import('#cli')
  try {
    const status = await runCli(argv, terminal, programs)
    process.exitCode ??= status
  } catch (error) {
    const kind = error instanceof Error ? error.name : 'unknown'
    process.stderr.write(`habeas: a fault of the program itself (${kind}); nothing was recorded as done\n`)
    if (process.env['HABEAS_DEBUG']) process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`)
    process.exitCode = bugStatus
  }
}
