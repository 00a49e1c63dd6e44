import type { Reason } from '#decision'
import { type ActId, FaultError } from '#kernel'
import type { Ruling, Situation } from '#law'
import type { Plan } from '#plan'
import type { ActedBy } from './act.ts'
import { agreementsOf } from './agreements/agreementsOf.ts'
import type { Case } from './caseFolder.ts'
import { type Governed, govern } from './govern.ts'
import { onRecord } from './onRecord.ts'
import { ownRequest } from './ownLook.ts'
import type { StoredAct } from './ports.ts'
import { makeReceipt, type Receipt } from './receipt.ts'
import { isWithheld } from './relatives/withheld.ts'
import { describeUse, payloadOf, type Use } from './storedUse.ts'
import type { World } from './world.ts'

/** One use of a person's data in full. `receipt` is undefined for the moment in which its entry waits for its place. */
export type ActDetail = {
  readonly use: Use
  readonly situation: Situation
  readonly ruling: Ruling
  readonly reasons: readonly Reason[]
  readonly plan: Plan | null
  /** There is a plan, and the person does not want to know what genes say there. */
  readonly withheld: boolean
  readonly receipt: Receipt | undefined
}

/** Undefined when the person has no such act, whether or not somebody else has. */
export async function showAct(
  world: World,
  from: Case,
  by: ActedBy,
  wanted: ActId,
): Promise<Governed<ActDetail | undefined>> {
  const request = ownRequest(world, from, by, 'receipt')
  const governed = await govern(world, request, async (permit, transaction) => {
    const [stored] = await transaction.listActs(permit, { only: wanted })
    const untold =
      stored !== undefined && isWithheld(stored, from, await agreementsOf(transaction, from), permit)
    return { value: { stored, untold, act: permit.act.id }, outputs: new Map(), inputs: {} }
  })
  if (governed.kind === 'refused') return governed
  const { stored, untold, act } = governed.value
  if (stored === undefined) return { ...governed, value: undefined }
  const scope = { act, subject: from.subject.id }
  const receipt = await onRecord(() => prove(world, scope, stored))
  return { ...governed, value: detailOf(stored, receipt, untold) }
}

type Scope = Parameters<World['store']['prove']>[0]

async function prove(
  world: World,
  scope: Scope,
  { entry, opening }: StoredAct,
): Promise<Receipt | undefined> {
  try {
    const proof = await world.store.prove(scope, entry)
    return makeReceipt(world, { leaf: proof.leaf, opening }, proof)
  } catch (error) {
    if (error instanceof FaultError && error.fault.code === 'store.not-published') return undefined
    throw error
  }
}

function detailOf(stored: StoredAct, receipt: Receipt | undefined, untold: boolean): ActDetail {
  return {
    use: describeUse(stored, receipt?.index ?? null),
    situation: stored.situation as unknown as Situation,
    ruling: stored.ruling as unknown as Ruling,
    reasons: payloadOf(stored)['reasons'] as unknown as readonly Reason[],
    plan: untold ? null : (stored.plan as unknown as Plan | null),
    withheld: untold,
    receipt,
  }
}
