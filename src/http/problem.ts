import { type Fault, FaultError } from '#kernel'

/** RFC 9457, with what a machine needs beside the sentence. Nothing in it comes from the request or from a record. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly [extension: string]: unknown
}

export const problemType = 'application/problem+json; charset=utf-8'

export const problem = (
  status: number,
  code: string,
  title: string,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): Problem => ({ type: `urn:habeas:problem:${code}`, title, status, detail, code, ...more })

/** One answer for what is not there and for what is not yours. */
export const notFound = (): Problem =>
  problem(404, 'not-found', 'Not found', 'There is nothing here that you may see.')

/** Said before anything of a person is looked at. */
export const busy = (): Problem =>
  problem(503, 'busy', 'Not just now', 'Too many requests are waiting. Nothing was recorded.')

/** After how many seconds it is worth asking again. */
export const retryAfterSeconds = 2

const notJust = (code: string, detail: string): Problem => problem(503, code, 'Not just now', detail)

/** Nothing is said to be recorded that may not be, nor the other way round; a full disk needs somebody first. */
function problemOfFault({ kind, code, where, found, expected }: Fault): Problem {
  if (kind === 'input') {
    return problem(422, code, 'The case cannot be used', `Found ${found}, expected ${expected}.`, {
      where: withoutFolder(where),
    })
  }
  if (code === 'store.disk-full') {
    const detail = 'The disk of the database is full: nothing was recorded. Somebody must make room.'
    return problem(507, code, 'No room left', detail)
  }
  if (code === 'store.outcome-unknown') {
    const detail =
      'The database was lost while this was being recorded: it may be on record, or not. Look before asking again.'
    return notJust(code, detail)
  }
  if (code === 'store.not-proved') {
    return notJust(
      code,
      'This is on record, but its receipt cannot be made now. Look for it on the person’s page.',
    )
  }
  return notJust(code, 'The database does not answer: nothing was recorded. Ask again soon.')
}

/** Where the files of a case lie on this machine is nobody's business. */
const withoutFolder = (where: string): string => where.replace(/^[^$]*\//, '')

/** A body that is no JSON, or none that every reader reads alike. */
export class BodyError extends Error {
  readonly fault: Fault | undefined
  constructor(fault: Fault | undefined) {
    super('a body that cannot be read')
    this.fault = fault
  }
}

function problemOfBody(fault: Fault | undefined): Problem {
  const { where = 'body', found = 'text that is not UTF-8', expected = 'JSON' } = fault ?? {}
  return problem(400, fault?.code ?? 'json.syntax', 'Not understood', `Found ${found} at ${where}.`, {
    where,
    found,
    expected,
  })
}

type ValidationError = {
  readonly validation?: readonly {
    readonly instancePath: string
    readonly keyword: string
    readonly message?: string
  }[]
  readonly validationContext?: string
  readonly statusCode?: number
  readonly code?: string
}

const plain: Readonly<Record<number, readonly [code: string, title: string, detail: string]>> = {
  400: ['bad-request', 'Not understood', 'The request is not what this address expects.'],
  404: ['not-found', 'Not found', 'There is nothing here that you may see.'],
  405: ['method-not-allowed', 'Not this way', 'This address does not answer to this method.'],
  408: ['too-slow', 'Too slow', 'The request did not arrive in time.'],
  413: ['too-large', 'Too large', 'The body is larger than this address takes.'],
  414: ['too-long', 'Too long', 'The address is longer than any that is known here.'],
  415: ['media-type', 'Not this type', 'Send the body as application/json.'],
  417: ['expectation', 'Not expected', 'This server meets no such expectation.'],
  429: ['sign-in.too-many', 'Too many tries', 'Too many tries from there: come again in a minute.'],
  431: ['headers-too-large', 'Headers too large', 'The headers are larger than this server takes.'],
}

/** What any error becomes. A bug tells its kind to the log only. */
export function problemOf(error: unknown): Problem {
  if (error instanceof FaultError) return problemOfFault(error.fault)
  if (error instanceof BodyError) return problemOfBody(error.fault)
  const { validation, validationContext, statusCode } = error as ValidationError
  if (validation) return problemOfValidation(validation, validationContext ?? 'request')
  const known = statusCode === undefined ? undefined : plain[statusCode]
  if (known && statusCode !== undefined) return problem(statusCode, ...known)
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return problem(statusCode, ...plain[400]!)
  return problem(
    500,
    'fault',
    'A fault of the program',
    'A fault of the program itself; nothing was recorded as done.',
  )
}

/** Names the place and the rule that was broken, never the value. */
function problemOfValidation(errors: NonNullable<ValidationError['validation']>, context: string): Problem {
  const [first] = errors
  const where = `${context} $${(first?.instancePath ?? '').replaceAll('/', '.')}`
  const rule =
    first?.keyword === 'additionalProperties' ? 'an unknown member' : `something against “${first?.keyword}”`
  return problem(400, 'request.shape', 'Not understood', `Found ${rule} at ${where}.`, {
    where,
    found: rule,
    expected: 'what the description at /api/openapi.json says',
  })
}

/** What an act that turned out impossible is answered with, by its code. */
export type Said = readonly [status: number, title: string, detail: string]

export const nothingRecorded = (code: string, [status, title, detail]: Said): Problem =>
  problem(status, code, title, `${detail} Nothing was recorded.`)
