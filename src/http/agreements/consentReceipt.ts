import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { signAnswers } from '../answers.ts'
import { type ActRunner, sendProblem } from '../caseAct.ts'
import type { Desk } from '../desk.ts'
import { notFound, type Problem, problem } from '../problem.ts'
import { NoQuery } from '../schemas.ts'
import { actView, receiptView } from '../views.ts'
import { AgreementParams, ConsentReceiptPage } from './schemas.ts'

/** What the person takes along of an agreement, in the shape that other systems know. */
export const consentReceiptRoutes =
  (desk: Desk, act: ActRunner): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.get(
      '/cases/:caseId/agreements/:agreementId/receipt',
      {
        schema: {
          operationId: 'showConsentReceipt',
          summary: 'The receipt of one agreement in the sections of ISO/IEC TS 27560, as of this look',
          params: AgreementParams,
          querystring: NoQuery,
          response: signAnswers(200, 'The receipt, and that of the look', ConsentReceiptPage),
        },
      },
      (request, reply) =>
        act(
          request,
          reply,
          'showConsentReceipt',
          'consent-receipt',
          async ({ value }, by) => {
            const { caseId, agreementId } = request.params
            const shown = await desk.showConsentReceipt(value, by, caseId, agreementId)
            return shown.ok ? shown.value : noContact()
          },
          (done) =>
            done.value === undefined
              ? sendProblem(reply, notFound())
              : reply.send({
                  act: actView('consent-receipt', done),
                  receipt: receiptView(done.receipt, done.outputs),
                  consentReceipt: done.value,
                }),
        ),
    )
  }

const noContact = (): Problem =>
  problem(
    409,
    'consent.no-contact',
    'Nobody to turn to yet',
    'A receipt names the office to turn to, and the hospital has not laid one down. Nothing was recorded.',
  )
