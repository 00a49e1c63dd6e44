import type { FastifyInstance } from 'fastify'
import { err, fromUtf8, inputFault, parseJson } from '#kernel'
import { BodyError } from './problem.ts'

/**
 * JSON only, so that a page of another site cannot send it without asking first; and JSON that every reader reads alike: of a
 * member that is given twice, the other one may be the withdrawal.
 */
export function acceptJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) => {
    const text = fromUtf8(body as Buffer)
    const parsed = text === undefined ? undefined : parseBody(text)
    if (parsed?.ok) return done(null, parsed.value)
    done(new BodyError(parsed?.error))
  })
}

/** The database keeps no text with the character zero in it: said here, and not taken for a database that fails. */
function parseBody(text: string) {
  if (!zero.test(text)) return parseJson(text, 'body')
  return err(inputFault('json.zero', 'body', 'the character zero in a text', 'text without it'))
}

/** Its escape, after an even number of backslashes: an odd one more is text about it. */
const zero = /(?<!\\)(?:\\\\)*\\u0000/
