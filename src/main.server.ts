import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Policies } from '#access'
import type { Programs, Running, StartRequest } from '#cli'
import { buildServer } from '#http'
import { err, type Fault, inputFault, ok, type Result, surroundingsFault } from '#kernel'
import type { Store } from '#usecases'
import { readPolicies } from './adapters/access/cedarPolicies.ts'
import { inviteDemoPeople } from './adapters/demo/demoPeople.ts'
import { layDownDemoRules } from './adapters/demo/demoRules.ts'
import { freePort, host } from './main.address.ts'
import { type ServedCases, servedCases } from './main.cases.ts'
import { describeLaw, deskOf, type Ports } from './main.desk.ts'
import { type KeptLawbook, keepLawbook, readSoundLawbook } from './main.lawbook.ts'
import { defaultDataFolder, inProgram, openStoreAt, readPlanPorts, version } from './main.parts.ts'
import { openSignIn } from './main.signIn.ts'

const graceMs = 15_000

type Parts = {
  readonly ports: Ports
  readonly law: KeptLawbook
  readonly cases: ServedCases
  readonly policies: Policies
}

export const startServer: Programs['start'] = async (request, show) => {
  const parts = await readParts(request)
  if (!parts.ok) return parts
  const data = await dataFolderFor(request)
  const store = await openStoreAt({ data: data.path, shares: true }, show)
  if (!store.ok) {
    await data.remove()
    return store
  }
  const where = { dataFolder: data.path ?? defaultDataFolder(), remove: data.remove }
  const running = await serve(parts.value, store.value, request, where)
  if (running.ok) return ok({ ...running.value, temporary: data.temporary })
  await store.value.close()
  await data.remove()
  return running
}

async function readParts(request: StartRequest): Promise<Result<Parts, Fault>> {
  const cases = servedCases(request)
  if (!cases.ok) return cases
  const policies = await readPolicies(inProgram('knowledge', 'access'))
  if (!policies.ok) return policies
  const ports = await readPlanPorts(() => readSoundLawbook(request.norms))
  if (!ports.ok) return ports
  const law = keepLawbook(ports.value.lawbook, request.norms)
  return ok({ ports: ports.value, law, cases: cases.value, policies: policies.value })
}

/** `--demo` keeps nothing unless it is told where. */
async function dataFolderFor({ data, demo }: StartRequest) {
  const chosen = data ?? process.env['HABEAS_DATA']
  if (chosen !== undefined || !demo || process.env['DATABASE_URL']) {
    return { path: chosen, temporary: false, remove: async () => {} }
  }
  const folder = await mkdtemp(join(tmpdir(), 'habeas-demo-'))
  // The database of root runs as another user, who must be able to pass.
  await chmod(folder, 0o711)
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  return { path: join(folder, 'data'), temporary: true, remove }
}

type Where = { readonly dataFolder: string; readonly remove: () => Promise<void> }
type Served = Promise<Result<Omit<Running, 'temporary'>, Fault>>

async function serve(parts: Parts, store: Store, request: StartRequest, where: Where): Served {
  const { ports, law, cases } = parts
  const port = request.port === 0 ? await freePort() : request.port
  const origin = originOf(request, port)
  if (!origin.ok) return origin
  const door = { store, clock: ports.clock, chance: ports.chance }
  const listensAt = `http://${host}:${port}`
  const options = { origin: origin.value, listensAt, dataFolder: where.dataFolder, env: process.env }
  const signIn = await openSignIn(door, options)
  if (!signIn.ok) return signIn
  const log = process.stderr.isTTY ? undefined : process.stderr
  const server = await buildServer(
    deskOf({
      ...parts,
      store,
      signIn: signIn.value,
      recallDays: request.recallDays,
      emergencyTerms: { minutes: request.emergencyMinutes, reviewDays: request.emergencyReviewDays },
    }),
    {
      version,
      site: inProgram('dist', 'web'),
      log,
      mostConnections: await connectionsAtMost(),
    },
  )
  try {
    await server.listen({ host, port })
    const people = cases.demo ? await inviteDemoPeople(door) : []
    if (cases.demo) await layDownDemoRules({ ...door, lawbook: law.current })
    process.on('SIGUSR2', () => void readLawAgain(law, server.log))
    const stopped = untilAskedToStop().then(async () => {
      setTimeout(() => server.server.closeAllConnections(), graceMs).unref()
      await server.close()
      await store.close()
      await where.remove()
    })
    return ok({ address: `${origin.value}/`, people, stopped })
  } catch (error) {
    await server.close()
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    const found = code === 'EADDRINUSE' ? 'a port that is in use' : `the error ${code}`
    return err(
      surroundingsFault('server.port', `port ${port}`, found, 'a free port (choose one with --port)'),
    )
  }
}

/** A name, not a number: passkeys are bound to one. */
function originOf({ origin: asked }: StartRequest, port: number): Result<string, Fault> {
  const given = asked ?? process.env['HABEAS_ORIGIN']
  if (given === undefined) return ok(`http://localhost:${port}`)
  const expected = 'https://name, without anything behind it (http only for localhost)'
  const url = URL.canParse(given) ? new URL(given) : undefined
  const isPlain = url?.origin === given.replace(/\/$/, '')
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === 'localhost')
  if (url && isPlain && isSafe) return ok(url.origin)
  return err(inputFault('start.origin', '--origin', 'no origin that browsers could trust', expected))
}

const keptForFiles = 256
const mostConnections = 16_384

/** What the system lets this process open, less what it needs for itself. */
async function connectionsAtMost(): Promise<number> {
  const limits = await readFile('/proc/self/limits', 'latin1').catch(() => '')
  const files = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? 1024)
  return Math.max(Math.min(mostConnections, files - keptForFiles), 16)
}

const untilAskedToStop = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })

type Log = Awaited<ReturnType<typeof buildServer>>['log']

async function readLawAgain(law: KeptLawbook, log: Log): Promise<void> {
  await law.readAgain()
  const { sha256, refused } = describeLaw(law)
  if (refused) log.error({ ...refused, kept: sha256 }, 'the norms have a flaw; the last good ones are kept')
  else log.info({ sha256 }, 'norms read')
}
