import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Result } from '#kernel'
import type { EmergencyPart, EmergencyReason, EmergencyRefusal, Governed } from '#usecases'
import { lookAnswers, signAnswers } from '../answers.ts'
import type { ActRunner } from '../caseAct.ts'
import type { Desk } from '../desk.ts'
import type { Problem } from '../problem.ts'
import { CaseParams, NoQuery } from '../schemas.ts'
import { governedView } from '../views.ts'
import { problemOfEmergency } from './refused.ts'
import { EmergencyDone, EmergencyParams, EndBody, LookDone, LookParams, OpeningBody } from './schemas.ts'
import { emergencyView } from './view.ts'

/** For whoever treats somebody whose life is in danger: open the least, look, end. */
export const emergencyRoutes =
  (desk: Desk, act: ActRunner): FastifyPluginAsyncTypebox =>
  async (api) => {
    await api.register(openRoute(desk, act))
    await api.register(lookRoute(desk, act))
    await api.register(endRoute(desk, act))
  }

const openRoute =
  (desk: Desk, act: ActRunner): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.post(
      '/cases/:caseId/emergencies',
      {
        schema: {
          operationId: 'openEmergency',
          summary:
            'Opens the least of a record for a while, because a life is in danger; the person is told, and a review begins',
          params: CaseParams,
          querystring: NoQuery,
          body: OpeningBody,
          response: signAnswers(201, 'What was opened, until when, and its receipt', EmergencyDone),
        },
      },
      (request, reply) =>
        act(
          request,
          reply,
          'openEmergency',
          'emergency',
          async (from, by) => {
            const { reason, words } = request.body
            const opening = { caseId: request.params.caseId, reason: reason as EmergencyReason, words }
            return orProblem(await desk.emergencies.open(from, by, opening))
          },
          (done) => reply.code(201).send(doneView(desk, 'emergency', done, done.value)),
        ),
    )
  }

const lookRoute =
  (desk: Desk, act: ActRunner): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.get(
      '/cases/:caseId/emergencies/:emergencyId/:part',
      {
        schema: {
          operationId: 'lookInEmergency',
          summary:
            'A look at one part while it is open; an act of its own, refused on record once it is over',
          params: LookParams,
          querystring: NoQuery,
          response: lookAnswers(200, 'What was looked at, and the receipt of the look', LookDone),
        },
      },
      (request, reply) =>
        act(
          request,
          reply,
          'lookInEmergency',
          'emergency-look',
          async (from, by) => {
            const { emergencyId, part } = request.params
            return orProblem(await desk.emergencies.look(from, by, emergencyId, part as EmergencyPart))
          },
          (done) => {
            const { emergency, look } = done.value
            return reply.send({ ...doneView(desk, 'emergency-look', done, emergency), look })
          },
        ),
    )
  }

const endRoute =
  (desk: Desk, act: ActRunner): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.post(
      '/cases/:caseId/emergencies/:emergencyId/end',
      {
        schema: {
          operationId: 'endEmergency',
          summary: 'Ends it before its time; the very next look is refused',
          params: EmergencyParams,
          querystring: NoQuery,
          body: EndBody,
          response: signAnswers(201, 'What was ended, and the receipt', EmergencyDone),
        },
      },
      (request, reply) =>
        act(
          request,
          reply,
          'endEmergency',
          'emergency-end',
          async ({ value }, by) =>
            orProblem(await desk.emergencies.end(value, by, request.params.emergencyId)),
          (done) => reply.code(201).send(doneView(desk, 'emergency-end', done, done.value)),
        ),
    )
  }

const orProblem = <T>(answer: Result<Governed<T>, EmergencyRefusal>): Governed<T> | Problem =>
  answer.ok ? answer.value : problemOfEmergency(answer.error)

type Done<T> = Extract<Governed<T>, { readonly kind: 'done' }>

/** As of the act, to whoever did it. */
function doneView(
  desk: Desk,
  kind: string,
  done: Done<unknown>,
  emergency: Parameters<typeof emergencyView>[0],
) {
  return {
    decision: 'permit' as const,
    ...governedView(desk, kind, done),
    emergency: emergencyView(emergency, done.permit.act.instant, emergency.account),
  }
}
