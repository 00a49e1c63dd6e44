import type { AccountId } from '#access'
import { type Instant, instantOf, type Sha256Hex, sha256Hex, utf8 } from '#kernel'
import type { DoorTransaction, OneTimeCode } from './ports.ts'
import { recordEvent } from './recordEvent.ts'
import type { DoorWorld } from './world.ts'

/** Letters and digits that nobody takes for another: 25 of them are 122 bits. */
const letters = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'
const length = 25
const hoursOf = { invitation: 7 * 24, recovery: 24 } as const

export type IssuedCode = { readonly code: string; readonly expiresAt: Instant }

/** Bytes beyond the last whole round of the letters are left out, so that each is as likely. */
export function codeFrom(bytes: Uint8Array): string {
  const limit = 256 - (256 % letters.length)
  const chosen = [...bytes].filter((byte) => byte < limit).slice(0, length)
  if (chosen.length < length) throw new Error('too few random bytes for a code')
  const text = chosen.map((byte) => letters[byte % letters.length]).join('')
  return text.match(/.{5}/g)!.join('-')
}

/** As typed by somebody: case, spaces and dashes do not matter. */
export const hashOfCode = (typed: string): Sha256Hex =>
  sha256Hex(utf8(`habeas one-time code ${typed.toUpperCase().replaceAll(/[\s-]/g, '')}`))

/** A new code, shown once: only its hash is kept. */
export async function issueCode(
  world: DoorWorld,
  door: DoorTransaction,
  account: AccountId,
  kind: OneTimeCode['kind'],
): Promise<IssuedCode> {
  const code = codeFrom(world.chance.bytes(96))
  const at = world.clock.now()
  const expiresAt = instantOf(Date.parse(at) + hoursOf[kind] * 3_600_000)
  await door.addCode({ hash: hashOfCode(code), account, kind, expiresAt })
  await recordEvent(world, door, { account, kind: 'code-issued', at })
  return { code, expiresAt }
}
