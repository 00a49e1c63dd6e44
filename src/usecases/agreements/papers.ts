import { runs } from '#access'
import type { Agreement, Signer } from '#consent'
import { type Instant, type Sha256Hex, sha256Hex, utf8 } from '#kernel'
import type { DoorLook } from '../door/ports.ts'
import type { World } from '../world.ts'

/** What stands in a signature for the papers that show its authority. */
export const documentOf = (evidence: string): Sha256Hex => sha256Hex(utf8(evidence))

/**
 * Whether everybody who signed on papers holds these very papers still: what the hospital ended before their last day ends what
 * waits for others, and so does an account that was closed.
 */
export async function holdTheirPapers(
  { store }: Pick<World, 'store'>,
  { signer, coSigners, subject }: Agreement,
  at: Instant,
): Promise<boolean> {
  const onPapers = [signer, ...coSigners].filter(({ authority }) => authority !== null)
  if (onPapers.length === 0) return true
  const held = await store.door.look((door) =>
    Promise.all(onPapers.map((one) => holds(door, one, subject, at))),
  )
  return held.every((one) => one)
}

async function holds(
  door: Pick<DoorLook, 'findAccount'>,
  { person, authority }: Signer,
  subject: string,
  at: Instant,
): Promise<boolean> {
  const account = await door.findAccount({ id: person as never })
  if (account === undefined || account.disabledAt !== null) return false
  return account.holdings.some(
    (one) =>
      one.role === 'representative' &&
      one.kinship === undefined &&
      one.papers !== undefined &&
      one.subject === subject &&
      documentOf(one.evidence) === authority?.document &&
      runs(one, at),
  )
}
