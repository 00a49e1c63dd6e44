import type { FastifyInstance } from 'fastify'
import { sendProblem } from './cases.ts'
import { problem } from './problem.ts'

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]'])

const nameOf = (authority: string): string => authority.replace(/:\d+$/, '')

function isOwnOrigin(origin: string, host: string): boolean {
  return origin === `http://${host}`
}

/**
 * Nobody signs in yet, so the server answers this machine only: a name that was made to point here (DNS rebinding) is no
 * name of ours, and a page from elsewhere may neither read nor write.
 */
export function guard(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    const host = request.headers.host ?? ''
    if (!loopbackNames.has(nameOf(host))) {
      const detail = 'This server answers to the names of this machine only.'
      return sendProblem(reply, problem(421, 'other-host', 'Not this server', detail))
    }
    const { origin } = request.headers
    const site = request.headers['sec-fetch-site']
    const foreign = (origin !== undefined && !isOwnOrigin(origin, host)) || site === 'cross-site'
    if (foreign && request.method !== 'GET' && request.method !== 'HEAD') {
      return sendProblem(
        reply,
        problem(403, 'other-origin', 'Not from there', 'A page of another site may not ask this.'),
      )
    }
  })
}
