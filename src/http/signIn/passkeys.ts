import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Passkey } from '#usecases'
import { ownAnswers, plainAnswers } from '../answers.ts'
import { sendProblem } from '../caseAct.ts'
import { notFound, problem } from '../problem.ts'
import { NoQuery } from '../schemas.ts'
import type { SignInDesk } from './desk.ts'
import { EmptyBody, PasskeyBody, PasskeyList, PasskeyOptions, PasskeyParams, PasskeyView } from './schemas.ts'
import { sendAgain, signedIn, tokenOf } from './signedIn.ts'

const viewOf = ({ id, label, addedAt, usedAt }: Passkey) => ({ id, label, addedAt, usedAt })

/** The passkeys of whoever is signed in. */
export const passkeyRoutes =
  (desk: SignInDesk): FastifyPluginAsyncTypebox =>
  async (api) => {
    await api.register(addingRoutes(desk))
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
      '/passkeys/:passkeyId/removal',
      {
        schema: {
          operationId: 'removePasskey',
          summary: 'It opens nothing from now on; within 10 minutes of a sign-in',
          params: PasskeyParams,
          querystring: NoQuery,
          body: EmptyBody,
          response: ownAnswers(200, 'The passkeys that are left', PasskeyList),
        },
      },
      async (request, reply) => {
        const removed = await desk.removePasskey(tokenOf(request, desk.origin), request.params.passkeyId)
        if (!removed.ok) return sendAgain(reply)
        if (!removed.value) return sendProblem(reply, notFound())
        const { passkeys } = await desk.describe(signedIn(request))
        return reply.send({ passkeys: passkeys.map(viewOf) })
      },
    )
  }

/** One more, in two steps: what the browser is asked, and what it answers. */
const addingRoutes =
  (desk: SignInDesk): FastifyPluginAsyncTypebox =>
  async (api) => {
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
      async (request, reply) => {
        const asked = await desk.askNewPasskey(signedIn(request), tokenOf(request, desk.origin))
        return asked.ok ? reply.send(asked.value) : sendAgain(reply)
      },
    )
    api.post(
      '/passkeys',
      {
        schema: {
          operationId: 'addPasskey',
          summary: 'One more passkey, within 10 minutes of a sign-in',
          querystring: NoQuery,
          body: PasskeyBody,
          response: ownAnswers(201, 'The passkey', PasskeyView),
        },
      },
      async (request, reply) => {
        const { response, label } = request.body
        const token = tokenOf(request, desk.origin)
        const added = await desk.addPasskey(signedIn(request), token, response, label)
        if (!added.ok) return sendAgain(reply)
        if (added.value !== undefined) return reply.code(201).send(viewOf(added.value))
        const detail =
          'What the browser answered is not right, has run out, or is a passkey that is known already.'
        return sendProblem(reply, problem(422, 'passkey.refused', 'Not added', detail))
      },
    )
  }
