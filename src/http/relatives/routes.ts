import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { RelativesReason } from '#usecases'
import { lookAnswers, signAnswers } from '../answers.ts'
import type { ActRunner } from '../caseAct.ts'
import type { Desk } from '../desk.ts'
import { CaseParams, NoQuery } from '../schemas.ts'
import { governedView } from '../views.ts'
import { problemOfRelatives } from './refused.ts'
import { AskingBody, AskingDone, RelativesPage } from './schemas.ts'
import { relativesView, reviewView } from './views.ts'

/** What somebody wishes for their relatives, what telling them would take, and the question whether they are to be told. */
export const relativesRoutes =
  (desk: Desk, act: ActRunner): FastifyPluginAsyncTypebox =>
  async (api) => {
    await api.register(showRoute(desk, act))
    await api.register(askRoute(desk, act))
  }

const showRoute =
  (desk: Desk, act: ActRunner): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.get(
      '/cases/:caseId/relatives',
      {
        schema: {
          operationId: 'showRelatives',
          summary:
            'What the person wishes for their relatives and to know, what was asked of it, and what telling them would take; looking is an act too',
          params: CaseParams,
          querystring: NoQuery,
          response: lookAnswers(200, 'All of it, or that they do not want to know', RelativesPage),
        },
      },
      (request, reply) =>
        act(
          request,
          reply,
          'showRelatives',
          'relatives',
          (from, by) => desk.relatives.show(from, by),
          (done, from) => reply.send(relativesView(desk, from, done)),
        ),
    )
  }

const askRoute =
  (desk: Desk, act: ActRunner): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.post(
      '/cases/:caseId/relatives-reviews',
      {
        schema: {
          operationId: 'askRelativesReview',
          summary:
            'Asks somebody else whether relatives are to be told of what was found; the law is asked, the person sees it, nobody is told',
          params: CaseParams,
          querystring: NoQuery,
          body: AskingBody,
          response: signAnswers(
            201,
            'What was asked, what the law says of telling, and the receipt',
            AskingDone,
          ),
        },
      },
      (request, reply) =>
        act(
          request,
          reply,
          'askRelativesReview',
          'relatives-review',
          async (from, by) => {
            const { reason, words } = request.body
            const asking = { caseId: request.params.caseId, reason: reason as RelativesReason, words }
            const asked = await desk.relatives.ask(from, by, asking)
            return asked.ok ? asked.value : problemOfRelatives(asked.error)
          },
          (done) =>
            reply.code(201).send({
              decision: 'permit' as const,
              ...governedView(desk, 'relatives-review', done),
              review: reviewView(done.value, done.value.account),
            }),
        ),
    )
  }
