import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import type { Result } from '#kernel'
import {
  type Agreement,
  type AttendanceCode,
  attendanceFile,
  type Governed,
  type ShownAttendance,
} from '#usecases'
import type { ActsAtOnce } from '../actsAtOnce.ts'
import { SignatureAsked } from '../agreements/schemas.ts'
import { plainAnswers, ruleAnswers } from '../answers.ts'
import { inTurn, sendProblem } from '../caseAct.ts'
import { NoQuery } from '../schemas.ts'
import { receiptView } from '../views.ts'
import type { AttendanceDesk } from './desk.ts'
import { attendanceDenied, problemOfAttendance } from './refused.ts'
import {
  AttendanceDone,
  AttendanceList,
  AttendanceParams,
  AttendanceView,
  ConfirmingAskedBody,
  ConfirmingBody,
} from './schemas.ts'

/** For whoever was named to stand by a signature: what waits for them, one of it in its words, and their own signature. */
export const attendanceRoutes =
  (desk: AttendanceDesk, acts: ActsAtOnce): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.get(
      '/attendances',
      {
        schema: {
          operationId: 'listAttendances',
          summary: 'What waits for the confirmation of whoever asks, oldest first; of nobody by name',
          querystring: NoQuery,
          response: plainAnswers(200, 'Their numbers', AttendanceList),
        },
      },
      (request, reply) =>
        inTurn(acts, reply, async () => {
          const attendances = await desk.list(request.caller)
          return reply.send({ attendances: attendances.map(({ id, part, at }) => ({ id, part, at })) })
        }),
    )
    api.get(
      '/attendances/:attendanceId',
      {
        schema: {
          operationId: 'showAttendance',
          summary:
            'The words and choices that they are to confirm; looking is an act too, and the person sees it',
          params: AttendanceParams,
          querystring: NoQuery,
          response: ruleAnswers(200, 'What it is, while it waits', AttendanceView),
        },
      },
      (request, reply) =>
        inTurn(acts, reply, async () => {
          const done = await desk.show(request.caller, request.params.attendanceId)
          return answer(reply, done, ({ value: { form, ...shown } }) =>
            reply.header('cache-control', 'no-store').send({ ...shown, form: form.form }),
          )
        }),
    )
    await api.register(confirmingRoutes(desk, acts))
  }

/** What they confirm, and their passkey over it. */
const confirmingRoutes =
  (desk: AttendanceDesk, acts: ActsAtOnce): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.post(
      '/attendances/:attendanceId/signature',
      {
        schema: {
          operationId: 'askAttendanceSignature',
          summary:
            'What the browser is to ask of a passkey, over the statement and the digest of what was signed',
          params: AttendanceParams,
          querystring: NoQuery,
          body: ConfirmingAskedBody,
          response: ruleAnswers(200, 'Options for the browser', SignatureAsked),
        },
      },
      (request, reply) =>
        inTurn(acts, reply, async () => {
          const asked = await desk.ask(request.caller, request.params.attendanceId, request.body)
          if (!asked.ok) return sendProblem(reply, problemOfAttendance(asked.error))
          return reply.header('cache-control', 'no-store').send(asked.value as object)
        }),
    )
    api.post(
      '/attendances/:attendanceId/confirmation',
      {
        schema: {
          operationId: 'confirmAttendance',
          summary:
            'Whoever stood by says so with their passkey; what waited for nobody else counts from then on',
          params: AttendanceParams,
          querystring: NoQuery,
          body: ConfirmingBody,
          response: ruleAnswers(201, 'It is on record, and their receipt', AttendanceDone),
        },
      },
      (request, reply) =>
        inTurn(acts, reply, async () => {
          const { signature, ...confirming } = request.body
          const { attendanceId } = request.params
          const done = await desk.confirm(request.caller, attendanceId, confirming, signature.response)
          return answer(reply, done, (governed) => reply.code(201).send(doneView(governed)))
        }),
    )
  }

type Done<T> = Extract<Governed<T>, { readonly kind: 'done' }>

function answer<T extends Agreement | ShownAttendance>(
  reply: FastifyReply,
  result: Result<Governed<T>, AttendanceCode>,
  send: (done: Done<T>) => FastifyReply,
): FastifyReply {
  if (!result.ok) return sendProblem(reply, problemOfAttendance(result.error))
  return result.value.kind === 'refused' ? sendProblem(reply, attendanceDenied()) : send(result.value)
}

/** The opening names the person, and the ruling tells of them: whoever stood by gets the rest, the person gets all. */
function doneView({ permit, receipt, outputs }: Done<Agreement>) {
  const { id, instant } = permit.act
  const files = new Map([...receipt.files].filter(([name]) => name !== 'opening.json'))
  const own = new Map([...outputs].filter(([name]) => name === attendanceFile))
  return { act: { id, at: instant }, receipt: receiptView({ index: receipt.index, files }, own) }
}
