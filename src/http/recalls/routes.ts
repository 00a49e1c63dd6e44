import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ActsAtOnce } from '../actsAtOnce.ts'
import { plainAnswers, ruleAnswers } from '../answers.ts'
import { inTurn, sendProblem } from '../caseAct.ts'
import { NoQuery } from '../schemas.ts'
import type { RecallDesk } from './desk.ts'
import { problemOfRecall, recallDenied } from './refused.ts'
import { RecallAnswerBody, RecallDone, RecallList, RecallParams } from './schemas.ts'
import { recallDoneView, recallView } from './views.ts'

/** For whoever was given something: what they are asked to delete, and their answer. */
export const recallRoutes =
  (desk: RecallDesk, acts: ActsAtOnce): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.get(
      '/recalls',
      {
        schema: {
          operationId: 'listRecalls',
          summary: 'What the organisation of the one who asks is to delete, oldest first; of nobody by name',
          querystring: NoQuery,
          response: plainAnswers(200, 'The recalls, with what was answered', RecallList),
        },
      },
      (request, reply) =>
        inTurn(acts, reply, async () => {
          const { at, recalls } = await desk.list(request.caller)
          return reply.send({ recalls: recalls.map((one) => recallView(one, at, desk.days)) })
        }),
    )
    api.post(
      '/recalls/:recallId/answers',
      {
        schema: {
          operationId: 'answerRecall',
          summary:
            'Deleted, locked until a day because of a law, or not recallable because; corrected by a later one',
          params: RecallParams,
          querystring: NoQuery,
          body: RecallAnswerBody,
          response: ruleAnswers(201, 'The recall with its answers, and the receipt of this one', RecallDone),
        },
      },
      (request, reply) =>
        inTurn(acts, reply, async () => {
          const { answer, until = null, basis = null, because = null } = request.body
          const claim = { answer, until, basis, because }
          const answered = await desk.answer(request.caller, request.params.recallId, claim)
          if (!answered.ok) return sendProblem(reply, problemOfRecall(answered.error))
          if (answered.value.kind === 'refused') return sendProblem(reply, recallDenied())
          return reply.code(201).send(recallDoneView(answered.value, desk.days))
        }),
    )
  }
