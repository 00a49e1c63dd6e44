import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { toBase64, utf8 } from '#kernel'
import { type FhirResource, isResourceType, type Operation, type ResourceType, scopesAllow } from '#usecases'
import type { ActsAtOnce } from '../actsAtOnce.ts'
import { lookAnswers, plainAnswers } from '../answers.ts'
import { findCase, inTurn, sendProblem } from '../caseAct.ts'
import type { Desk } from '../desk.ts'
import { notFound, problem } from '../problem.ts'
import { NoQuery } from '../schemas.ts'
import { denialView } from '../views.ts'
import { capabilityStatement, smartConfiguration } from './capability.ts'

const fhirType = 'application/fhir+json'
const Resource = Type.Object(
  { resourceType: Type.String() },
  { additionalProperties: true, description: 'FHIR R4' },
)
const Id = Type.String({ minLength: 1, maxLength: 128 })

/** What an application reads of a record: FHIR R4, each read an act of whoever let it in. */
export const fhirRoutes =
  (desk: Desk, acts: ActsAtOnce, version: string): FastifyPluginAsyncTypebox =>
  async (api) => {
    await api.register(descriptions(desk, version))
    api.get(
      '/Patient/:patientId',
      {
        schema: {
          operationId: 'readPatient',
          summary: 'The person whom the application was let in for',
          params: Type.Object({ patientId: Id }),
          querystring: NoQuery,
          response: lookAnswers(200, 'The person', Resource, fhirType),
        },
      },
      (request, reply) =>
        readAs({ desk, acts }, request, reply, {
          ...{ operation: 'readPatient', type: 'Patient', may: 'r', patient: request.params.patientId },
          answer: ([patient]) => patient,
        }),
    )
    api.get(
      '/:resourceType',
      {
        schema: {
          operationId: 'searchRecord',
          summary: 'Resources of one type about that person',
          params: Type.Object({ resourceType: Type.String({ maxLength: 64 }) }),
          querystring: Type.Object({ patient: Id }, { additionalProperties: false }),
          response: lookAnswers(200, 'A searchset', Resource, fhirType),
        },
      },
      (request, reply) => {
        const { resourceType: type } = request.params
        if (!isResourceType(type) || type === 'Patient') return sendProblem(reply, notFound())
        const patient = request.query.patient.replace(/^Patient\//, '')
        const answer = (found: readonly FhirResource[]) => searchset(desk.signIn.origin, found)
        return readAs({ desk, acts }, request, reply, {
          operation: 'searchRecord',
          type,
          may: 's',
          patient,
          answer,
        })
      },
    )
  }

const descriptions =
  (desk: Desk, version: string): FastifyPluginAsyncTypebox =>
  async (api) => {
    const { origin } = desk.signIn
    const Described = Type.Object({}, { additionalProperties: true })
    api.get(
      '/metadata',
      {
        schema: {
          operationId: 'readCapability',
          summary: 'What of FHIR there is (CapabilityStatement)',
          response: plainAnswers(200, 'The statement', Resource, fhirType),
        },
      },
      async (_, reply) => reply.type(fhirType).send(capabilityStatement(origin, version)),
    )
    api.get(
      '/.well-known/smart-configuration',
      {
        schema: {
          operationId: 'readSmartConfiguration',
          summary: 'How an application is let in (SMART App Launch 2.2)',
          response: plainAnswers(200, 'The configuration', Described),
        },
      },
      async (_, reply) => reply.send(smartConfiguration(origin)),
    )
  }

type Where = { readonly desk: Desk; readonly acts: ActsAtOnce }
type Read = {
  readonly operation: Operation
  readonly type: ResourceType
  readonly may: 'r' | 's'
  readonly patient: string
  readonly answer: (found: readonly FhirResource[]) => object | undefined
}

/** What the application was not let do is refused before anything is read; whom it was not let see is not there. */
async function readAs({ desk, acts }: Where, request: FastifyRequest, reply: FastifyReply, read: Read) {
  const { caller } = request
  if (caller.kind === 'nobody' || caller.app === undefined) return sendProblem(reply, notFound())
  if (!scopesAllow(caller.app.scopes, read.type, read.may)) return sendProblem(reply, outsideScope())
  if (read.patient !== caller.app.subject) return sendProblem(reply, notFound())
  return inTurn(acts, reply, async () => {
    const found = await caseAbout(desk, request, read)
    if (found === undefined) return sendProblem(reply, notFound())
    const governed = await desk.readResources(found.from, found.by, read.type)
    if (governed.kind === 'refused') return sendProblem(reply, denialView(desk, 'app-read', governed))
    const answer = read.answer(governed.value)
    reply.header('habeas-promise', toBase64(utf8(governed.promise)))
    return answer === undefined ? sendProblem(reply, notFound()) : reply.type(fhirType).send(answer)
  })
}

const outsideScope = () =>
  problem(
    403,
    'access.scope',
    'Not let do this',
    'The application was not let do this by the one it acts for.',
  )

async function caseAbout(desk: Desk, request: FastifyRequest, { operation, patient }: Read) {
  for (const caseId of await desk.listCases()) {
    const found = await findCase(desk, request, operation, caseId)
    if (found?.from.value.subject.id === patient) return found
  }
  return undefined
}

const searchset = (origin: string, found: readonly FhirResource[]) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total: found.length,
  entry: found.map((resource) => ({
    fullUrl: `${origin}/fhir/${resource.resourceType}/${resource.id}`,
    resource,
    search: { mode: 'match' },
  })),
})
