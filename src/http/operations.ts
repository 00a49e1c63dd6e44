import type { FastifyPluginAsync } from 'fastify'
import { Histogram, Registry } from 'prom-client'
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
    const hidden = { schema: { hide: true } }
    server.get('/healthz', hidden, async () => ({ status: 'alive' }))
    server.get('/readyz', hidden, async () => {
      await desk.readCheckpoint()
      return { status: 'ready' }
    })
    server.get('/metrics', hidden, async (_, reply) => {
      const memory = process.memoryUsage.rss()
      const text = `${await registry.metrics()}# TYPE habeas_resident_bytes gauge\nhabeas_resident_bytes ${memory}\n`
      return reply.type('text/plain; version=0.0.4; charset=utf-8').send(text)
    })
    server.get('/log/checkpoint', hidden, async (_, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .header('cache-control', 'no-cache')
        .send(await desk.readCheckpoint()),
    )
    server.get('/log/log.vkey', hidden, async (_, reply) =>
      reply.type('text/plain; charset=utf-8').send(`${desk.logKey}\n`),
    )
  }
