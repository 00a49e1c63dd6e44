import type { AccountId } from '#access'
import type { Assertion, AttendedText, ConsentSignature, SignedText } from '#consent'
import { err, instantOf, ok, type Result, type Sha256Hex, toBase64Url, toHex } from '#kernel'
import type { ActedBy, ByAccount } from '../act.ts'
import type { Case } from '../caseFolder.ts'
import type { PasskeyCheck } from '../door/passkeys.ts'
import type { DoorTransaction, Passkey } from '../door/ports.ts'
import type { World } from '../world.ts'
import type { Signing } from './makeAgreement.ts'
import { digestOfText, signedText } from './signedText.ts'
import { type StandingRefusal, signerFor } from './signerFor.ts'

/** What of an answer of a passkey is not right. */
export type SignatureFlaw = 'other-words' | 'other-origin' | 'counter' | 'wrong'

export type KeyRefusal =
  /** Nothing was asked of a passkey that is still open: it was answered before, or something else was asked since. */
  | 'consent.signature-gone'
  | 'consent.signature-expired'
  /** Not a passkey of whoever signs. */
  | 'consent.signature-other-key'
  /** They have no passkey. */
  | 'consent.no-passkey'
  | `consent.signature-${SignatureFlaw}`
export type SignatureRefusal = StandingRefusal | KeyRefusal

/** Whether a passkey signed a challenge; the counter that it then stands at. */
export interface SignatureCheck extends Pick<PasskeyCheck, 'idOf'> {
  verifySignature(
    response: unknown,
    challenge: string,
    passkey: Passkey,
  ): Promise<Result<{ readonly counter: number; readonly assertion: Assertion }, SignatureFlaw>>
}

export type SealWorld = World & { readonly passkeys: SignatureCheck }
export type KeyAsked = { readonly challenge: Uint8Array; readonly passkeys: readonly Passkey[] }
type Kept = { readonly nonce: string; readonly sha256: Sha256Hex }
/** What somebody signs, with the chance that makes it like no other. */
export type ToSign = {
  readonly account: AccountId
  readonly textWith: (nonce: string) => SignedText | AttendedText
}

const kind = 'Signature'
/** How long somebody may take at their passkey, in milliseconds. */
export const signaturePatienceMs = 5 * 60_000

/**
 * What their passkeys are asked to sign; it opens once, for this account, in this time. What was asked of them before is not asked any
 * more.
 */
export async function askKey(
  world: World,
  { account, textWith }: ToSign,
): Promise<Result<KeyAsked, 'consent.no-passkey'>> {
  const passkeys = await world.store.door.look((door) => door.listPasskeys(account))
  if (passkeys.length === 0) return err('consent.no-passkey')
  const nonce = toBase64Url(world.chance.bytes(32))
  const challenge = digestOfText(textWith(nonce))
  const kept: Kept = { nonce, sha256: toHex(challenge) as Sha256Hex }
  const expiresAt = instantOf(Date.parse(world.clock.now()) + signaturePatienceMs)
  const record = { kind, id: account, payload: JSON.stringify(kept), expiresAt, grant: null, uid: null }
  await world.store.door.open((door) => door.putRecord(record))
  return ok({ challenge, passkeys })
}

/** Whether a passkey of theirs signed exactly this. Right or wrong, what was asked is answered with it. */
export const checkKey = (
  world: SealWorld,
  { account, textWith }: ToSign,
  response: unknown,
): Promise<Result<ConsentSignature, KeyRefusal>> =>
  world.store.door.open(async (door) => {
    const at = world.clock.now()
    const record = await door.takeRecord(kind, account)
    if (record === undefined) return err('consent.signature-gone')
    if (record.expiresAt! <= at) return err('consent.signature-expired')
    const kept = JSON.parse(record.payload) as Kept
    const text = textWith(kept.nonce)
    const digest = digestOfText(text)
    if (toHex(digest) !== kept.sha256) return err('consent.signature-other-words')
    const passkey = await ownPasskey(world, door, account, response)
    if (passkey === undefined) return err('consent.signature-other-key')
    const made = await world.passkeys.verifySignature(response, toBase64Url(digest), passkey)
    if (!made.ok) return err(`consent.signature-${made.error}` as const)
    const { counter, assertion } = made.value
    await door.notePasskeyUse(passkey.id, counter, at)
    return ok({ strength: 'passkey', text, sha256: kept.sha256, passkeyAddedAt: passkey.addedAt, assertion })
  })

async function ownPasskey(
  { passkeys }: SealWorld,
  door: DoorTransaction,
  account: AccountId,
  response: unknown,
): Promise<Passkey | undefined> {
  const id = passkeys.idOf(response)
  const passkey = id === undefined ? undefined : await door.findPasskey(id)
  return passkey?.account === account ? passkey : undefined
}

/** What a passkey of whoever signs is asked. Reads nothing of the person: what is signed is what was sent. */
export async function askSignature(
  world: World,
  from: Case,
  by: ActedBy,
  signing: Signing,
): Promise<Result<KeyAsked, SignatureRefusal>> {
  const said = saidBy(world, from, by, signing)
  return said.ok ? askKey(world, said.value) : said
}

/** Whether a passkey of whoever signs signed exactly this. */
export async function checkSignature(
  world: SealWorld,
  from: Case,
  by: ActedBy,
  signing: Signing,
  response: unknown,
): Promise<Result<ConsentSignature, SignatureRefusal>> {
  const said = saidBy(world, from, by, signing)
  return said.ok ? checkKey(world, said.value, response) : said
}

function saidBy(world: World, from: Case, by: ActedBy, signing: Signing): Result<ToSign, StandingRefusal> {
  const signer = signerFor(by, from, world.clock.now())
  if (!signer.ok) return signer
  // Whoever has a standing is an account.
  const said = { by: by as ByAccount, from, signer: signer.value, signing }
  return ok({ account: said.by.account, textWith: (nonce) => signedText(world, said, nonce) })
}
