import type { Instant, Sha256Hex } from '#kernel'
import type { Agreement, AttendancePart, Hindrance, Signer } from './agreement.ts'
import type { Interpreter } from './interpreter.ts'

/** Exactly what somebody signs: all that they say and in which standing, and nothing that only the moment of recording knows. */
export type SignedText = {
  readonly signs: 'habeas.consent.1'
  /** Base64url of 32 bytes of chance, so that no two signatures are over the same; null: no key signs it. */
  readonly nonce: string | null
  readonly account: string
  readonly organisation: string | null
  readonly subject: string
  /** In which standing; `authority`: the digest of the papers. */
  readonly signer: Pick<Signer, 'grantor' | 'relation' | 'person'> & { readonly authority: string | null }
  readonly voice: NonNullable<Agreement['voice']>['said'] | null
  readonly form: string
  readonly formSha256: string
  readonly language: Agreement['language']
  /** Each choice, with the answers to its question, try by try. */
  readonly choices: readonly {
    readonly item: string
    readonly effect: 'permit' | 'refuse'
    readonly answers: readonly number[]
  }[]
  readonly supersedes: string | null
  /** As whoever signs names them. */
  readonly interpreter: Interpreter | null
  /** Why the person could not be asked. */
  readonly unable?: { readonly because: string; readonly words: string }
  /** What keeps them from reading or writing it alone. */
  readonly hindrance?: Hindrance
  /** The name with which their witness signs in, as they gave it. */
  readonly witness?: string
}

/** Exactly what somebody signs who stood by: their statement, over the digest of what was said. */
export type AttendedText = {
  readonly signs: 'habeas.attendance.1'
  readonly nonce: string
  readonly account: string
  readonly part: AttendancePart
  /** The number of what was signed in their presence, and its digest (`sha256` of that signature). */
  readonly attends: string
  readonly said: string
  /** In which language the statement was read. */
  readonly language: Agreement['language']
  /** Of an interpreter: into which language they put it. */
  readonly spoken: string | null
  readonly statement: string
}

/** What a passkey made, in base64url, with all that a stranger needs to check it (WebAuthn Level 3, 7.2). */
export type Assertion = {
  readonly origin: string
  readonly rpId: string
  readonly credentialId: string
  /** Of COSE: -7 ES256, -8 EdDSA. */
  readonly algorithm: number
  /** The key as the authenticator wrote it (COSE), and as RFC 7517 has it. */
  readonly publicKey: string
  readonly publicKeyJwk: Readonly<Record<string, string>>
  readonly authenticatorData: string
  readonly clientDataJSON: string
  readonly signature: string
}

/** What is kept of a signature. `session`: whoever was signed in said so, and no key shows it. */
export type ConsentSignature = {
  readonly text: SignedText | AttendedText
  /** Of the canonical text. */
  readonly sha256: Sha256Hex
} & (
  | { readonly strength: 'session'; readonly method: string }
  | { readonly strength: 'passkey'; readonly passkeyAddedAt: Instant; readonly assertion: Assertion }
)
