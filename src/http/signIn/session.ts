import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Operation } from '#usecases'
import { ownAnswers, plainAnswers } from '../answers.ts'
import type { Desk } from '../desk.ts'
import { NoQuery } from '../schemas.ts'
import type { SignedIn, SignInDesk } from './desk.ts'
import { EmptyBody, LanguageBody, SessionBody, SignedOut } from './schemas.ts'
import { sessionToken, takeSession } from './sessionCookie.ts'
import { signedIn } from './signedIn.ts'

/** A steward of another organisation may ask these there, and finds nothing of it here. */
const ofHouse = new Set<Operation>(['listHouseRules', 'proposeHouseRule', 'confirmHouseRule', 'endHouseRule'])

/** Who is signed in here, and the way out. */
export const sessionRoutes =
  ({ signIn: desk, access, demo, house }: Desk): FastifyPluginAsyncTypebox =>
  async (api) => {
    await api.register(endingRoutes(desk))
    api.get(
      '/session',
      {
        schema: {
          operationId: 'readSession',
          summary: 'Who is signed in at this browser, and in which roles',
          querystring: NoQuery,
          response: plainAnswers(200, 'Who it is, or that it is nobody', SessionBody),
        },
      },
      async (request, reply) => {
        const caller = await desk.identify(sessionToken(request, desk.origin))
        if (caller.kind === 'nobody') return reply.send({ signedIn: false, demo })
        const { language, passkeys } = await desk.describe(caller)
        const { name, method } = caller
        const hasPasskey = passkeys.length > 0
        return reply.send({
          signedIn: true,
          demo,
          name,
          language,
          method,
          hasPasskey,
          may: access.operationsFor(caller).filter((one) => !ofHouse.has(one) || house.enter(caller, one)),
          holdings: holdingsOf(caller),
        })
      },
    )
    api.post(
      '/session/language',
      {
        schema: {
          operationId: 'chooseLanguage',
          summary: 'The language that is kept with the person',
          querystring: NoQuery,
          body: LanguageBody,
          response: ownAnswers(200, 'The language', LanguageBody),
        },
      },
      async (request, reply) => {
        await desk.chooseLanguage(signedIn(request), request.body.language)
        return reply.send({ language: request.body.language })
      },
    )
  }

/** The way out, here. */
const endingRoutes =
  (desk: SignInDesk): FastifyPluginAsyncTypebox =>
  async (api) => {
    api.post(
      '/session/end',
      {
        schema: {
          operationId: 'endSession',
          summary: 'Sign out at this browser',
          querystring: NoQuery,
          body: EmptyBody,
          response: ownAnswers(200, 'Nobody is signed in here now', SignedOut),
        },
      },
      async (request, reply) => {
        const token = sessionToken(request, desk.origin)
        if (token !== undefined) await desk.endSession(token)
        takeSession(reply, desk.origin)
        // Pages that the browser keeps to go back to are of the cache; "cookies" would take those of the hospital's other servers too.
        reply.header('clear-site-data', '"cache"')
        return reply.send({ signedIn: false })
      },
    )
  }

const holdingsOf = ({ holdings }: SignedIn) =>
  holdings.map((holding) => ({
    role: holding.role,
    organisation: 'organisation' in holding ? holding.organisation : null,
    relative: 'kinship' in holding && holding.kinship !== undefined,
    until: holding.until,
  }))
