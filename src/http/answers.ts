import { type TSchema, Type } from 'typebox'
import { ProblemBody } from './schemas.ts'

/** What may be answered, by status; each that occurs is described, and the tests hold every answer against it. */
const problems: Readonly<Record<number, string>> = {
  400: 'Not understood: the place and the rule that was broken, never what was sent',
  401: 'Only who has signed in may ask this',
  403: 'Refused, with every reason and a receipt; a role that may not ask this, or a page of another site',
  404: 'Not there, or not yours: the same answer for both',
  408: 'The request did not arrive in time',
  409: 'Too late, or not alone: `code` says which',
  413: 'The body is too large',
  414: 'An id is longer than any that is known here',
  415: 'The body is not application/json',
  417: 'An expectation that this server does not meet',
  429: 'Too many tries: `retry-after` says when to come again',
  421: 'A name that is none of this server’s',
  422: 'The case that was named cannot be used',
  431: 'The headers are too large',
  500: 'A fault of the program itself',
  503: 'Not just now: busy, or the database does not answer; `code` says which, and whether anything was recorded',
  507: 'The disk of the database is full: nothing was recorded',
}

const always = [400, 401, 403, 408, 417, 421, 431, 500, 503]
const ofStore = [507]
const ofCase = [404, 414, 422]
const ofAct = [...ofCase, ...ofStore]
const ofBody = [413, 415]

const problemAnswer = (status: number) => ({
  description: problems[status],
  content: { 'application/problem+json': { schema: ProblemBody } },
})

/** Untyped on purpose: what is sent is made in `views.ts`, and the tests hold it against these schemas. */
const answersWith =
  (more: readonly number[]) =>
  (status: number, description: string, body: TSchema, type = 'application/json'): unknown => ({
    [status]: { description, content: { [type]: { schema: body } } },
    ...Object.fromEntries([...always, ...more].map((other) => [other, problemAnswer(other)])),
  })

export const plainAnswers = answersWith([])
export const storeAnswers = answersWith(ofStore)
export const caseAnswers = answersWith(ofCase)
/** Of whoever shows who they are. */
export const signInAnswers = answersWith([404, 413, 414, 415, 429, 507])
/** Of whoever has signed in and changes what is theirs. */
export const ownAnswers = answersWith([404, 413, 414, 415, 422, 507])
/** Of whoever lays down what holds for a hospital. */
export const ruleAnswers = answersWith([404, 409, 413, 414, 415, 422, 507])
export const lookAnswers = answersWith(ofAct)
export const actAnswers = answersWith([...ofAct, ...ofBody])

/** Of whoever signs. */
export const signAnswers = answersWith([...ofAct, ...ofBody, 409])

export const TextBody = Type.String()
