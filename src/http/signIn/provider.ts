import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import type { SignInDesk, Trouble } from './desk.ts'
import { ownPath } from './ownPath.ts'
import { attemptOf, giveAttempt, giveSession, sessionToken, takeAttempt } from './sessionCookie.ts'

/** To the provider and back, and the provider itself: addresses that a browser goes to, none that a program asks. */
export const providerRoutes =
  (desk: SignInDesk): FastifyPluginAsync =>
  async (server) => {
    await server.register(ownProvider(desk))
    server.get('/sign-in/start', { schema: { hide: true } }, async (request, reply) => {
      const { to } = request.query as { to?: unknown }
      // Cookies belong to a name: whoever came by another of this machine goes on under the one that the provider knows.
      if (request.headers.host !== new URL(desk.origin).host)
        return goTo(reply, `${desk.origin}/sign-in/start?to=${encodeURIComponent(ownPath(to))}`)
      const left = await desk.leave(ownPath(to))
      if (!left.ok) return trouble(reply, left.error)
      giveAttempt(reply, desk.origin, left.value.attempt)
      return goTo(reply, left.value.location)
    })
    server.get('/sign-in/return', { schema: { hide: true } }, async (request, reply) => {
      const attempt = attemptOf(request, desk.origin)
      takeAttempt(reply, desk.origin)
      const back = await desk.comeBack(request.url, attempt, sessionToken(request, desk.origin))
      if (!back.ok) return trouble(reply, back.error)
      giveSession(reply, desk.origin, back.value.token)
      return goTo(reply, back.value.to)
    })
  }

const goTo = (reply: FastifyReply, location: string): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect(location, 303)

const trouble = (reply: FastifyReply, why: Trouble): FastifyReply =>
  goTo(reply, `/sign-in/trouble?why=${why}`)

/** It reads what it is sent by itself. */
const ownProvider =
  (desk: SignInDesk): FastifyPluginAsync =>
  async (server) => {
    server.removeAllContentTypeParsers()
    server.addContentTypeParser('*', (_, __, done) => done(null))
    server.all('/oidc/*', { schema: { hide: true } }, (request, reply) => {
      reply.hijack()
      desk.serveProvider(request.raw, reply.raw)
    })
  }
