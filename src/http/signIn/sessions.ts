import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { ownAnswers, plainAnswers } from '../answers.ts'
import { sendProblem } from '../caseAct.ts'
import { notFound } from '../problem.ts'
import { NoQuery } from '../schemas.ts'
import type { SignInDesk } from './desk.ts'
import { EmptyBody, OthersEnded, SessionList, SessionParams } from './schemas.ts'
import { sendAgain, signedIn, tokenOf } from './signedIn.ts'

/** Where else somebody is signed in, and the way out there. */
export const ownSessionRoutes =
  (desk: SignInDesk): FastifyPluginAsyncTypebox =>
  async (api) => {
    const listFor = async (request: FastifyRequest) => {
      const sessions = await desk.listSessions(signedIn(request), tokenOf(request, desk.origin))
      return { sessions: [...sessions] }
    }
    api.get(
      '/sessions',
      {
        schema: {
          operationId: 'listSessions',
          summary: 'Where one is signed in: at most five, the one used last first',
          querystring: NoQuery,
          response: plainAnswers(200, 'One’s own sessions', SessionList),
        },
      },
      async (request, reply) => reply.send(await listFor(request)),
    )
    api.post(
      '/sessions/:sessionHandle/end',
      {
        schema: {
          operationId: 'endOneSession',
          summary: 'Sign out at one other browser, within 10 minutes of a sign-in',
          params: SessionParams,
          querystring: NoQuery,
          body: EmptyBody,
          response: ownAnswers(200, 'The sessions that are left', SessionList),
        },
      },
      async (request, reply) => {
        const token = tokenOf(request, desk.origin)
        const ended = await desk.endOneSession(token, request.params.sessionHandle)
        if (!ended.ok) return sendAgain(reply)
        return ended.value ? reply.send(await listFor(request)) : sendProblem(reply, notFound())
      },
    )
    api.post(
      '/session/end-others',
      {
        schema: {
          operationId: 'endOtherSessions',
          summary: 'Sign out at every other browser, within 10 minutes of a sign-in',
          querystring: NoQuery,
          body: EmptyBody,
          response: ownAnswers(200, 'Signed in nowhere else', OthersEnded),
        },
      },
      async (request, reply) => {
        const ended = await desk.endOtherSessions(tokenOf(request, desk.origin))
        return ended.ok ? reply.send({ elsewhere: false }) : sendAgain(reply)
      },
    )
  }
