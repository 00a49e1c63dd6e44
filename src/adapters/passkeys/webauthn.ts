import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'
import { isRecord, utf8 } from '#kernel'
import type { AccountId, Passkey, PasskeyCheck } from '#usecases'

/** Whoever a passkey is bound to: the name of the host, and the whole origin. */
const bound = (origin: string) => ({ expectedOrigin: origin, expectedRPID: new URL(origin).hostname })

/** EdDSA and ES256: of RSA, which the library would take too, passkeys have 2048 bits, and those are 112 of strength. */
const algorithms: readonly number[] = [cose.COSEALG.EdDSA, cose.COSEALG.ES256]

const isTaken = (publicKey: Uint8Array): boolean =>
  algorithms.includes(Number(decodeCredentialPublicKey(Uint8Array.from(publicKey)).get(cose.COSEKEYS.alg)))

/** What is wrong with an answer of a browser is nobody's business but its own: it is not right. */
const unlessWrong = async <T>(work: () => Promise<T | undefined>): Promise<T | undefined> =>
  work().catch(() => undefined)

export const webauthnCheck = (origin: string): PasskeyCheck => ({
  idOf: (response) => (isRecord(response) && typeof response['id'] === 'string' ? response['id'] : undefined),
  verifyNew: (response, expectedChallenge) =>
    unlessWrong(async () => {
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: response as RegistrationResponseJSON,
        expectedChallenge,
        ...bound(origin),
        requireUserVerification: true,
        supportedAlgorithmIDs: [...algorithms],
      })
      if (!verified) return undefined
      const { id, publicKey, counter, transports = [] } = registrationInfo.credential
      return { id, publicKey, counter, transports }
    }),
  verifySignIn: (response, expectedChallenge, { id, publicKey, counter }) =>
    unlessWrong(async () => {
      if (!isTaken(publicKey)) return undefined
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: response as AuthenticationResponseJSON,
        expectedChallenge,
        ...bound(origin),
        requireUserVerification: true,
        credential: { id, publicKey: Uint8Array.from(publicKey), counter },
      })
      return verified ? { counter: authenticationInfo.newCounter } : undefined
    }),
})

/** What a browser is asked so that somebody signs in with a passkey that it knows. */
export const optionsToSignIn = (origin: string) =>
  generateAuthenticationOptions({ rpID: new URL(origin).hostname, userVerification: 'required' })

type Owner = { readonly account: AccountId; readonly name: string; readonly known: readonly Passkey[] }

/** What a browser is asked so that it makes a passkey that needs no name to be typed. */
export const optionsToAdd = (origin: string, { account, name, known }: Owner) =>
  generateRegistrationOptions({
    rpName: 'Habeas',
    rpID: new URL(origin).hostname,
    userID: Uint8Array.from(utf8(account)),
    userName: name,
    userDisplayName: name,
    attestationType: 'none',
    supportedAlgorithmIDs: [...algorithms],
    excludeCredentials: known.map(({ id, transports }) => ({
      id,
      transports: [...transports] as AuthenticatorTransport[],
    })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
