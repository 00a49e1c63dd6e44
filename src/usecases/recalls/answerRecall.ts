import type { OrganisationId } from '#access'
import { checkRecallAnswer, isSameAnswer, type RecallClaim, type RecallFlaw } from '#consent'
import { canonicalBytes, dayOf, err, expectOk, type Json, type Result, sha256Hex } from '#kernel'
import type { ActRequest, ByAccount, Done } from '../act.ts'
import { type Governed, govern } from '../govern.ts'
import { inPerson } from '../inPerson.ts'
import type { ActTransaction, StoredRecall } from '../ports.ts'
import { jsonFile } from '../receipt.ts'
import { unwind, unwindable } from '../unwind.ts'
import type { World } from '../world.ts'
import { recallFiles } from './recall.ts'

/** By what the evidence of an answer names what was asked. */
export const recallInput = 'recalls/'

export type RecallRefusal =
  | RecallFlaw
  /** A program answers for nobody. */
  | 'recall.by-person'
  /** There is none of this number for this organisation; there may be one for another. */
  | 'recall.unknown'
  | 'recall.other-organisation'
  /** The last answer says the same. */
  | 'recall.same'
  /** Somebody else answered meanwhile. */
  | 'recall.raced'

export const recallAnswerFile = recallFiles[1]
type Answer = Promise<Result<Governed<StoredRecall>, RecallRefusal>>

/**
 * A recipient says what became of what they had. An act on the person, with evidence; a later answer corrects an earlier one and erases
 * none.
 */
export async function answerRecall(world: World, by: ByAccount, id: string, claim: RecallClaim): Answer {
  const { organisation } = by
  if (organisation === null || !inPerson('recall', by).ok) return err('recall.by-person')
  const found = (await world.store.listRecallsTo(organisation)).find((one) => one.id === id)
  if (found === undefined) return err('recall.unknown')
  const checked = checkRecallAnswer(claim, dayOf(world.clock.now()))
  if (!checked.ok) return checked
  return unwindable(() =>
    govern(world, requestOf(world, by, found), (permit, transaction) =>
      record(transaction, { id, organisation, claim, at: permit.act.instant }),
    ),
  )
}

/** Under the law of the day of the answer, on the facts of the withdrawal that it answers. */
const requestOf = (
  { clock }: World,
  by: ByAccount,
  { id, subject, situation, ...notice }: Awaited<ReturnType<World['store']['listRecallsTo']>>[number],
): ActRequest => ({
  kind: 'recall-answer',
  subject,
  actor: by.name,
  by,
  situation: { ...situation, at: dayOf(clock.now()) },
  under: 'recall',
  death: null,
  hold: 'shared',
  needs: [],
  inputs: {
    [`${recallInput}${id}`]: sha256Hex(expectOk(canonicalBytes({ id, ...notice } as unknown as Json))),
  },
})

type Given = {
  readonly id: string
  readonly organisation: OrganisationId
  readonly claim: RecallClaim
  readonly at: StoredRecall['at']
}

const refuse: (code: RecallRefusal) => never = unwind

/** All is asked once more, of what the transaction sees at the instant of the act. */
async function record(
  transaction: ActTransaction,
  { id, organisation, claim, at }: Given,
): Promise<Done<StoredRecall>> {
  const recall = (await transaction.listRecalls()).find((one) => one.id === id)
  if (recall === undefined) refuse('recall.unknown')
  if (recall.recipient !== organisation) refuse('recall.other-organisation')
  const checked = checkRecallAnswer(claim, dayOf(at))
  if (!checked.ok) refuse(checked.error)
  const answered = { at, answer: checked.value }
  const last = recall.answers.at(-1)
  if (last && isSameAnswer(last.answer, checked.value)) refuse('recall.same')
  const isFirst = await transaction.recordRecallAnswer(id, recall.answers.length + 1, answered)
  if (!isFirst) refuse('recall.raced')
  const outputs = new Map([[recallAnswerFile, jsonFile({ recall: id, organisation, ...answered })]])
  return { value: { ...recall, answers: [...recall.answers, answered] }, outputs, inputs: {} }
}
