import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { SignatureRefusal, SigningRefusal } from '#usecases'
import type { ActsAtOnce } from '../actsAtOnce.ts'
import { signAnswers } from '../answers.ts'
import { findCase, inTurn, sendProblem } from '../caseAct.ts'
import type { Desk } from '../desk.ts'
import { notFound, type Problem, problem } from '../problem.ts'
import { CaseParams, NoQuery } from '../schemas.ts'
import { SignatureAsked, SignatureAskedBody } from './schemas.ts'

/** What the passkey is asked before a form is signed. No act: nothing of the person is read, and nothing is said yet. */
export const signatureRoutes =
  (desk: Desk, acts: ActsAtOnce): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.post(
      '/cases/:caseId/agreements/signature',
      {
        schema: {
          operationId: 'askSignature',
          summary:
            'What the browser is to ask of a passkey, over the digest of exactly this; opens once, for a few minutes',
          params: CaseParams,
          querystring: NoQuery,
          body: SignatureAskedBody,
          response: signAnswers(200, 'Options for the browser', SignatureAsked),
        },
      },
      (request, reply) =>
        inTurn(acts, reply, async () => {
          const found = await findCase(desk, request, 'askSignature', request.params.caseId)
          if (found === undefined) return sendProblem(reply, notFound())
          const asked = await desk.askSignature(found.from.value, found.by, request.body)
          if (asked.ok) return reply.header('cache-control', 'no-store').send(asked.value as object)
          const { error } = asked
          return sendProblem(reply, isOfSignature(error) ? problemOfSignature(error) : notTheirs(error))
        }),
    )
  }

type Code = Extract<
  SigningRefusal | SignatureRefusal,
  `consent.signature-${string}` | `consent.passkey-${string}` | 'consent.no-passkey'
>

const notTheirs = (code: string): Problem =>
  problem(403, code, 'Not theirs to sign', `They may not sign for this person (${code}).`)

export const isOfSignature = (code: SigningRefusal | SignatureRefusal): code is Code => code in problems

export function problemOfSignature(code: Code): Problem {
  const [status, title, detail] = problems[code]
  return problem(status, code, title, `${detail} Nothing was signed.`)
}

const problems: Readonly<Record<Code, readonly [status: number, title: string, detail: string]>> = {
  'consent.no-passkey': [409, 'No passkey', 'Found no passkey of theirs; expected one to sign with.'],
  'consent.passkey-needed': [
    403,
    'A passkey is needed',
    'Found no body $.signature; expected one, because the law wants this yes in writing. A no needs none.',
  ],
  'consent.passkey-there': [
    403,
    'Not without the passkey',
    'Found no body $.signature; expected one, because they have a passkey. A no needs none.',
  ],
  'consent.signature-gone': [
    409,
    'Answered before',
    'Found body $.signature where nothing is asked any more; expected one that was asked for and not used yet.',
  ],
  'consent.signature-expired': [
    409,
    'Too late',
    'Found at body $.signature an answer that came too late; expected one within five minutes.',
  ],
  'consent.signature-other-words': [
    422,
    'Not over this',
    'Found at body $.signature something else than what is signed; expected its digest as the challenge.',
  ],
  'consent.signature-other-key': [
    422,
    'Not their passkey',
    'Found at body $.signature.response.id no passkey of theirs; expected one.',
  ],
  'consent.signature-other-origin': [
    422,
    'Made elsewhere',
    'Found at body $.signature.response a page of another origin; expected one of this server.',
  ],
  'consent.signature-counter': [
    422,
    'A copied passkey',
    'Found at body $.signature.response a counter that went back; expected a later one.',
  ],
  'consent.signature-wrong': [
    422,
    'Not right',
    'Found at body $.signature.response what their passkey did not make; expected its signature, by a user who was verified.',
  ],
}
