import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Over HTTPS the browser binds a cookie to this host; on this machine without HTTPS it cannot. */
const nameOf = (name: string, origin: string): string => (isHttps(origin) ? `__Host-${name}` : name)
const isHttps = (origin: string): boolean => origin.startsWith('https:')

const optionsFor = (origin: string, more: CookieSerializeOptions = {}): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax',
  secure: isHttps(origin),
  ...more,
})

const token = /^[A-Za-z0-9_-]{43}$/
const read = (request: FastifyRequest, name: string, origin: string): string | undefined => {
  const value = request.cookies[nameOf(name, origin)]
  return value !== undefined && token.test(value) ? value : undefined
}

/** The token of the session that a browser sent, if it sent one that can be one. */
export const sessionToken = (request: FastifyRequest, origin: string) => read(request, 'habeas', origin)

/** Ends with the browser; how long it opens anything is known here, not there. */
export const giveSession = (reply: FastifyReply, origin: string, value: string): void =>
  void reply.setCookie(nameOf('habeas', origin), value, optionsFor(origin))

export const takeSession = (reply: FastifyReply, origin: string): void =>
  void reply.clearCookie(nameOf('habeas', origin), optionsFor(origin))

/** What a browser brings back from the provider. */
export const attemptOf = (request: FastifyRequest, origin: string) => read(request, 'habeas-attempt', origin)

const attemptSeconds = 600

export const giveAttempt = (reply: FastifyReply, origin: string, value: string): void =>
  void reply.setCookie(
    nameOf('habeas-attempt', origin),
    value,
    optionsFor(origin, { maxAge: attemptSeconds }),
  )

export const takeAttempt = (reply: FastifyReply, origin: string): void =>
  void reply.clearCookie(nameOf('habeas-attempt', origin), optionsFor(origin))
