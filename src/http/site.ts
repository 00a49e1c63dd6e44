import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { sendProblem } from './caseAct.ts'
import { notFound, problem } from './problem.ts'

/** Addresses that are not pages: each is an operation of its own. */
export const isForMachines = (path: string): boolean => machines.test(path)

const machines =
  /^\/(api|oidc|log|healthz|readyz|metrics|assets|fhir|cds-services|beacon|\.well-known)(\/|%|$)/

/** The script that reads a person's genome in their browser (`src/web/genome/genomeWorker.ts`). */
const sealedScript = '/assets/genomeWorker-'
/** A worker has the policy that its script came with: it can connect to nothing and load nothing, ours neither. */
const sealed = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The pages: files that the build made, and one document for every address that a page may have. */
export async function serveSite(server: FastifyInstance, folder: string): Promise<void> {
  const built = existsSync(join(folder, 'index.html'))
  if (built) {
    await server.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const forEver = path.includes('/assets/')
        reply.header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache')
        if (path.includes(sealedScript)) reply.header('content-security-policy', sealed)
      },
    })
  }
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    if (isForMachines(path) || (request.method !== 'GET' && request.method !== 'HEAD')) {
      return sendProblem(reply, notFound())
    }
    if (!built) return sendProblem(reply, notBuilt())
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  })
}

const notBuilt = () =>
  problem(
    503,
    'not-built',
    'The pages are not built',
    'Run `npm install` (or `npm run build`) in the folder first.',
  )
