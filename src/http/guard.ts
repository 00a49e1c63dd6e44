import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './caseAct.ts'
import { problem, problemOf } from './problem.ts'

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]'])

const nameOf = (authority: string): string => authority.replace(/:\d+$/, '')

/**
 * The server answers to its own name and to those of this machine: a name that was made to point here (DNS rebinding) is no name
 * of ours. A page from elsewhere may neither read nor write, and whoever brings a session must come from a page of ours. No name
 * holds the character zero, and the database cannot be asked for one that does.
 */
export function guard(server: FastifyInstance, ownOrigin: string): void {
  const ownHost = new URL(ownOrigin).host
  server.addHook('onRequest', async (request, reply) => {
    const host = request.headers.host ?? ''
    if (host !== ownHost && !loopbackNames.has(nameOf(host))) {
      const detail = 'This server answers to its own name and to those of this machine only.'
      return sendProblem(reply, problem(421, 'other-host', 'Not this server', detail))
    }
    if (/%00/.test(request.url)) return sendProblem(reply, problemOf({ statusCode: 400 }))
    if (request.method === 'GET' || request.method === 'HEAD') return
    const own = host === ownHost ? ownOrigin : `http://${host}`
    if (isForeign(request, own)) return refuseForeign(reply)
  })
}

/** Browsers say of every writing request where it comes from; one that brings our cookie and does not is none to believe. */
function isForeign({ headers }: FastifyRequest, own: string): boolean {
  const { origin } = headers
  const site = headers['sec-fetch-site']
  if (origin !== undefined) return origin !== own
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  return /(^|;\s*)(__Host-)?habeas=/.test(headers.cookie ?? '')
}

const refuseForeign = (reply: FastifyReply): FastifyReply =>
  sendProblem(
    reply,
    problem(403, 'other-origin', 'Not from there', 'A page of another site may not ask this.'),
  )
