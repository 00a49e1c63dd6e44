import { checkEmergencyWords, type EmergencyReason, emergencyEnd, reviewDayOf } from '#consent'
import type { Permit } from '#decision'
import { err, type Result } from '#kernel'
import type { ActedBy, ActRequest, ByAccount, Done } from '../act.ts'
import type { Case, FromFile } from '../caseFolder.ts'
import { type Governed, govern } from '../govern.ts'
import { inPerson } from '../inPerson.ts'
import type { ActTransaction, EmergencyRecord, StoredEmergency } from '../ports.ts'
import { jsonFile } from '../receipt.ts'
import { unwindable } from '../unwind.ts'
import type { World } from '../world.ts'
import { type EmergencyRefusal, emergencyFiles, endedAt, refuse } from './refusal.ts'
import { emergencyRequest } from './request.ts'

/** As a hospital set it: how long one lasts at most, and in how many days its review is to be closed. */
export type EmergencyTerms = { readonly minutes: number; readonly reviewDays: number }
export type EmergencyOpening = {
  readonly caseId: string
  readonly reason: EmergencyReason
  readonly words: string
}

/**
 * A clinician of the hospital opens the least that saves a life, for a while. The person's notice and the review are this record itself: they
 * are there from its commit on, and nothing can be opened without them.
 */
export async function openEmergency(
  world: World,
  from: FromFile<Case>,
  by: ActedBy,
  opening: EmergencyOpening,
  terms: EmergencyTerms,
): Promise<Result<Governed<StoredEmergency>, EmergencyRefusal>> {
  const account = inPerson('emergency', by)
  if (!account.ok) return account
  const { role, organisation } = account.value
  if (role !== 'clinician' || organisation === null || organisation !== world.house)
    return err('emergency.by-person')
  const words = checkEmergencyWords(opening.words)
  if (!words.ok) return words
  const request = emergencyRequest(world, 'emergency', from, account.value, opening.reason, ['health'])
  const said = { ...opening, words: words.value, organisation }
  return unwindable(() =>
    govern(world, { ...request, hold: 'alone' }, (permit, transaction) =>
      record(world, transaction, permit, { request, by: account.value, said, terms }),
    ),
  )
}

type Given = {
  readonly request: ActRequest
  readonly by: ByAccount
  readonly said: EmergencyOpening & Pick<EmergencyRecord, 'organisation'>
  readonly terms: EmergencyTerms
}

async function record(
  { chance }: World,
  transaction: ActTransaction,
  { act: { instant: at } }: Permit,
  { request, by: { account, name }, said, terms }: Given,
): Promise<Done<StoredEmergency>> {
  const others = await transaction.listEmergencies()
  if (others.some((one) => one.account === account && endedAt(one, at) === null))
    refuse('emergency.open-already')
  const allowed = (await transaction.listAgreements()).flatMap(({ agreement: { emergency } }) =>
    emergency.allowed ? [emergency.minutes] : [],
  )
  const opened: EmergencyRecord = {
    ...{ id: chance.id(), at, account, name, ...said, situation: request.situation },
    until: emergencyEnd(at, terms.minutes, allowed),
    reviewBy: reviewDayOf(at, terms.reviewDays),
  }
  await transaction.recordEmergency(opened)
  const { situation: _, account: __, ...told } = opened
  const outputs = new Map([[emergencyFiles[0], jsonFile(told)]])
  return { value: { ...opened, events: [] }, outputs, inputs: {} }
}
