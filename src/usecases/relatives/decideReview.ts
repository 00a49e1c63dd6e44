import { checkRelativesWords, type RelativesFinding, type RelativesVerdict } from '#consent'
import { dayOf, err, type Result } from '#kernel'
import type { ActedBy, ActRequest } from '../act.ts'
import { type Governed, govern } from '../govern.ts'
import { inPerson } from '../inPerson.ts'
import type { StoredRelativesReview } from '../ports.ts'
import { dutySituation } from '../procedure/dutyLook.ts'
import type { ProcedureWorld } from '../procedure/showProcedure.ts'
import { jsonFile } from '../receipt.ts'
import { unwindable } from '../unwind.ts'
import { inputOf, type RelativesRefusal, refuse, relativesFiles } from './refusal.ts'
import { askTelling } from './telling.ts'

export type RelativesDecision = { readonly verdict: RelativesVerdict; readonly words: string }

/**
 * Somebody else than the one who asked says whether relatives are to be told, and why; once. What the law of today and the person allow is
 * put beside it: a finding opens nothing that they close.
 */
export async function decideRelativesReview(
  world: ProcedureWorld,
  by: ActedBy,
  id: string,
  decision: RelativesDecision,
): Promise<Result<Governed<StoredRelativesReview>, RelativesRefusal>> {
  const account = inPerson('relatives', by)
  if (!account.ok) return account
  const { organisation, account: reviewer, name } = account.value
  const known = organisation === null ? [] : await world.store.listRelativesReviewsAt(organisation)
  const found = known.find((one) => one.id === id)
  if (found === undefined) return err('relatives.unknown')
  if (found.account === reviewer) return err('relatives.own')
  const words = checkRelativesWords(decision.words)
  if (!words.ok) return words
  const request: ActRequest = {
    ...{ kind: 'relatives-finding', subject: found.subject, actor: name, by: account.value, under: 'review' },
    situation: dutySituation(found.situation, 'relatives-finding', dayOf(found.at)),
    ...{ death: null, hold: 'shared', needs: [], inputs: inputOf(found) },
  }
  return unwindable(() =>
    govern(world, request, async (permit, transaction) => {
      const { law, allowed } = await askTelling(world, permit, transaction, { ...found, death: null }, by)
      const said = { verdict: decision.verdict, words: words.value, law, allowed }
      const finding: RelativesFinding = { at: permit.act.instant, account: reviewer, name, ...said }
      const isFirst = await transaction.recordRelativesFinding(id, finding)
      if (!isFirst) refuse('relatives.closed')
      const outputs = new Map([[relativesFiles[1], jsonFile({ review: id, at: finding.at, name, ...said })]])
      return { value: { ...found, finding }, outputs, inputs: {} }
    }),
  )
}
