import type { Denial, Permit } from '#decision'
import { actId } from '#kernel'
import type { Ruling, Situation } from '#law'
import type { ActRequest, Effect, Files, Inputs } from './act.ts'
import { type Answer, answerAct } from './answer.ts'
import type { EntryId } from './entry.ts'
import { ruleInput } from './houserules/change.ts'
import { onRecord } from './onRecord.ts'
import type { ActTransaction } from './ports.ts'
import { jsonFile, makeReceipt, type Receipt, sealAct } from './receipt.ts'
import type { World } from './world.ts'

export type Governed<T> = {
  /** The facts after every withdrawal, and what the law said of them. */
  readonly situation: Situation
  readonly ruling: Ruling
  readonly outputs: Files
  readonly receipt: Receipt
} & (
  | { readonly kind: 'done'; readonly permit: Permit; readonly value: T }
  | { readonly kind: 'refused'; readonly denial: Denial }
)

/**
 * The one door. Facts → ruling → decision → effect (only with a permit) → act and log entry in one transaction →
 * receipt. Refusals are recorded like effects. A `FaultError` of the effect or the store leaves nothing behind.
 */
export async function govern<T>(world: World, request: ActRequest, effect: Effect<T>): Promise<Governed<T>> {
  const scope = { act: actId(world.chance.id())!, subject: request.subject }
  const entry = world.chance.id() as EntryId
  const { answer, done, sealed, outputs } = await world.store.transact(scope, async (transaction) => {
    const answer = await answerAct(world, request, scope.act, transaction)
    const done = answer.kind === 'permit' ? await effect(answer.permit, transaction) : undefined
    const outputs: Files = new Map([['ruling.json', jsonFile(answer.ruling)], ...(done?.outputs ?? [])])
    const sealed = sealAct(world, {
      request,
      answer,
      outputs,
      inputs: { ...request.inputs, ...ruleInputs(answer), ...answer.glass, ...done?.inputs },
    })
    await recordAnswer(transaction, request, answer)
    await transaction.appendEntry({ id: entry, ...sealed })
    return { answer, done, sealed, outputs }
  })
  const proof = await onRecord(async () => {
    await world.store.publish()
    return world.store.prove(scope, entry)
  })
  const receipt = makeReceipt(world, sealed, proof)
  const common = { situation: answer.situation, ruling: answer.ruling, outputs, receipt }
  if (answer.kind === 'denial') return { ...common, kind: 'refused', denial: answer.denial }
  if (done === undefined) throw new Error('a permitted act had no effect')
  return { ...common, kind: 'done', permit: answer.permit, value: done.value }
}

/** What a hospital laid down is among what was read. */
const ruleInputs = ({ relied }: Answer): Inputs =>
  Object.fromEntries(relied.map(({ id, sha256 }) => [`${ruleInput}${id}`, sha256]))

const recordAnswer = (transaction: ActTransaction, request: ActRequest, answer: Answer): Promise<void> =>
  transaction.recordAct({
    kind: request.kind,
    outcome: answer.kind === 'permit' ? 'permitted' : 'refused',
    at: answer.act.instant,
    situation: answer.situation,
    ruling: answer.ruling,
  })
