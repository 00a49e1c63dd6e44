import type { ResourceType } from '#access'
import { dayOf, FaultError } from '#kernel'
import type { ActedBy } from './act.ts'
import { agreementsOf } from './agreements/agreementsOf.ts'
import type { ConsentOut } from './agreements/consentOut.ts'
import type { Case, CaseReader, FhirResource, FromFile } from './caseFolder.ts'
import { caseRequest } from './caseRequest.ts'
import { type DonePromised, governPromised, type RefusedAct } from './govern.ts'
import { ownRequest } from './ownLook.ts'
import type { World } from './world.ts'

/**
 * What an application reads of a record in somebody's name: an act like any other. For the person themselves it is a look at
 * what is theirs, for a clinician a use in the situation of the case.
 */
export async function readResources(
  world: World & ConsentOut & { readonly cases: CaseReader },
  from: FromFile<Case>,
  by: ActedBy,
  type: ResourceType,
): Promise<DonePromised<readonly FhirResource[]> | RefusedAct<readonly FhirResource[]>> {
  const isClinician = by.kind === 'account' && by.role === 'clinician'
  const request = isClinician
    ? caseRequest('app-read', from, by, ['health'])
    : { ...ownRequest(world, from.value, by, 'app-read'), needs: ['health'] as const }
  return governPromised(world, request, async (permit, transaction) => {
    if (type === 'Consent') {
      const agreements = await agreementsOf(transaction, from.value)
      const day = dayOf(permit.act.instant)
      const value = agreements.map((one) => world.consentOut(one, 'R4', day))
      return { value, outputs: new Map(), inputs: {} }
    }
    const read = await world.cases.readResources(permit, from.value)
    if (!read.ok) throw new FaultError(read.error)
    const { file, sha256, value } = read.value
    const wanted = value.filter(({ resourceType }) => resourceType === type)
    return { value: wanted, outputs: new Map(), inputs: { [file]: sha256 } }
  })
}
