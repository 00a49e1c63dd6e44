import {
  type Agreement,
  endedBySigning,
  type Reach,
  type RecallNotice,
  reachOfAgreement,
  recallsFor,
} from '#consent'
import type { Permit } from '#decision'
import type { Situation } from '#law'
import type { Category, Purpose } from '#vocabulary'
import type { Files } from '../act.ts'
import type { ActTransaction, Disclosure, RecallRecord } from '../ports.ts'
import { jsonFile } from '../receipt.ts'
import type { World } from '../world.ts'

/** To whom what was asked, and what one of them answered: beside the evidence of those acts. */
export const recallFiles = ['recalls.json', 'recall-answer.json'] as const

/**
 * Puts a notice into the outbox for everybody who may have something of what was withdrawn, in the same transaction: to be asked once the
 * withdrawal is written, because from then on nobody else gives anything out.
 */
export const recall = async (
  world: World,
  permit: Permit,
  transaction: ActTransaction,
  situation: Situation,
  purposes: readonly Purpose[] | null,
): Promise<readonly RecallRecord[]> =>
  notify(world, permit, transaction, situation, (reached, earlier) => recallsFor(reached, earlier, purposes))

/** The same for what a signature ends: to be asked once it is written. */
export const recallEndedBy = async (
  world: World,
  permit: Permit,
  transaction: ActTransaction,
  situation: Situation,
  { agreement, former }: { readonly agreement: Agreement; readonly former: Agreement | undefined },
): Promise<readonly RecallRecord[]> =>
  notify(world, permit, transaction, situation, (reached, earlier) => {
    const before = reached.filter(({ from }) => from !== agreement.id)
    return recallsFor(endedBySigning(before, agreement, former), earlier, null)
  })

/** What is given out of the notices: who is asked, and for what. */
export const recallOutputs = (recalls: readonly RecallRecord[]): Files =>
  new Map(
    recalls.length === 0
      ? []
      : [[recallFiles[0], jsonFile(recalls.map(({ situation: _, ...notice }) => notice))]],
  )

/** With the agreement that named them. */
type Found = Reach & { readonly from?: string }

async function notify(
  { house, chance }: World,
  permit: Permit,
  transaction: ActTransaction,
  situation: Situation,
  choose: (reached: readonly Found[], earlier: readonly RecallRecord[]) => readonly RecallNotice[],
): Promise<readonly RecallRecord[]> {
  const disclosures = await transaction.listDisclosures(permit)
  const signed = await transaction.listAgreements()
  const earlier = await transaction.listRecalls()
  const reached = [
    ...signed.flatMap(({ agreement }) =>
      reachOfAgreement(agreement, house).map((reach): Found => ({ ...reach, from: agreement.id })),
    ),
    ...disclosures.flatMap((disclosure) => reachOf(disclosure, house)),
  ]
  const at = permit.act.instant
  const recalls = choose(reached, earlier).map(
    (notice): RecallRecord => ({ ...notice, id: chance.id(), at, situation }),
  )
  for (const one of recalls) await transaction.recordRecall(one)
  return recalls
}

/** A recipient of whom no name is on record is no address: the notice waits under what is known of them, for the person to see. */
function reachOf(disclosure: Disclosure, house: string | null): readonly Reach[] {
  const { act, at, recipient, purpose, categories } = disclosure
  if (recipient.id && recipient.id === house) return []
  return [
    {
      recipient: recipient.id || `kind:${recipient.kind ?? 'unknown'}`,
      since: at,
      purposes: purpose === null ? null : [purpose as Purpose],
      categories: categories as readonly Category[] | null,
      act,
    },
  ]
}
