import type { EmergencyEvent, EmergencyPart } from '#consent'
import type { Permit } from '#decision'
import { FaultError, type Result } from '#kernel'
import type { ActedBy, ByAccount, Done, Inputs } from '../act.ts'
import type { Case, CaseReader, FromFile } from '../caseFolder.ts'
import { type Governed, govern } from '../govern.ts'
import { inPerson } from '../inPerson.ts'
import type { ActTransaction, StoredEmergency } from '../ports.ts'
import { jsonFile } from '../receipt.ts'
import { unwindable } from '../unwind.ts'
import type { World } from '../world.ts'
import { type EmergencyLook, recordShown, warningsShown } from './least.ts'
import { type EmergencyRefusal, emergencyFiles, endedAt, inputOf, ownEmergency, refuse } from './refusal.ts'
import { emergencyRequest } from './request.ts'

type LookWorld = World & { readonly cases: CaseReader }
type Asked = { readonly emergency: StoredEmergency; readonly part: EmergencyPart }
export type Looked = { readonly emergency: StoredEmergency; readonly look: EmergencyLook }

/**
 * A look under an emergency that is open, by whoever opened it: an act of its own, for which the law and the person's refusals are asked
 * again. Once it is over the gate refuses, on record.
 */
export async function lookInEmergency(
  world: LookWorld,
  from: FromFile<Case>,
  by: ActedBy,
  id: string,
  part: EmergencyPart,
): Promise<Result<Governed<Looked>, EmergencyRefusal>> {
  const account = inPerson('emergency', by)
  if (!account.ok) return account
  return unwindable(async () => {
    const emergency = await findOwn(world, from.value, account.value, id)
    const needs = part === 'record' ? (['health'] as const) : (['genetic', 'health'] as const)
    const request = emergencyRequest(world, 'emergency-look', from, account.value, emergency.reason, needs)
    const inputs = { ...request.inputs, ...inputOf(emergency) }
    const bars: typeof request.bars = async (transaction, at) => {
      const ended = endedAt(await ownEmergency(transaction, id, account.value), at)
      return ended === null ? [] : [{ kind: 'emergency-over', endedAt: ended }]
    }
    return govern(world, { ...request, inputs, bars }, (permit, transaction) =>
      look(world, transaction, permit, from.value, { emergency, part }),
    )
  })
}

async function findOwn(
  { store }: World,
  { subject }: Case,
  by: ByAccount,
  id: string,
): Promise<StoredEmergency> {
  const mine = await store.listEmergenciesOf(by.account)
  const found = mine.find((one) => one.id === id && one.subject === subject.id)
  return found ?? refuse('emergency.unknown')
}

async function look(
  world: LookWorld,
  transaction: ActTransaction,
  permit: Permit,
  from: Case,
  { emergency, part }: Asked,
): Promise<Done<Looked>> {
  const event: EmergencyEvent = { kind: 'look', at: permit.act.instant, part }
  const { value, inputs } = await read(world, transaction, permit, from, part)
  await transaction.recordEmergencyEvent(emergency.id, event)
  const seen = { ...emergency, events: [...emergency.events, event] }
  const outputs = new Map([[emergencyFiles[1], jsonFile(value)]])
  return { value: { emergency: seen, look: value }, outputs, inputs }
}

async function read(
  { cases }: LookWorld,
  transaction: ActTransaction,
  permit: Permit,
  from: Case,
  part: EmergencyPart,
): Promise<{ readonly value: EmergencyLook; readonly inputs: Inputs }> {
  if (part === 'warnings')
    return { value: warningsShown(await transaction.readNewestPlan(permit)), inputs: {} }
  const clinical = await cases.readClinical(permit, from)
  if (!clinical.ok) throw new FaultError(clinical.error)
  const { file, sha256, value } = clinical.value
  return { value: recordShown(value, permit.act.lawDay), inputs: { [file]: sha256 } }
}
