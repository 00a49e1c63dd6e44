import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { RelativesVerdict } from '#usecases'
import type { ActsAtOnce } from '../actsAtOnce.ts'
import { plainAnswers, ruleAnswers } from '../answers.ts'
import { inTurn, sendProblem } from '../caseAct.ts'
import type { Desk } from '../desk.ts'
import { NoQuery } from '../schemas.ts'
import { decisionDenied, problemOfRelatives } from './refused.ts'
import { DecisionBody, DecisionDone, ReviewList, ReviewParams } from './schemas.ts'
import { decidedView, reviewView } from './views.ts'

/** What others find of the question whether somebody's relatives are to be told. */
export const relativesReviewRoutes =
  (desk: Desk, acts: ActsAtOnce): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.get(
      '/relatives-reviews',
      {
        schema: {
          operationId: 'listRelativesReviews',
          summary:
            'What was asked at the organisation of the one who asks about telling relatives, oldest first',
          querystring: NoQuery,
          response: plainAnswers(200, 'All of it, with what was found', ReviewList),
        },
      },
      (request, reply) =>
        inTurn(acts, reply, async () => {
          const { reviews, asks } = await desk.relatives.listReviews(request.caller)
          return reply.send({ reviews: reviews.map((one) => reviewView(one, asks)) })
        }),
    )
    api.post(
      '/relatives-reviews/:reviewId/finding',
      {
        schema: {
          operationId: 'decideRelativesReview',
          summary:
            'Somebody else than the one who asked says whether relatives are to be told, and why; once',
          params: ReviewParams,
          querystring: NoQuery,
          body: DecisionBody,
          response: ruleAnswers(201, 'The review with what was found, and the receipt', DecisionDone),
        },
      },
      (request, reply) =>
        inTurn(acts, reply, async () => {
          const { verdict, words } = request.body
          const said = { verdict: verdict as RelativesVerdict, words }
          const decided = await desk.relatives.decide(request.caller, request.params.reviewId, said)
          if (!decided.ok) return sendProblem(reply, problemOfRelatives(decided.error))
          if (decided.value.kind === 'refused') return sendProblem(reply, decisionDenied())
          return reply.code(201).send(decidedView(decided.value))
        }),
    )
  }
