import type { FastifyInstance } from 'fastify'
import { fromUtf8, parseJson } from '#kernel'
import { BodyError } from './problem.ts'

/**
 * JSON only, so that a page of another site cannot send it without asking first; and JSON that every reader reads alike: of a
 * member that is given twice, the other one may be the withdrawal.
 */
export function acceptJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) => {
    const text = fromUtf8(body as Buffer)
    const parsed = text === undefined ? undefined : parseJson(text, 'body')
    if (parsed?.ok) return done(null, parsed.value)
    done(new BodyError(parsed?.error))
  })
}
