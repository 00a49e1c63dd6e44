import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Programs, Running, Show, StartRequest } from '#cli'
import { formatVerifierKey } from '#evidence'
import { buildServer, type Desk } from '#http'
import { err, type Fault, ok, type Result, surroundingsFault } from '#kernel'
import { planCase, type Store, showAccount, showAct, unplannable, withdrawFromCase } from '#usecases'
import { demoCases } from './adapters/demo/demoCases.ts'
import { type KeptLawbook, keepLawbook, readSoundLawbook } from './main.lawbook.ts'
import { inProgram, openStoreAt, readPlanPorts, version } from './main.parts.ts'

type Ports = Extract<Awaited<ReturnType<typeof readPlanPorts>>, { ok: true }>['value']

/** Nobody can sign in yet: this machine only. */
const host = '127.0.0.1'
const graceMs = 15_000

export const startServer: Programs['start'] = async (request, show) => {
  const ports = await readPlanPorts(() => readSoundLawbook(request.norms))
  if (!ports.ok) return ports
  const law = keepLawbook(ports.value.lawbook, request.norms)
  const data = await dataFolderFor(request)
  const store = await openStoreAt({ data: data.path, shares: true }, show)
  if (!store.ok) {
    await data.remove()
    return store
  }
  const running = await serve(ports.value, law, store.value, request, data.remove)
  if (running.ok) return ok({ ...running.value, temporary: data.temporary })
  await store.value.close()
  await data.remove()
  return running
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

type Served = Promise<Result<Omit<Running, 'temporary'>, Fault>>

async function serve(
  ports: Ports,
  law: KeptLawbook,
  store: Store,
  { port }: StartRequest,
  remove: () => Promise<void>,
): Served {
  const log = process.stderr.isTTY ? undefined : process.stderr
  const site = inProgram('dist', 'web')
  const mostConnections = await connectionsAtMost()
  const server = await buildServer(deskOf(ports, law, store), { version, site, log, mostConnections })
  try {
    const address = await server.listen({ host, port })
    process.on('SIGUSR2', () => void readLawAgain(law, server.log))
    const stopped = untilAskedToStop().then(async () => {
      setTimeout(() => server.server.closeAllConnections(), graceMs).unref()
      await server.close()
      await store.close()
      await remove()
    })
    return ok({ address: `${address}/`, stopped })
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

/** The file without its folder: who asks need not know where this machine keeps it. */
const describeLaw = ({ current, refused }: KeptLawbook) => ({
  sha256: current.sha256,
  refused: refused ? { code: refused.code, where: refused.where.replace(/^.*[/\\]/, '') } : null,
})

const unwired = undefined as never

function deskOf(ports: Ports, law: KeptLawbook, store: Store): Desk {
  // One base for the whole of an act: its ruling and the hash in its evidence.
  const world = () => ({ ...ports, lawbook: law.current, store })
  const cases = demoCases(inProgram('examples'))
  const quietly: Show = () => {}
  return {
    access: unwired,
    signIn: unwired,
    listCases: cases.list,
    readCase: cases.read,
    plan: async (from, by) => {
      const fault = unplannable(from)
      return fault ? err(fault) : ok(await planCase(world(), from, by, quietly))
    },
    withdraw: (from, by, purposes) => withdrawFromCase(world(), from, by, purposes),
    showAccount: (from, by) => showAccount(world(), from, by),
    showAct: (from, by, act) => showAct(world(), from, by, act),
    cite: (ruling) => law.current.cite(ruling),
    law: () => describeLaw(law),
    checkReady: store.checkReady,
    readCheckpoint: store.readCheckpoint,
    logKey: formatVerifierKey(store.logKey),
  }
}
