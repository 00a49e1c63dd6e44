import type { Agreement } from '#consent'
import type { Result } from '#kernel'
import type { ActedBy } from '../act.ts'
import type { Governed } from '../govern.ts'
import type { World } from '../world.ts'
import type { ConsentOut } from './consentOut.ts'
import type { Signing, SigningRefusal } from './makeAgreement.ts'
import { checkSignature, type SignatureCheck, type SignatureRefusal } from './passkeySignature.ts'
import { type SignedCase, signConsent } from './sign.ts'

type SigningWorld = World & ConsentOut & { readonly passkeys: SignatureCheck }

/** As `signConsent`, with what a passkey of theirs made over exactly this; an answer that is not right signs nothing. */
export async function signByPasskey(
  world: SigningWorld,
  from: SignedCase,
  by: ActedBy,
  signing: Signing,
  response: unknown,
): Promise<Result<Governed<Agreement>, SigningRefusal | SignatureRefusal>> {
  const signature = await checkSignature(world, from, by, signing, response)
  return signature.ok ? signConsent(world, from, by, signing, signature.value) : signature
}
