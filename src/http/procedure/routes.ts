import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { lookAnswers } from '../answers.ts'
import type { ActRunner } from '../caseAct.ts'
import type { Desk } from '../desk.ts'
import { CaseParams, NoQuery } from '../schemas.ts'
import { ProcedurePage } from './schemas.ts'
import { procedureView } from './views.ts'

/** What is to be done before, with and after the act that a case asks for. */
export const procedureRoutes =
  (desk: Desk, act: ActRunner): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.get(
      '/cases/:caseId/procedure',
      {
        schema: {
          operationId: 'showProcedure',
          summary:
            'The steps that the law asks for, what is recorded of each, and what the law asked otherwise before; looking is an act too',
          params: CaseParams,
          querystring: NoQuery,
          response: lookAnswers(
            200,
            'The steps in their order, also where the act would be refused',
            ProcedurePage,
          ),
        },
      },
      (request, reply) =>
        act(
          request,
          reply,
          'showProcedure',
          'procedure',
          (from, by) => desk.showProcedure(from, by),
          (done, from) => reply.send(procedureView(desk, from, done)),
        ),
    )
  }
