import type { Denial, Permit } from '#decision'
import { actId, instantOf } from '#kernel'
import type { Ruling, Situation } from '#law'
import type { ActRequest, Effect, Files, Inputs } from './act.ts'
import { type Answer, answerAct } from './answer.ts'
import type { EntryId } from './entry.ts'
import { ruleInput } from './houserules/change.ts'
import { onRecord } from './onRecord.ts'
import type { ActScope, ActTransaction } from './ports.ts'
import { jsonFile, makeReceipt, type Receipt, type SealedAct, sealAct } from './receipt.ts'
import type { World } from './world.ts'

/** What the gate did; proved by a place in the log. */
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
  const committed = await commitAct(world, request, effect)
  return finish(committed, await prove(world, committed))
}

/** How long the log may take to give an entry its place, once it promised one. */
const promisedMs = 60_000

/**
 * For a read of which nobody looks at the receipt: what is done is durable with its entry, and a promise of its place is handed
 * out at once instead of the proof. A refusal is proved as ever.
 */
export async function governPromised<T>(
  world: World,
  request: ActRequest,
  effect: Effect<T>,
): Promise<DonePromised<T> | RefusedAct<T>> {
  const committed = await commitAct(world, request, effect)
  const { answer, done, entry, sealed } = committed
  if (answer.kind === 'denial' || done === undefined) {
    const governed = finish(committed, await prove(world, committed))
    if (governed.kind === 'refused') return governed
    throw new Error('a refused act was done')
  }
  const until = instantOf(Date.parse(world.clock.now()) + promisedMs)
  return {
    kind: 'done',
    value: done.value,
    promise: await world.store.promise({ id: entry, leaf: sealed.leaf }, until),
  }
}

export type RefusedAct<T> = Extract<Governed<T>, { readonly kind: 'refused' }>
/** `promise`: the signed note. */
export type DonePromised<T> = { readonly kind: 'done'; readonly value: T; readonly promise: string }

type Committed<T> = {
  readonly scope: ActScope
  readonly entry: EntryId
  readonly answer: Answer
  readonly done: Awaited<ReturnType<Effect<T>>> | undefined
  readonly sealed: SealedAct
  readonly outputs: Files
}

async function commitAct<T>(world: World, request: ActRequest, effect: Effect<T>): Promise<Committed<T>> {
  const scope = { act: actId(world.chance.id())!, subject: request.subject }
  const entry = world.chance.id() as EntryId
  const written = await world.store.transact(scope, async (transaction) => {
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
  return { scope, entry, ...written }
}

async function prove<T>(world: World, { scope, entry, sealed }: Committed<T>): Promise<Receipt> {
  const proof = await onRecord(async () => {
    await world.store.publish()
    return world.store.prove(scope, entry)
  })
  return makeReceipt(world, sealed, proof)
}

function finish<T>({ answer, done, outputs }: Committed<T>, receipt: Receipt): Governed<T> {
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
