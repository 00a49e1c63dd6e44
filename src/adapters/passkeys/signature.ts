import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
} from '@simplewebauthn/server'
import {
  cose,
  decodeClientDataJSON,
  decodeCredentialPublicKey,
  parseAuthenticatorData,
} from '@simplewebauthn/server/helpers'
import type { Assertion } from '#consent'
import { err, ok, toBase64Url } from '#kernel'
import type { Passkey, SignatureCheck, SignatureFlaw } from '#usecases'
import { webauthnCheck } from './webauthn.ts'

/** Whether a passkey of this origin signed a challenge. The library decides; what was wrong is then asked of the parts, to be said. */
export const signatureCheck = (origin: string): SignatureCheck => {
  const { idOf, verifySignIn } = webauthnCheck(origin)
  return {
    idOf,
    async verifySignature(response, challenge, passkey) {
      const right = await verifySignIn(response, challenge, passkey)
      if (right === undefined) return err(flawOf(response, challenge, origin, passkey))
      const assertion = assertionOf(response as AuthenticationResponseJSON, origin, passkey)
      return ok({ counter: right.counter, assertion })
    },
  }
}

function flawOf(response: unknown, challenge: string, origin: string, { counter }: Passkey): SignatureFlaw {
  try {
    const { clientDataJSON, authenticatorData } = (response as AuthenticationResponseJSON).response
    const said = decodeClientDataJSON(clientDataJSON)
    if (said.origin !== origin) return 'other-origin'
    if (said.challenge !== challenge) return 'other-words'
    const bytes = Uint8Array.from(Buffer.from(authenticatorData, 'base64url'))
    const { counter: now } = parseAuthenticatorData(bytes)
    return now <= counter && (now > 0 || counter > 0) ? 'counter' : 'wrong'
  } catch {
    return 'wrong'
  }
}

function assertionOf(
  { response }: AuthenticationResponseJSON,
  origin: string,
  { id, publicKey }: Passkey,
): Assertion {
  const { authenticatorData, clientDataJSON, signature } = response
  return {
    origin,
    rpId: new URL(origin).hostname,
    credentialId: id,
    ...keyOf(Uint8Array.from(publicKey)),
    ...{ authenticatorData, clientDataJSON, signature },
  }
}

/** RFC 9053 to RFC 7517, of the two kinds of keys that are taken here. */
function keyOf(publicKey: Uint8Array<ArrayBuffer>) {
  const key = decodeCredentialPublicKey(publicKey)
  const algorithm = Number(key.get(cose.COSEKEYS.alg))
  // Both kinds have their parts at the same labels: -2 and, on a curve of two coordinates, -3.
  const parts = key as unknown as ReadonlyMap<number, Uint8Array>
  const part = (label: number) => toBase64Url(parts.get(label)!)
  const publicKeyJwk: Record<string, string> =
    algorithm === cose.COSEALG.ES256
      ? { kty: 'EC', crv: 'P-256', x: part(-2), y: part(-3) }
      : { kty: 'OKP', crv: 'Ed25519', x: part(-2) }
  return { algorithm, publicKey: toBase64Url(publicKey), publicKeyJwk }
}

/** What a browser is asked so that one of these passkeys signs. */
export const optionsToSign = (origin: string, challenge: Uint8Array, passkeys: readonly Passkey[]) =>
  generateAuthenticationOptions({
    rpID: new URL(origin).hostname,
    challenge: Uint8Array.from(challenge),
    userVerification: 'required',
    allowCredentials: passkeys.map(({ id, transports }) => ({
      id,
      transports: [...transports] as AuthenticatorTransport[],
    })),
  })
