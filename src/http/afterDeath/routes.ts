import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { RelativeObjection, RelativePurpose } from '#usecases'
import type { ActsAtOnce } from '../actsAtOnce.ts'
import { plainAnswers, signAnswers } from '../answers.ts'
import { type ActRunner, inTurn } from '../caseAct.ts'
import type { Desk } from '../desk.ts'
import { CaseParams, NoQuery } from '../schemas.ts'
import { governedView } from '../views.ts'
import { problemOfRelative } from './refused.ts'
import { DeceasedList, LookBody, LookDone, ObjectionBody, ObjectionDone } from './schemas.ts'

/** What a relative of somebody who has died may ask, and say against. */
export const afterDeathRoutes =
  (desk: Desk, act: ActRunner, acts: ActsAtOnce): FastifyPluginAsyncTypebox =>
  async (api) => {
    await api.register(listRoute(desk, acts))
    await api.register(lookRoute(desk, act))
    await api.register(objectRoute(desk, act))
  }

const listRoute =
  (desk: Desk, acts: ActsAtOnce): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.get(
      '/deceased',
      {
        schema: {
          operationId: 'listDeceased',
          summary: 'To whom the one who asks shows kinship, until when, and whether a death is on record',
          querystring: NoQuery,
          response: plainAnswers(200, 'All of them, in the order of their names', DeceasedList),
        },
      },
      (request, reply) =>
        inTurn(acts, reply, async () => reply.send({ deceased: await desk.afterDeath.list(request.caller) })),
    )
  }

const lookRoute =
  (desk: Desk, act: ActRunner): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.post(
      '/cases/:caseId/deceased-looks',
      {
        schema: {
          operationId: 'lookAsRelative',
          summary:
            'A near relative looks at the record of somebody who has died, for a reason of their own; law, the word of the dead and other relatives are asked',
          params: CaseParams,
          querystring: NoQuery,
          body: LookBody,
          response: signAnswers(201, 'The least that serves the reason, and the receipt', LookDone),
        },
      },
      (request, reply) =>
        act(
          request,
          reply,
          'lookAsRelative',
          'relative-look',
          async (from, by) => {
            const { purpose, words } = request.body
            const looked = await desk.afterDeath.look(from, by, {
              purpose: purpose as RelativePurpose,
              words,
            })
            return looked.ok ? looked.value : problemOfRelative(looked.error)
          },
          (done) =>
            reply.code(201).send({
              decision: 'permit' as const,
              ...governedView(desk, 'relative-look', done),
              look: done.value,
            }),
        ),
    )
  }

const objectRoute =
  (desk: Desk, act: ActRunner): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.post(
      '/cases/:caseId/deceased-objections',
      {
        schema: {
          operationId: 'objectAsRelative',
          summary:
            'A near relative says that no relative is to look, or takes that back; until then none does',
          params: CaseParams,
          querystring: NoQuery,
          body: ObjectionBody,
          response: signAnswers(201, 'What was said, and the receipt', ObjectionDone),
        },
      },
      (request, reply) =>
        act(
          request,
          reply,
          'objectAsRelative',
          'relative-objection',
          async (from, by) => {
            const said = await desk.afterDeath.object(from, by, request.body as RelativeObjection)
            return said.ok ? said.value : problemOfRelative(said.error)
          },
          (done) =>
            reply.code(201).send({
              decision: 'permit' as const,
              ...governedView(desk, 'relative-objection', done),
              says: done.value.says,
            }),
        ),
    )
  }
