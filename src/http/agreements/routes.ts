import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { SignatureRefusal, SigningRefusal } from '#usecases'
import type { ActsAtOnce } from '../actsAtOnce.ts'
import { lookAnswers, signAnswers } from '../answers.ts'
import type { ActRunner } from '../caseAct.ts'
import type { Desk } from '../desk.ts'
import { type Problem, problem } from '../problem.ts'
import { CaseParams, NoQuery } from '../schemas.ts'
import { consentReceiptRoutes } from './consentReceipt.ts'
import { AgreementPage, SigningBody, SigningDone } from './schemas.ts'
import { isOfSignature, problemOfSignature, signatureRoutes } from './signature.ts'
import { agreementsView, signingView } from './views.ts'

/** What a person may sign, what they signed, and the signing itself. */
export const agreementRoutes =
  (desk: Desk, act: ActRunner, acts: ActsAtOnce): FastifyPluginAsyncTypebox =>
  async (api) => {
    await api.register(signatureRoutes(desk, acts))
    await api.register(consentReceiptRoutes(desk, act))
    api.get(
      '/cases/:caseId/agreements',
      {
        schema: {
          operationId: 'listAgreements',
          summary: 'The forms that can be signed here, and what was signed; looking is an act too',
          params: CaseParams,
          querystring: NoQuery,
          response: lookAnswers(200, 'Forms and agreements, as of this look', AgreementPage),
        },
      },
      (request, reply) =>
        act(
          request,
          reply,
          'listAgreements',
          'agreements',
          ({ value }, by) => desk.showAgreements(value, by),
          (done, from) => reply.send(agreementsView(from, done, desk.recalls.days)),
        ),
    )
    api.post(
      '/cases/:caseId/agreements',
      {
        schema: {
          operationId: 'signConsent',
          summary: 'The person says yes or no to each choice of a form; the very next act sees it',
          params: CaseParams,
          querystring: NoQuery,
          body: SigningBody,
          response: signAnswers(201, 'What was signed, and its receipt', SigningDone),
        },
      },
      (request, reply) =>
        act(
          request,
          reply,
          'signConsent',
          'consent',
          async ({ value }, by) => {
            const { signature, ...signing } = request.body
            const from = { ...value, caseId: request.params.caseId }
            const signed = await desk.sign(from, by, signing, signature?.response)
            return signed.ok ? signed.value : problemOfSigning(signed.error)
          },
          (done) => reply.code(201).send(signingView(desk, done)),
        ),
    )
  }

const refused = (status: number, code: SigningRefusal, title: string, detail: string): Problem =>
  problem(status, code, title, `${detail} Nothing was signed.`)

const unnamedRelative =
  'Found somebody at body $.choices[].named where none can be named, or without a name in plain words; expected names beside a yes about relatives after death.'
const noWitness = 'Not with this witness'
const noInterpreter = 'Not with this interpreter'
const named = 'expected the name with which somebody signs in who has a passkey, and no part in it.'
const attending = {
  'consent.witness-needed': [
    noWitness,
    `Found no body $.witness where the form, or body $.hindrance, asks for one; ${named}`,
  ],
  'consent.witness-not-possible': [noWitness, `Found at body $.witness nobody who can be one; ${named}`],
  'consent.witness-self': [noWitness, `Found whoever signs at body $.witness; ${named}`],
  'consent.attendants-same': [noWitness, 'Found the interpreter at body $.witness; expected two people.'],
  'consent.hindrance-reason': [noWitness, 'Found no plain words at body $.hindrance.words; expected some.'],
  'consent.interpreter-to-confirm': [
    noInterpreter,
    `Found no body $.interpreter.account where the form asks for one; ${named}`,
  ],
  'consent.interpreter-not-possible': [
    noInterpreter,
    `Found at body $.interpreter.account nobody who can confirm it; ${named}`,
  ],
} as const satisfies Partial<Record<SigningRefusal, readonly [title: string, detail: string]>>

const isOfAttending = (code: SigningRefusal | SignatureRefusal): code is keyof typeof attending =>
  code in attending

function problemOfSigning(code: SigningRefusal | SignatureRefusal): Problem {
  if (isOfSignature(code)) return problemOfSignature(code)
  if (isOfAttending(code)) {
    const [title, detail] = attending[code]
    return refused(422, code, title, detail)
  }
  switch (code) {
    case 'consent.by-person':
      return refused(403, code, 'Not in this way', 'Only the person, signed in themselves, signs here.')
    case 'consent.form':
      return refused(
        409,
        code,
        'Another form',
        'Found a form at body $.form that does not stand in these words; expected one of those that are listed.',
      )
    case 'consent.superseded':
      return refused(
        409,
        code,
        'Signed already',
        'Found something at body $.supersedes that is not the newest of this form; expected that one.',
      )
    case 'consent.choices':
      return refused(
        422,
        code,
        'Not every choice',
        'Found choices at body $.choices that are not those of the form that are theirs to make; expected each of these once.',
      )
    case 'consent.not-understood':
      return refused(
        422,
        code,
        'Not understood yet',
        'Found something allowed at body $.choices whose question was not answered rightly in the end; expected that, or a no.',
      )
    case 'consent.relatives-named':
      return refused(422, code, 'Not such a relative', unnamedRelative)
    case 'consent.no-preview':
      return refused(
        422,
        code,
        'Not shown',
        'Found false at body $.previewShown; expected that it was shown who could then see what.',
      )
    case 'consent.voice-reason':
      return refused(
        422,
        code,
        'Not said why',
        'Found a voice at body $.voice without a fitting reason at body $.unable; expected one in words with not-able, not too-young from 7 on, and none beside another voice.',
      )
    case 'consent.interpreter-unnamed':
    case 'consent.interpreter-self':
      return refused(
        422,
        code,
        'Not an interpreter',
        `Found at body $.interpreter nobody who could have been one (${code}); expected the name and language of somebody else.`,
      )
    case 'consent.papers-unknown':
    case 'consent.papers-not-begun':
    case 'consent.papers-ended':
    case 'consent.somebody-else':
      return refused(403, code, 'No papers for this', `They may not sign for this person (${code}).`)
    default:
      return refused(403, code, 'Not theirs to sign', `The law does not let this be signed so (${code}).`)
  }
}
