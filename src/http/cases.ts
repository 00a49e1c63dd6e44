import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type ActId, FaultError } from '#kernel'
import type { ActsAtOnce } from './actsAtOnce.ts'
import { afterDeathRoutes } from './afterDeath/routes.ts'
import { agreementRoutes } from './agreements/routes.ts'
import { actAnswers, caseAnswers, lookAnswers, plainAnswers } from './answers.ts'
import { type ActRunner, actRunner, findCase, inTurn, sendProblem } from './caseAct.ts'
import type { Desk } from './desk.ts'
import { emergencyRoutes } from './emergencies/routes.ts'
import { notFound } from './problem.ts'
import { procedureRoutes } from './procedure/routes.ts'
import { relativesRoutes } from './relatives/routes.ts'
import {
  AccountPage,
  ActPage,
  ActParams,
  CaseList,
  CaseParams,
  CaseSummary,
  NoQuery,
  PlanBody,
  PlanDone,
  WithdrawalBody,
  WithdrawalDone,
} from './schemas.ts'
import { accountView, actDetailView, caseView, planView, withdrawalView } from './views.ts'

/** Everything about one case: the case, its plan, the person's withdrawal, their page and each use. */
export const caseRoutes =
  (desk: Desk, acts: ActsAtOnce): FastifyPluginAsyncTypebox =>
  async (api) => {
    const act = actRunner(desk, acts)
    await api.register(listRoutes(desk, acts))
    await api.register(actRoutes(desk, act))
    await api.register(ownRoutes(desk, act))
    await api.register(agreementRoutes(desk, act, acts))
    await api.register(procedureRoutes(desk, act))
    await api.register(emergencyRoutes(desk, act))
    await api.register(relativesRoutes(desk, act))
    await api.register(afterDeathRoutes(desk, act, acts))
  }

/** What there is. */
const listRoutes =
  (desk: Desk, acts: ActsAtOnce): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.get(
      '/cases',
      {
        schema: {
          operationId: 'listCases',
          summary: 'The cases that the one who asks may see',
          querystring: NoQuery,
          response: plainAnswers(200, 'The cases, in the order of their names', CaseList),
        },
      },
      (request, reply) =>
        inTurn(acts, reply, async () => {
          const cases = []
          for (const id of await desk.listCases()) {
            const found = await findCase(desk, request, 'readCase', id)
            if (found !== undefined) cases.push(caseView(id, found.from))
          }
          return reply.send({ demo: desk.demo, cases })
        }),
    )

    api.get(
      '/cases/:caseId',
      {
        schema: {
          operationId: 'readCase',
          summary: 'Who asks what of whom, under the law of which day, and what was agreed',
          params: CaseParams,
          querystring: NoQuery,
          response: caseAnswers(200, 'The case', CaseSummary),
        },
      },
      async (request, reply) => {
        const { caseId } = request.params
        const found = await findCase(desk, request, 'readCase', caseId)
        return found === undefined ? sendProblem(reply, notFound()) : reply.send(caseView(caseId, found.from))
      },
    )
  }

/** What is asked of the gate. */
const actRoutes =
  (desk: Desk, act: ActRunner): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.post(
      '/cases/:caseId/plans',
      {
        schema: {
          operationId: 'makePlan',
          summary: 'A governed plan with its receipt, or a refusal with every reason (403) and its receipt',
          params: CaseParams,
          querystring: NoQuery,
          body: PlanBody,
          response: actAnswers(201, 'The plan, why it may be made, and its receipt', PlanDone),
        },
      },
      (request, reply) =>
        act(
          request,
          reply,
          'makePlan',
          'plan',
          async (from, by) => {
            const planned = await desk.plan(from, by)
            if (!planned.ok) throw new FaultError(planned.error)
            return planned.value
          },
          (done) => reply.code(201).send(planView(desk, done)),
        ),
    )

    api.post(
      '/cases/:caseId/withdrawals',
      {
        schema: {
          operationId: 'withdrawConsent',
          summary: 'The person ends what they allowed; the very next act is refused',
          params: CaseParams,
          querystring: NoQuery,
          body: WithdrawalBody,
          response: actAnswers(201, 'The withdrawal and its receipt', WithdrawalDone),
        },
      },
      (request, reply) =>
        act(
          request,
          reply,
          'withdrawConsent',
          'withdrawal',
          ({ value }, by) => desk.withdraw(value, by, request.body.purposes),
          (done) => reply.code(201).send(withdrawalView(desk, done, request.body.purposes)),
        ),
    )
  }

/** What a person sees of themselves. */
const ownRoutes =
  (desk: Desk, act: ActRunner): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.get(
      '/cases/:caseId/account',
      {
        schema: {
          operationId: 'showAccount',
          summary: 'What is known of the person, who used it, and what they allowed; looking is an act too',
          params: CaseParams,
          querystring: NoQuery,
          response: lookAnswers(200, 'The person’s page, as of this look', AccountPage),
        },
      },
      (request, reply) =>
        act(
          request,
          reply,
          'showAccount',
          'account',
          ({ value }, by) => desk.showAccount(value, by),
          (done, from) => reply.send(accountView(from, done)),
        ),
    )

    api.get(
      '/cases/:caseId/acts/:actId',
      {
        schema: {
          operationId: 'showAct',
          summary: 'One use of the person’s data, with its receipt',
          params: ActParams,
          querystring: NoQuery,
          response: lookAnswers(200, 'The use in full', ActPage),
        },
      },
      (request, reply) =>
        act(
          request,
          reply,
          'showAct',
          'receipt',
          ({ value }, by) => desk.showAct(value, by, request.params.actId as ActId),
          ({ value }) =>
            value === undefined ? sendProblem(reply, notFound()) : reply.send(actDetailView(desk, value)),
        ),
    )
  }
