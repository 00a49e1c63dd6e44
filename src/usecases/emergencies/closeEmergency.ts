import { checkEmergencyWords, type EmergencyEvent, type EmergencyFinding } from '#consent'
import { err, type Result, type SubjectId } from '#kernel'
import type { ActedBy, ActRequest, ByAccount, Done, Files } from '../act.ts'
import type { Case } from '../caseFolder.ts'
import { type Governed, govern } from '../govern.ts'
import { inPerson } from '../inPerson.ts'
import type { ActTransaction, StoredEmergency } from '../ports.ts'
import { jsonFile } from '../receipt.ts'
import { unwindable } from '../unwind.ts'
import type { World } from '../world.ts'
import { type EmergencyRefusal, emergencyFiles, endedAt, inputOf, ownEmergency, refuse } from './refusal.ts'

type Answer = Promise<Result<Governed<StoredEmergency>, EmergencyRefusal>>
type Found = StoredEmergency & { readonly subject: SubjectId }

/** Whoever opened it says that it is over, before its time. The very next look is refused. */
export async function endEmergency(world: World, { subject }: Case, by: ActedBy, id: string): Answer {
  const account = inPerson('emergency', by)
  if (!account.ok) return account
  const mine = await world.store.listEmergenciesOf(account.value.account)
  const found = mine.find((one) => one.id === id && one.subject === subject.id)
  if (found === undefined) return err('emergency.unknown')
  const request = { ...requestOf('emergency-end', found, account.value), hold: 'alone' as const }
  return unwindable(() =>
    govern(world, request, async ({ act: { instant: at } }, transaction) => {
      const seen = await ownEmergency(transaction, id, account.value)
      if (endedAt(seen, at) !== null) refuse('emergency.over')
      return add(transaction, seen, { kind: 'ended', at }, 'emergency.over', new Map())
    }),
  )
}

export type EmergencyReview = { readonly finding: EmergencyFinding; readonly words: string }

/**
 * Somebody else than the one who opened it says whether it was justified, and why: of all that was looked at, so once it is over; in time or late;
 * once. By the law of the day on which it was opened: it is that which is judged.
 */
export async function reviewEmergency(
  world: World,
  by: ActedBy,
  id: string,
  review: EmergencyReview,
): Answer {
  const account = inPerson('emergency', by)
  if (!account.ok) return account
  const { organisation, account: reviewer, name } = account.value
  const known = organisation === null ? [] : await world.store.listEmergenciesAt(organisation)
  const found = known.find((one) => one.id === id)
  if (found === undefined) return err('emergency.unknown')
  if (found.account === reviewer) return err('emergency.own')
  const words = checkEmergencyWords(review.words)
  if (!words.ok) return words
  const said = { finding: review.finding, words: words.value }
  return unwindable(() =>
    govern(world, requestOf('emergency-review', found, account.value), async (permit, transaction) => {
      const at = permit.act.instant
      const seen = (await transaction.listEmergencies()).find((one) => one.id === id)
      if (seen === undefined) return refuse('emergency.unknown')
      if (endedAt(seen, at) === null) refuse('emergency.still-open')
      const outputs = new Map([[emergencyFiles[2], jsonFile({ emergency: id, at, name, ...said })]])
      const event = { kind: 'finding', at, account: reviewer, name, ...said } as const
      return add(transaction, seen, event, 'emergency.closed', outputs)
    }),
  )
}

const requestOf = (kind: string, found: Found, by: ByAccount): ActRequest => ({
  ...{ kind, subject: found.subject, actor: by.name, by, situation: found.situation },
  ...{ under: 'closing', death: null, hold: 'shared', needs: [], inputs: inputOf(found) },
})

async function add(
  transaction: ActTransaction,
  emergency: StoredEmergency,
  event: EmergencyEvent,
  otherwise: EmergencyRefusal,
  outputs: Files,
): Promise<Done<StoredEmergency>> {
  const isFirst = await transaction.recordEmergencyEvent(emergency.id, event)
  if (!isFirst) refuse(otherwise)
  return { value: { ...emergency, events: [...emergency.events, event] }, outputs, inputs: {} }
}
