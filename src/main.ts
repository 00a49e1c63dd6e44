import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Programs, StoreChoice, Terminal } from '#cli'
import { type Fault, FaultError, ok, type Result } from '#kernel'
import type { Store } from '#usecases'

const version = '0.1.0'
/** A bug, as sysexits calls it; none of the four statuses that people and scripts rely on. */
const bugStatus = 70
const surroundingsStatus = 3

const knowledgeFolder = fileURLToPath(new URL('../knowledge', import.meta.url))

/** A service of root's lives under /var/lib; a person's under their own home. */
function defaultDataFolder(): string {
  if (process.env['HABEAS_DATA']) return process.env['HABEAS_DATA']
  if (process.getuid?.() === 0) return '/var/lib/habeas/data'
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'habeas')
}

async function openStoreAt(
  { data }: StoreChoice,
  show: (text: string) => void,
): Promise<Result<Store, Fault>> {
  const { openStore } = await import('./adapters/postgres/openStore.ts')
  const databaseUrl = process.env['DATABASE_URL']
  return openStore({
    dataFolder: data ?? defaultDataFolder(),
    onProgress: show,
    ...(databaseUrl ? { databaseUrl } : {}),
  })
}

/** Opens the store, uses it and closes it, whatever happens; the store's faults come out as results. */
async function withStore<T>(
  choice: StoreChoice,
  show: (text: string) => void,
  use: (store: Store) => Promise<Result<T, Fault>>,
): Promise<Result<T, Fault>> {
  const store = await openStoreAt(choice, show)
  if (!store.ok) return store
  try {
    return await use(store.value)
  } catch (error) {
    if (error instanceof FaultError) return { ok: false, error: error.fault }
    throw error
  } finally {
    await store.value.close()
  }
}

async function readLawbook() {
  const [{ readNormBase }, { ruleOn }] = await Promise.all([
    import('./adapters/norms/readNorms.ts'),
    import('#law'),
  ])
  const base = await readNormBase(join(knowledgeFolder, 'law'))
  if (!base.ok) return base
  return ok({
    sha256: base.value.sha256,
    rule: (situation: Parameters<typeof ruleOn>[0]) => ruleOn(situation, base.value),
  })
}

async function readGenomeTables() {
  const { readGenomeKnowledge } = await import('./adapters/knowledge/readGenomeTables.ts')
  return readGenomeKnowledge(join(knowledgeFolder, 'genome'))
}

const planForPerson: Programs['planForPerson'] = async ({ data, ...request }, show) => {
  const [usecases, cases, vcf, tables, html, fhir, files, clock, chance] = await Promise.all([
    import('#usecases'),
    import('./adapters/casefolder/readCase.ts'),
    import('./adapters/vcf/readVcf.ts'),
    import('./adapters/knowledge/readTables.ts'),
    import('./adapters/report/planHtml.ts'),
    import('./adapters/fhir/writePlan.ts'),
    import('./adapters/files/outFolder.ts'),
    import('./adapters/clock.ts'),
    import('./adapters/chance.ts'),
  ])
  const [lawbook, genome, plan] = await Promise.all([
    readLawbook(),
    readGenomeTables(),
    tables.readPlanKnowledge(knowledgeFolder),
  ])
  if (!lawbook.ok) return lawbook
  if (!genome.ok) return genome
  if (!plan.ok) return plan
  show('opening the store')
  return withStore({ data }, show, (store) =>
    usecases.planForPerson(
      {
        store,
        lawbook: lawbook.value,
        clock: clock.systemClock,
        chance: chance.systemChance,
        cases: cases.caseReader,
        genomes: vcf.genomeReader(genome.value),
        tables: { genome: genome.value, plan: plan.value },
        documents: { html: html.planHtml, fhir: fhir.planFhir },
        folder: files.outFolder,
      },
      request,
      show,
    ),
  )
}

const callGenomes: Programs['callGenomes'] = async function* (files, options, show) {
  const [usecases, vcf, outside] = await Promise.all([
    import('#usecases'),
    import('./adapters/vcf/readVcf.ts'),
    import('./adapters/casefolder/readOutsideCalls.ts'),
  ])
  const knowledge = await readGenomeTables()
  if (!knowledge.ok) return yield knowledge
  const ports = {
    genomes: vcf.genomeReader(knowledge.value),
    knowledge: knowledge.value,
    readOutsideCalls: outside.readOutsideCalls,
  }
  yield* usecases.callGenomes(ports, files, options, show)
}

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
  const [usecases, { evidenceReader }] = await Promise.all([
    import('#usecases'),
    import('./adapters/evidence/readEvidence.ts'),
  ])
  return usecases.verifyPath(evidenceReader, path, policy)
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

const programs: Programs = { version, planForPerson, callGenomes, ruleSituations, verifyPath, exportLog }

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
