import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { Passkey } from '#usecases'
import { ownAnswers, plainAnswers } from '../answers.ts'
import { sendProblem } from '../cases.ts'
import { notFound, problem } from '../problem.ts'
import { NoQuery } from '../schemas.ts'
import type { SignedIn, SignInDesk } from './desk.ts'
import {
  EmptyBody,
  LanguageBody,
  PasskeyBody,
  PasskeyList,
  PasskeyOptions,
  PasskeyParams,
  PasskeyView,
  SessionBody,
  SignedOut,
} from './schemas.ts'
import { sessionToken, takeSession } from './sessionCookie.ts'

/** Behind the guard of access, which lets nobody through here who has not signed in. */
function signedIn({ caller }: FastifyRequest): SignedIn {
  if (caller.kind === 'nobody') throw new Error('nobody passed the guard')
  return caller
}

/** Who is signed in here, and the way out. */
export const sessionRoutes =
  (desk: SignInDesk, demo: boolean): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.get(
      '/session',
      {
        schema: {
          operationId: 'readSession',
          summary: 'Who is signed in at this browser, and in which roles',
          querystring: NoQuery,
          response: plainAnswers(200, 'Who it is, or that it is nobody', SessionBody),
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store')
        const caller = await desk.identify(sessionToken(request, desk.origin))
        if (caller.kind === 'nobody') return reply.send({ signedIn: false, demo })
        const { language, passkeys } = await desk.describe(caller)
        const { name, method } = caller
        const hasPasskey = passkeys.length > 0
        return reply.send({
          signedIn: true,
          demo,
          name,
          language,
          method,
          hasPasskey,
          holdings: holdingsOf(caller),
        })
      },
    )
    api.post(
      '/session/end',
      {
        schema: {
          operationId: 'endSession',
          summary: 'Sign out at this browser',
          querystring: NoQuery,
          body: EmptyBody,
          response: ownAnswers(200, 'Nobody is signed in here now', SignedOut),
        },
      },
      async (request, reply) => {
        const token = sessionToken(request, desk.origin)
        if (token !== undefined) await desk.endSession(token)
        takeSession(reply, desk.origin)
        return reply.send({ signedIn: false })
      },
    )
    api.post(
      '/session/language',
      {
        schema: {
          operationId: 'chooseLanguage',
          summary: 'The language that is kept with the person',
          querystring: NoQuery,
          body: LanguageBody,
          response: ownAnswers(200, 'The language', LanguageBody),
        },
      },
      async (request, reply) => {
        await desk.chooseLanguage(signedIn(request), request.body.language)
        return reply.send({ language: request.body.language })
      },
    )
  }

const holdingsOf = ({ holdings }: SignedIn) =>
  holdings.map((holding) => ({
    role: holding.role,
    organisation: 'organisation' in holding ? holding.organisation : null,
    until: holding.until,
  }))

const viewOf = ({ id, label, addedAt, usedAt }: Passkey) => ({ id, label, addedAt, usedAt })

/** The passkeys of whoever is signed in. */
export const passkeyRoutes =
  (desk: SignInDesk): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.get(
      '/passkeys',
      {
        schema: {
          operationId: 'listPasskeys',
          summary: 'One’s own passkeys',
          querystring: NoQuery,
          response: plainAnswers(200, 'The passkeys, oldest first', PasskeyList),
        },
      },
      async (request, reply) => {
        const { passkeys } = await desk.describe(signedIn(request))
        return reply.send({ passkeys: passkeys.map(viewOf) })
      },
    )
    api.post(
      '/passkeys/options',
      {
        schema: {
          operationId: 'askNewPasskey',
          summary: 'What the browser is to ask of a new passkey',
          querystring: NoQuery,
          body: EmptyBody,
          response: ownAnswers(200, 'Options for the browser', PasskeyOptions),
        },
      },
      async (request, reply) => reply.send(await desk.askNewPasskey(signedIn(request))),
    )
    api.post(
      '/passkeys',
      {
        schema: {
          operationId: 'addPasskey',
          summary: 'One more passkey',
          querystring: NoQuery,
          body: PasskeyBody,
          response: ownAnswers(201, 'The passkey', PasskeyView),
        },
      },
      async (request, reply) => {
        const { response, label } = request.body
        const added = await desk.addPasskey(signedIn(request), response, label)
        if (added !== undefined) return reply.code(201).send(viewOf(added))
        const detail =
          'What the browser answered is not right, has run out, or is a passkey that is known already.'
        return sendProblem(reply, problem(422, 'passkey.refused', 'Not added', detail))
      },
    )
    api.post(
      '/passkeys/:passkeyId/removal',
      {
        schema: {
          operationId: 'removePasskey',
          summary: 'It opens nothing from now on',
          params: PasskeyParams,
          querystring: NoQuery,
          body: EmptyBody,
          response: ownAnswers(200, 'The passkeys that are left', PasskeyList),
        },
      },
      async (request, reply) => {
        const account = signedIn(request)
        if (!(await desk.removePasskey(account, request.params.passkeyId)))
          return sendProblem(reply, notFound())
        const { passkeys } = await desk.describe(account)
        return reply.send({ passkeys: passkeys.map(viewOf) })
      },
    )
  }
