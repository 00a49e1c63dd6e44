import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ActedBy, Case, FromFile, Governed, Operation } from '#usecases'
import type { ActsAtOnce } from './actsAtOnce.ts'
import type { Desk, FoundCase } from './desk.ts'
import { busy, notFound, type Problem, type problem, problemType, retryAfterSeconds } from './problem.ts'
import { denialView } from './views.ts'

/** Sends a problem; what it says of a refusal is part of it. */
export function sendProblem(reply: FastifyReply, body: ReturnType<typeof problem>): FastifyReply {
  if (body.status === 503) reply.header('retry-after', retryAfterSeconds)
  return reply.code(body.status).type(problemType).send(body)
}

type CaseRequest = FastifyRequest<{ Params: { caseId: string } }>
export type ActRunner = <T>(
  request: CaseRequest,
  reply: FastifyReply,
  operation: Operation,
  kind: string,
  work: (from: FromFile<Case>, by: ActedBy) => Promise<Governed<T> | Problem>,
  answer: (done: Extract<Governed<T>, { kind: 'done' }>, from: Case) => FastifyReply,
) => Promise<FastifyReply>

/** One case, one act, one answer; `answer` gets what was done and gives the body. */
export function actRunner(desk: Desk, acts: ActsAtOnce): ActRunner {
  return (request, reply, operation, kind, work, answer) =>
    inTurn(acts, reply, async () => {
      const found = await findCase(desk, request, operation, request.params.caseId)
      if (found === undefined) return sendProblem(reply, notFound())
      const { from, by } = found
      const governed = await work(from, by)
      if ('status' in governed) return sendProblem(reply, governed)
      if (governed.kind === 'refused') return sendProblem(reply, denialView(desk, kind, governed))
      return answer(governed, from.value)
    })
}

/** Whatever reads the folder of a case for long, or writes to the store, waits its turn or is told to come again. */
export const inTurn = async (
  acts: ActsAtOnce,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> => acts.run(work) ?? sendProblem(reply, busy())

/** The second step: what is not theirs is not there; nor is a case of which nobody can tell whose it is. */
export async function findCase(
  desk: Desk,
  { caller, log, ahead }: Pick<FastifyRequest, 'caller' | 'log' | 'ahead'>,
  operation: Operation,
  caseId: string,
): Promise<FoundCase | undefined> {
  const found = await desk.findCase(caller, operation, caseId, ahead)
  if (found === undefined || found.ok) return found?.value
  log.error({ code: found.error.code }, 'a case cannot be read')
  return undefined
}
