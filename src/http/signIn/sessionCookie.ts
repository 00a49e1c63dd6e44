import type {} from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'

/** Over HTTPS the browser binds the cookie to this host; on this machine without HTTPS it cannot. */
export const sessionCookieName = (https: boolean): string => (https ? '__Host-habeas' : 'habeas')

/** The token of the session that a browser sent, if it sent one that can be one. */
export function sessionTokenOf(request: FastifyRequest): string | undefined {
  const { cookies } = request
  const token = cookies[sessionCookieName(true)] ?? cookies[sessionCookieName(false)]
  return token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined
}
