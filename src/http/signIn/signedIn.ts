import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from '../caseAct.ts'
import { problem } from '../problem.ts'
import type { SignedIn } from './desk.ts'
import { sessionToken } from './sessionCookie.ts'

/** Behind the guard of access, which lets nobody through here who has not signed in. */
export function signedIn({ caller }: FastifyRequest): SignedIn {
  if (caller.kind === 'nobody') throw new Error('nobody passed the guard')
  return caller
}

/** The session in which they ask: what only people may call is called in one. */
export function tokenOf(request: FastifyRequest, origin: string): string {
  const token = sessionToken(request, origin)
  if (token === undefined) throw new Error('somebody without a session passed the guard')
  return token
}

export const sendAgain = (reply: FastifyReply): FastifyReply => {
  const detail = 'This changes how your account is entered: it needs a sign-in of the last 10 minutes.'
  return sendProblem(reply, problem(403, 'sign-in.again', 'Sign in once more', detail))
}
