import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { SubjectId } from '#kernel'
import { signInAnswers } from '../answers.ts'
import { findCase, sendProblem } from '../caseAct.ts'
import type { Desk } from '../desk.ts'
import { notFound } from '../problem.ts'
import { NoQuery } from '../schemas.ts'
import type { ConsentDesk } from './desk.ts'
import { Asked, ConsentBody, Next, WayParams } from './schemas.ts'

/** What a browser is asked, and whether an application may act for the one who is at it. */
export const consentRoutes =
  (desk: Desk): FastifyPluginAsyncTypebox =>
  async (api) => {
    const shared = { params: WayParams, querystring: NoQuery }
    api.get(
      '/sign-in/:uid',
      {
        schema: {
          operationId: 'readSignIn',
          summary:
            'What the one at this browser is asked: who they are, or whether an application may act for them',
          ...shared,
          response: signInAnswers(200, 'What is asked', Asked),
        },
      },
      async (request, reply) => {
        const way = await desk.signIn.interaction(request.raw, reply.raw)
        if (way === undefined || way.uid !== request.params.uid) return sendProblem(reply, notFound())
        if (way.ask === 'login') return reply.send({ ask: 'login', ways: ['passkey', 'code'] })
        const people = await peopleFor(desk, request, way)
        return reply.send({ ask: 'consent', app: way.app, scopes: [...way.scopes], people })
      },
    )
    api.post(
      '/sign-in/:uid/consent',
      {
        schema: {
          operationId: 'answerConsent',
          summary: 'Whether the application may act, and for whose record',
          ...shared,
          body: ConsentBody,
          response: signInAnswers(200, 'Answered', Next),
        },
      },
      async (request, reply) => {
        const way = await desk.signIn.interaction(request.raw, reply.raw)
        if (way?.ask !== 'consent' || way.uid !== request.params.uid) return sendProblem(reply, notFound())
        const { allow, person } = request.body
        if (!allow) return reply.send({ next: await way.refuse() })
        const people = await peopleFor(desk, request, way)
        const chosen = people.find(({ id }) => id === person)
        return chosen === undefined
          ? sendProblem(reply, notFound())
          : reply.send({ next: await way.allow(chosen.id) })
      },
    )
  }

/** Whose records the one who is asked may open for an application: those that they may open through one. */
async function peopleFor(desk: Desk, { log }: FastifyRequest, { caller }: ConsentDesk) {
  const people = new Map<SubjectId, string>()
  for (const caseId of await desk.listCases()) {
    const found = await findCase(desk, { caller, log, ahead: undefined }, 'readPatient', caseId)
    if (found === undefined) continue
    const { id, name } = found.from.value.subject
    people.set(id, name)
  }
  return [...people].map(([id, name]) => ({ id, name }))
}
