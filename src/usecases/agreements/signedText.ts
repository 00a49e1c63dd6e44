import type { AttendedText, SignedText, Signer } from '#consent'
import { canonicalBytes, expectOk, type Json, sha256 } from '#kernel'
import type { ByAccount } from '../act.ts'
import type { Case } from '../caseFolder.ts'
import type { World } from '../world.ts'
import type { Signing } from './makeAgreement.ts'

type Said = {
  readonly by: ByAccount
  readonly from: Case
  readonly signer: Signer
  readonly signing: Signing
}

export function signedText(
  { house }: Pick<World, 'house'>,
  { by, from, signer, signing }: Said,
  nonce: string | null,
): SignedText {
  // Whatever else can be said is signed too.
  const { previewShown: _, voice = null, interpreter = null, unable, ...said } = signing
  const { grantor, relation, person, authority } = signer
  return {
    ...said,
    ...{ voice, interpreter },
    ...(unable && { unable }),
    signs: 'habeas.consent.1',
    nonce,
    account: by.account,
    organisation: house,
    subject: from.subject.id,
    signer: { grantor, relation, person, authority: authority?.document ?? null },
  }
}

/** SHA-256 of its canonical JSON (RFC 8785), 32 bytes: what the passkey is given as its challenge. */
export const digestOfText = (text: SignedText | AttendedText): Uint8Array =>
  sha256(expectOk(canonicalBytes(text as unknown as Json)))
