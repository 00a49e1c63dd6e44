import type { FastifyRequest } from 'fastify'
import type { SignedIn } from './desk.ts'

/** Behind the guard of access, which lets nobody through here who has not signed in. */
export function signedIn({ caller }: FastifyRequest): SignedIn {
  if (caller.kind === 'nobody') throw new Error('nobody passed the guard')
  return caller
}
