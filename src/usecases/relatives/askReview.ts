import { checkRelativesWords, type RelativesReason } from '#consent'
import { err, type Result } from '#kernel'
import type { ActedBy } from '../act.ts'
import type { Case, FromFile } from '../caseFolder.ts'
import { deathOf } from '../deathOf.ts'
import { type Governed, govern } from '../govern.ts'
import { inPerson } from '../inPerson.ts'
import type { RelativesReviewRecord, StoredRelativesReview } from '../ports.ts'
import { dutyRequest } from '../procedure/dutyLook.ts'
import type { ProcedureWorld } from '../procedure/showProcedure.ts'
import { jsonFile } from '../receipt.ts'
import { unwindable } from '../unwind.ts'
import { type RelativesRefusal, refuse, relativesFiles } from './refusal.ts'
import { askTelling, tellingSituation, withoutEmergency } from './telling.ts'

export type RelativesAsking = {
  readonly caseId: string
  readonly reason: RelativesReason
  readonly words: string
}

/**
 * A clinician who looks after somebody asks whether relatives are to be told of what was found: a code and words, no gene. The law of the
 * day is asked what telling would take. The person sees it from its commit on.
 */
export async function askRelativesReview(
  world: ProcedureWorld,
  from: FromFile<Case>,
  by: ActedBy,
  asking: RelativesAsking,
): Promise<Result<Governed<StoredRelativesReview>, RelativesRefusal>> {
  const account = inPerson('relatives', by)
  if (!account.ok) return account
  const { role, organisation, name } = account.value
  if (role !== 'clinician' || organisation === null || organisation !== world.house)
    return err('relatives.by-person')
  const words = checkRelativesWords(asking.words)
  if (!words.ok) return words
  const request = {
    ...dutyRequest(world, withoutEmergency(from), by, 'relatives-review'),
    actor: name,
    hold: 'alone' as const,
  }
  return unwindable(() =>
    govern(world, request, async (permit, transaction) => {
      const others = await transaction.listRelativesReviews()
      if (others.some(({ finding }) => finding === null)) refuse('relatives.asked-already')
      const { subject, situation } = from.value
      const telling = await askTelling(
        world,
        permit,
        transaction,
        { subject: subject.id, situation, death: deathOf(from.value) },
        by,
      )
      const asked: RelativesReviewRecord = {
        ...{ id: world.chance.id(), at: permit.act.instant, ...asking, words: words.value, organisation },
        ...{ account: account.value.account, name, law: telling.law },
        situation: tellingSituation(situation, telling.at),
      }
      await transaction.recordRelativesReview(asked)
      const { situation: _, account: __, ...told } = asked
      const outputs = new Map([[relativesFiles[0], jsonFile(told)]])
      return { value: { ...asked, finding: null }, outputs, inputs: {} }
    }),
  )
}
