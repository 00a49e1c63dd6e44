import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Caller, isOperation, type Operation } from '#usecases'
import { sendProblem } from './caseAct.ts'
import type { AskedAhead, Desk } from './desk.ts'
import { problem } from './problem.ts'
import { sessionToken } from './signIn/sessionCookie.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; nobody at addresses that are open to all. */
    caller: Caller
    /** Of the case that the address names. */
    ahead: AskedAhead | undefined
  }
}

/** Addresses that programs ask; pages, what they are built of and the provider are for every browser. */
const asked = /^\/(api|log|healthz|readyz|metrics|fhir|cds-services|beacon|\.well-known)(\/|$)/
const nobody: Caller = { kind: 'nobody' }

/**
 * The first of two steps, before anything is read: who asks, and could they ever be allowed this? An address of machines that
 * names no operation of the table cannot be registered.
 */
export function guardAccess(server: FastifyInstance, desk: Desk): void {
  server.decorateRequest('caller', null as never)
  server.decorateRequest('ahead', undefined)
  server.addHook('onRoute', ({ url, schema }) => {
    if (asked.test(url)) operationOf(schema, url)
  })
  server.addHook('onRequest', async (request, reply) => {
    request.caller = nobody
    const { schema, url } = request.routeOptions
    if (url === undefined || !asked.test(url)) return
    // What is somebody's is kept nowhere on the way; what is for all says so itself.
    reply.header('cache-control', 'no-store')
    const operation = operationOf(schema, url)
    if (desk.access.isOpen(operation)) return
    const asking = callerOf(desk, request)
    const { caseId } = request.params as { readonly caseId?: string }
    request.ahead = caseId === undefined ? undefined : desk.askAhead(caseId)
    request.caller = await asking
    return refuse(desk.access.mayEver(request.caller, operation), reply)
  })
  server.addHook('onResponse', async ({ ahead }) => ahead?.letGo())
}

/** A program brings a token, a browser a session; whoever brings both is the program. */
function callerOf({ signIn }: Desk, request: FastifyRequest): Promise<Caller> {
  const { authorization } = request.headers
  if (authorization === undefined) return signIn.identify(sessionToken(request, signIn.origin))
  const [, token] = /^Bearer ([A-Za-z0-9_-]{16,128})$/i.exec(authorization) ?? []
  return token === undefined ? Promise.resolve(nobody) : signIn.identifyBearer(token)
}

function operationOf(schema: FastifyRequest['routeOptions']['schema'], url: string): Operation {
  const operation = (schema as { readonly operationId?: string } | undefined)?.operationId ?? ''
  if (!isOperation(operation)) throw new Error(`${url} names no operation of the table of access`)
  return operation
}

function refuse(answer: 'yes' | 'sign-in' | 'role', reply: FastifyReply): FastifyReply | undefined {
  switch (answer) {
    case 'yes':
      return undefined
    case 'sign-in':
      reply.header('www-authenticate', 'Bearer')
      return sendProblem(
        reply,
        problem(401, 'sign-in.needed', 'Sign in first', 'Only who has signed in may ask this.'),
      )
    case 'role':
      return sendProblem(
        reply,
        problem(403, 'access.role', 'Not in your role', 'None of your roles may ask this.'),
      )
  }
}
