import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Result } from '#kernel'
import type { SignInRefusal } from '#usecases'
import { signInAnswers } from '../answers.ts'
import { sendProblem } from '../caseAct.ts'
import { notFound, problem } from '../problem.ts'
import { NoQuery } from '../schemas.ts'
import type { LoginDesk, SignInDesk } from './desk.ts'
import { CodeBody, EmptyBody, Next, PasskeyAnswer, PasskeyOptions, WayParams } from './schemas.ts'

/** So often in a minute may one address try; a code is far too long to be guessed, and this keeps the database quiet. */
export const triesAMinute = 120

/** How somebody shows who they are, to our own provider. */
export const wayRoutes =
  (desk: SignInDesk): FastifyPluginAsyncTypebox =>
  async (api) => {
    const shared = { params: WayParams, querystring: NoQuery }
    const config = { rateLimit: { max: triesAMinute, timeWindow: 60_000 } }
    api.post(
      '/sign-in/:uid/code',
      {
        config,
        schema: {
          operationId: 'signInByCode',
          summary: 'With a code that opens once',
          ...shared,
          body: CodeBody,
          response: signInAnswers(200, 'Who they are is known', Next),
        },
      },
      async (request, reply) =>
        within(desk, request, reply, async (way) => {
          const { name, code } = request.body
          return answer(reply, await way.signInByCode(name, code))
        }),
    )
    api.post(
      '/sign-in/:uid/passkey/options',
      {
        config,
        schema: {
          operationId: 'askSignInPasskey',
          summary: 'What the browser is to ask its passkeys',
          ...shared,
          body: EmptyBody,
          response: signInAnswers(200, 'Options for the browser', PasskeyOptions),
        },
      },
      async (request, reply) =>
        within(desk, request, reply, async (way) => reply.send(await way.askPasskey())),
    )
    api.post(
      '/sign-in/:uid/passkey',
      {
        config,
        schema: {
          operationId: 'signInByPasskey',
          summary: 'With a passkey',
          ...shared,
          body: PasskeyAnswer,
          response: signInAnswers(200, 'Who they are is known', Next),
        },
      },
      async (request, reply) =>
        within(desk, request, reply, async (way) =>
          answer(reply, await way.signInByPasskey(request.body.response)),
        ),
    )
  }

/** Only the browser that was sent here may answer: the number in the address is not enough. */
async function within(
  desk: SignInDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (way: LoginDesk) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const way = await desk.interaction(request.raw, reply.raw)
  const { uid } = request.params as { uid: string }
  reply.header('cache-control', 'no-store')
  return way?.ask === 'login' && way.uid === uid ? work(way) : sendProblem(reply, notFound())
}

function answer(reply: FastifyReply, shown: Result<string, SignInRefusal>): FastifyReply {
  if (shown.ok) return reply.send({ next: shown.value })
  if (shown.error.code === 'sign-in.locked') {
    const { seconds } = shown.error
    reply.header('retry-after', seconds)
    const detail = `Too many wrong codes: nothing is tried for ${seconds} seconds.`
    return sendProblem(reply, problem(429, 'sign-in.locked', 'Wait a little', detail, { seconds }))
  }
  const detail = 'This name and what was shown for it do not belong together, or it has run out.'
  return sendProblem(reply, problem(401, 'sign-in.refused', 'Not let in', detail))
}
