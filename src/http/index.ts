import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, type FastifyReply, LogController } from 'fastify'
import { guardAccess } from './access.ts'
import { boundActs } from './actsAtOnce.ts'
import { attendanceRoutes } from './attendances/routes.ts'
import { acceptJson } from './body.ts'
import { sendProblem } from './caseAct.ts'
import { caseRoutes } from './cases.ts'
import { boundConnections } from './connections.ts'
import type { Desk } from './desk.ts'
import { emergencyReviewRoutes } from './emergencies/reviewRoutes.ts'
import { fhirRoutes } from './fhir/routes.ts'
import { guard } from './guard.ts'
import { houseRuleRoutes } from './houserules/routes.ts'
import { description, operations } from './operations.ts'
import { problemOf, problemType } from './problem.ts'
import { recallRoutes } from './recalls/routes.ts'
import { relativesReviewRoutes } from './relatives/reviewRoutes.ts'
import { consentRoutes } from './signIn/consent.ts'
import { passkeyRoutes } from './signIn/passkeys.ts'
import { providerRoutes } from './signIn/provider.ts'
import { sessionRoutes } from './signIn/session.ts'
import { ownSessionRoutes } from './signIn/sessions.ts'
import { wayRoutes } from './signIn/ways.ts'
import { serveSite } from './site.ts'

export type { AttendanceDesk } from './attendances/desk.ts'
export type { AskedAhead, Desk } from './desk.ts'

export type ServerOptions = {
  readonly version: string
  /** Folder of the built pages. */
  readonly site: string
  /** Lines of the log, JSON each; undefined: none. */
  readonly log?: { write(line: string): void } | undefined
  /** More connections than these are closed as they come, so that files and the database can still be opened. */
  readonly mostConnections: number
}

const bodyLimitBytes = 64 * 1024
const limits = {
  bodyLimit: bodyLimitBytes,
  /** A request that has not arrived by then is answered 408; a connection that says nothing is closed as early. */
  requestTimeout: 20_000,
  /** Nothing came or went for so long: its reader has gone to sleep. Longer than any answer takes. */
  connectionTimeout: 120_000,
  keepAliveTimeout: 30_000,
  maxRequestsPerSocket: 0,
  routerOptions: { maxParamLength: 128, ignoreTrailingSlash: false },
  // A request without a host is the guard's to refuse, in the same form as every other.
  http: {
    requireHostHeader: false,
    headersTimeout: 15_000,
    connectionsCheckingInterval: 2_000,
    maxHeaderSize: 16 * 1024,
  },
}

/** The server, ready to listen. Logs name method, route, status and time, and never an address, a body or a person. */
export async function buildServer(desk: Desk, options: ServerOptions): Promise<FastifyInstance> {
  const server = Fastify({
    ...limits,
    // Behind a proxy of this machine it is the proxy that says who comes: tries are counted for each, not for all together.
    trustProxy: desk.signIn.origin.startsWith('https:') ? 'loopback' : false,
    logger: options.log ? { level: 'info', stream: options.log, base: null } : false,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: (() => {
      let last = 0
      return () => `r${++last}`
    })(),
    forceCloseConnections: 'idle',
    // What comes on an open connection while the server stops is still answered, and the connection closed.
    return503OnClosing: false,
    ajv: {
      customOptions: { discriminator: true, removeAdditional: false, coerceTypes: false, allErrors: false },
    },
    frameworkErrors: (error, _, reply) =>
      void sendProblem(reply as unknown as FastifyReply, problemOf(error)),
    clientErrorHandler: (error, socket) => answerBroken(error, socket),
  })
  const answerBroken = boundConnections(server.server as Server, options.mostConnections)
  acceptJson(server)
  server.server.on('checkExpectation', refuseExpectation)
  // Documents are sent as they are: a member that the description does not name is not dropped.
  server.setSerializerCompiler(() => (value) => JSON.stringify(value))
  server.setErrorHandler((error, request, reply) => {
    const body = problemOf(error)
    if (body.status >= 500) request.log.error({ code: body.code, kind: kindOf(error) }, 'failed')
    return sendProblem(reply, body)
  })
  // What was read before its connection was cut off is not worked on.
  server.addHook('onRequest', async (request, reply) =>
    request.raw.socket.destroyed || request.raw.socket.writableEnded ? reply.hijack() : undefined,
  )
  logAnswers(server)
  // First, so that a refusal says it too.
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: policy },
    // Whoever has HTTPS has it for good; without, the header means nothing.
    hsts: desk.signIn.origin.startsWith('https:'),
  })
  guard(server, desk.signIn.origin)
  await server.register(cookie)
  await server.register(rateLimit, { global: false, errorResponseBuilder: () => tooMany })
  guardAccess(server, desk)
  await server.register(swagger, { openapi: descriptionOf(options.version) })
  await server.register(operations(desk))
  const acts = boundActs()
  await server.register(caseRoutes(desk, acts), { prefix: '/api' })
  for (const routes of [
    consentRoutes(desk),
    wayRoutes(desk.signIn),
    sessionRoutes(desk),
    passkeyRoutes(desk.signIn),
    ownSessionRoutes(desk.signIn),
    houseRuleRoutes(desk.house),
    recallRoutes(desk.recalls, acts),
    attendanceRoutes(desk.attendances, acts),
    emergencyReviewRoutes(desk, acts),
    relativesReviewRoutes(desk, acts),
  ])
    await server.register(routes, { prefix: '/api' })
  await server.register(fhirRoutes(desk, acts, options.version), { prefix: '/fhir' })
  await server.register(providerRoutes(desk.signIn))
  await server.register(description)
  await serveSite(server, options.site)
  return server
}

/** What the limiter throws: the error handler makes the problem of it. */
const tooMany = Object.assign(new Error('too many tries'), { statusCode: 429 })

const kindOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')

function logAnswers(server: FastifyInstance): void {
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const ms = Math.round(reply.elapsedTime)
    request.log.info({ method, route: routeOptions.url ?? 'none', status: reply.statusCode, ms }, 'answered')
  })
}

/** `100-continue` is Node's to answer; nobody asks for anything else. */
function refuseExpectation(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(417, { 'content-type': problemType, connection: 'close' })
  response.end(JSON.stringify(problemOf({ statusCode: 417 })))
}

/** Mantine sets its variables in style elements; everything else comes from here and as a file. */
const policy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}

const descriptionOf = (version: string) => ({
  openapi: '3.1.0' as const,
  info: {
    title: 'Habeas',
    version,
    description:
      'Every call that touches a person’s data is an act: it is decided, recorded and proved, refusals too.',
  },
})
