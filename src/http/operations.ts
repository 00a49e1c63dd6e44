import type { FastifyPluginAsync } from 'fastify'
import { Histogram, Registry } from 'prom-client'
import { type TSchema, Type } from 'typebox'
import { plainAnswers, storeAnswers, TextBody } from './answers.ts'
import type { Desk } from './desk.ts'

/** For whoever runs the server: is it alive, can it work, how busy is it. Route patterns only, never an address. */
export const operations =
  (desk: Desk): FastifyPluginAsync =>
  async (server) => {
    const registry = new Registry()
    const seconds = new Histogram({
      name: 'habeas_http_request_seconds',
      help: 'Time to answer, by route pattern, method and status',
      labelNames: ['route', 'method', 'status'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers: [registry],
    })
    server.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none'
      seconds.observe({ route, method: request.method, status: reply.statusCode }, reply.elapsedTime / 1000)
    })
    await server.register(probes(desk))
    await server.register(publicLog(desk))
    server.get(
      '/metrics',
      describe('readMetrics', 'Times and counts, for Prometheus', plainAnswers, TextBody, 'text/plain'),
      async (_, reply) => {
        const memory = process.memoryUsage.rss()
        const text = `${await registry.metrics()}# TYPE habeas_resident_bytes gauge\nhabeas_resident_bytes ${memory}\n`
        return reply.type('text/plain; version=0.0.4; charset=utf-8').send(text)
      },
    )
  }

const describe = (
  operationId: string,
  summary: string,
  answers: typeof plainAnswers,
  body: TSchema,
  type = 'application/json',
) => ({ schema: { operationId, summary, response: answers(200, summary, body, type) } })

const Status = (word: string) => Type.Object({ status: Type.Literal(word) })

const Ready = Type.Object({
  status: Type.Literal('ready'),
  law: Type.Object(
    {
      sha256: Type.String(),
      refused: Type.Union([Type.Null(), Type.Object({ code: Type.String(), where: Type.String() })]),
    },
    { description: 'the norm base that is in use, and why a later one is not' },
  ),
})

const probes =
  (desk: Desk): FastifyPluginAsync =>
  async (server) => {
    server.get(
      '/healthz',
      describe('isAlive', 'The process answers', plainAnswers, Status('alive')),
      async () => ({ status: 'alive' }),
    )
    server.get(
      '/readyz',
      describe('isReady', 'Acts can be recorded: the database answers, and has room', storeAnswers, Ready),
      async () => {
        await desk.checkReady()
        return { status: 'ready', law: desk.law() }
      },
    )
  }

/** The part of the log that everybody may know. */
const publicLog =
  (desk: Desk): FastifyPluginAsync =>
  async (server) => {
    server.get(
      '/log/checkpoint',
      describe('readCheckpoint', 'The newest signed checkpoint (C2SP)', storeAnswers, TextBody, 'text/plain'),
      async (_, reply) =>
        reply
          .type('text/plain; charset=utf-8')
          .header('cache-control', 'no-cache')
          .send(await desk.readCheckpoint()),
    )
    server.get(
      '/log/log.vkey',
      describe(
        'readLogKey',
        'The key that checkpoints verify with (C2SP)',
        plainAnswers,
        TextBody,
        'text/plain',
      ),
      async (_, reply) => reply.type('text/plain; charset=utf-8').send(`${desk.logKey}\n`),
    )
  }

/** The description of all that is registered, itself included; made once, since it is long and whoever asks often must not fill the memory. */
export const description: FastifyPluginAsync = async (server) => {
  let made: Buffer | undefined
  server.get(
    '/api/openapi.json',
    describe('readDescription', 'This document', plainAnswers, OpenApi),
    async (_, reply) => {
      made ??= Buffer.from(JSON.stringify(server.swagger()))
      return reply.type('application/json; charset=utf-8').send(made)
    },
  )
}

const OpenApi = Type.Object(
  { openapi: Type.Literal('3.1.0') },
  { additionalProperties: true, description: 'OpenAPI 3.1' },
)
