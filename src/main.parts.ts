import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { StoreChoice } from '#cli'
import { type Fault, FaultError, ok, type Result } from '#kernel'
import type { Ruling, Store } from '#usecases'

/** Parts that several programs are wired of; each is loaded when it is first asked for. */
export const version = '0.1.0'

const installed = fileURLToPath(new URL('..', import.meta.url))
export const inProgram = (...path: string[]): string => join(installed, ...path)
const knowledgeFolder = inProgram('knowledge')

/** A service of root's lives under /var/lib; a person's under their own home. */
export function defaultDataFolder(): string {
  if (process.env['HABEAS_DATA']) return process.env['HABEAS_DATA']
  if (process.getuid?.() === 0) return '/var/lib/habeas/data'
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'habeas')
}

export async function openStoreAt(
  { data, shares = false }: StoreChoice & { readonly shares?: boolean },
  show: (text: string) => void,
): Promise<Result<Store, Fault>> {
  const { openStore } = await import('./adapters/postgres/openStore.ts')
  const databaseUrl = process.env['DATABASE_URL']
  return openStore({
    dataFolder: data ?? defaultDataFolder(),
    onProgress: show,
    shares,
    ...(databaseUrl ? { databaseUrl } : {}),
  })
}

/** Opens the store, uses it and closes it, whatever happens; the store's faults come out as results. */
export async function withStore<T>(
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

export async function readLawbook(folder = join(knowledgeFolder, 'law')) {
  const [{ readNormBase }, { compileNormBase, citationsOf, cite }] = await Promise.all([
    import('./adapters/norms/readNorms.ts'),
    import('#law'),
  ])
  const base = await readNormBase(folder)
  if (!base.ok) return base
  return ok({
    base: base.value,
    sha256: base.value.sha256,
    rule: compileNormBase(base.value).rule,
    cite: (ruling: Ruling) => citationsOf(ruling, base.value),
    citeNorms: (norms: readonly string[]) => cite(norms, base.value),
  })
}

export async function readGenomeTables() {
  const { readGenomeKnowledge } = await import('./adapters/knowledge/readGenomeTables.ts')
  return readGenomeKnowledge(join(knowledgeFolder, 'genome'))
}

export type OwnLawbook = Extract<Awaited<ReturnType<typeof readLawbook>>, { ok: true }>['value']

/** Everything that a plan is made with, but for the store and the folder that it goes to. */
export async function readPlanPorts(readLaw: () => Promise<Result<OwnLawbook, Fault>> = readLawbook) {
  const [cases, vcf, tables, html, fhir, clock, chance] = await Promise.all([
    import('./adapters/casefolder/readCase.ts'),
    import('./adapters/vcf/readVcf.ts'),
    import('./adapters/knowledge/readTables.ts'),
    import('./adapters/report/planHtml.ts'),
    import('./adapters/fhir/writePlan.ts'),
    import('./adapters/clock.ts'),
    import('./adapters/chance.ts'),
  ])
  const [lawbook, genome, plan] = await Promise.all([
    readLaw(),
    readGenomeTables(),
    tables.readPlanKnowledge(knowledgeFolder),
  ])
  if (!lawbook.ok) return lawbook
  if (!genome.ok) return genome
  if (!plan.ok) return plan
  return ok({
    lawbook: lawbook.value,
    clock: clock.systemClock,
    chance: chance.systemChance,
    cases: cases.caseReader,
    genomes: vcf.genomeReader(genome.value),
    tables: { genome: genome.value, plan: plan.value },
    house: null,
    documents: { html: html.planHtml, fhir: fhir.planFhir },
  })
}
