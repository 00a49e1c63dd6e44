import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  type Caller,
  type EmergencyFinding,
  emergencyFiles,
  type Governed,
  type StoredEmergency,
} from '#usecases'
import type { ActsAtOnce } from '../actsAtOnce.ts'
import { plainAnswers, ruleAnswers } from '../answers.ts'
import { inTurn, sendProblem } from '../caseAct.ts'
import type { Desk } from '../desk.ts'
import { NoQuery } from '../schemas.ts'
import { receiptView } from '../views.ts'
import type { Emergencies } from './desk.ts'
import { problemOfEmergency, reviewDenied } from './refused.ts'
import { EmergencyList, ReviewBody, ReviewDone, ReviewParams } from './schemas.ts'
import { emergencyView } from './view.ts'

/** What somebody has open themself, on every page; and what others find of it. */
export const emergencyReviewRoutes =
  (desk: Desk, acts: ActsAtOnce): FastifyPluginAsyncTypebox =>
  async (api) => {
    for (const { path, list, ...schema } of listsOf(desk)) {
      const whole = {
        ...schema,
        querystring: NoQuery,
        response: plainAnswers(200, 'Oldest first', EmergencyList),
      }
      api.get(path, { schema: whole }, (request, reply) =>
        inTurn(acts, reply, async () => reply.send(listView(await list(request.caller)))),
      )
    }
    api.post(
      '/emergencies/:emergencyId/finding',
      {
        schema: {
          operationId: 'reviewEmergency',
          summary: 'Somebody else than the one who opened it says whether it was justified, and why; once',
          params: ReviewParams,
          querystring: NoQuery,
          body: ReviewBody,
          response: ruleAnswers(201, 'The emergency with what was found, and the receipt', ReviewDone),
        },
      },
      (request, reply) =>
        inTurn(acts, reply, async () => {
          const { finding, words } = request.body
          const said = { finding: finding as EmergencyFinding, words }
          const reviewed = await desk.emergencies.review(request.caller, request.params.emergencyId, said)
          if (!reviewed.ok) return sendProblem(reply, problemOfEmergency(reviewed.error))
          if (reviewed.value.kind === 'refused') return sendProblem(reply, reviewDenied())
          return reply.code(201).send(reviewedView(reviewed.value))
        }),
    )
  }

const listsOf = ({ emergencies }: Desk) =>
  [
    {
      path: '/emergencies/open',
      operationId: 'listOpenEmergencies',
      summary: 'What the one who asks has opened in emergencies, and what is not over',
      list: (caller: Caller) => emergencies.listOpen(caller),
    },
    {
      path: '/emergencies/reviews',
      operationId: 'listEmergencyReviews',
      summary: 'What was opened in emergencies at the organisation of the one who asks, with what was found',
      list: (caller: Caller) => emergencies.listReviews(caller),
    },
  ] as const

const listView = ({ at, asks, emergencies }: Emergencies) => ({
  emergencies: emergencies.map((one) => emergencyView(one, at, asks)),
})

type Done = Extract<Governed<StoredEmergency>, { readonly kind: 'done' }>

/** The opening of the entry names the person, and the ruling tells of them: the reviewer gets the rest, the person all. */
function reviewedView({ permit, value, receipt, outputs }: Done) {
  const { id, instant } = permit.act
  const files = new Map([...receipt.files].filter(([name]) => name !== 'opening.json'))
  const own = new Map([...outputs].filter(([name]) => name === emergencyFiles[2]))
  return {
    act: { id, at: instant },
    emergency: emergencyView(value, instant, null),
    receipt: receiptView({ index: receipt.index, files }, own),
  }
}
