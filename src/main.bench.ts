import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BenchName, BenchRequest, Programs } from '#cli'
import { err, FaultError, ok } from '#kernel'
import { benchConsent, benchDecision } from './adapters/bench/consent.ts'
import { benchGenome } from './adapters/bench/genome.ts'
import { benchActs, benchAppend } from './adapters/bench/log.ts'
import { given } from './adapters/bench/parts.ts'
import { benchPlan } from './adapters/bench/plan.ts'
import type { Bench, Room } from './adapters/bench/room.ts'
import { benchRuling } from './adapters/bench/ruling.ts'
import { openScratch, type Scratch } from './adapters/bench/scratch.ts'
import { benchSession } from './adapters/bench/session.ts'
import { sideProcess } from './adapters/bench/sideProcess.ts'
import { inProgram, readPlanPorts } from './main.parts.ts'

const benches: Readonly<Record<BenchName, Bench>> = {
  genome: benchGenome,
  'log-append': benchAppend,
  log: benchActs,
  plan: benchPlan,
  consent: benchConsent,
  'consent-decision': benchDecision,
  ruling: benchRuling,
  session: benchSession,
}

/** Like this file itself: TypeScript where it runs from its source, JavaScript where it is built. */
const sideProgram = fileURLToPath(
  new URL(`./main.side${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
)

/** One bench or all of them; a fault ends its own bench only. */
export const bench: Programs['bench'] = async function* (request, show) {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-bench-'))
  // The database of root runs as another user, who must be able to pass.
  await chmod(folder, 0o711)
  const { room, close } = roomIn(folder, request, show)
  try {
    for (const name of request.names) {
      try {
        for await (const line of benches[name](room)) yield ok(line)
      } catch (error) {
        if (!(error instanceof FaultError)) throw error
        yield err(error.fault)
      }
    }
  } finally {
    await close()
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

function roomIn(folder: string, { quick, vcf }: BenchRequest, show: (text: string) => void) {
  let opened: Promise<Scratch> | undefined
  const databaseUrl = process.env['DATABASE_URL']
  const room: Room = {
    quick,
    show,
    vcf,
    folder,
    program: [process.execPath, inProgram('bin', 'habeas')],
    examples: inProgram('examples'),
    side: (side, setting, env = {}) => sideProcess({ program: sideProgram, side, setting, env }),
    ports: async () => given(await readPlanPorts()),
    scratch: () => {
      opened ??= openScratch({ folder, onProgress: show, ...(databaseUrl ? { databaseUrl } : {}) })
      return opened
    },
  }
  const close = async () => (await opened?.catch(() => undefined))?.close()
  return { room, close }
}
