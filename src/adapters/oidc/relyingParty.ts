import type { CryptoKey, JWK } from 'jose'
import { importJWK } from 'jose'
import * as client from 'openid-client'
import type { Method } from '#usecases'
import type { SignInKeys } from './keys.ts'
import { mount, ownClient, returnPath } from './provider.ts'

/** Why somebody did not come back signed in. */
export type Trouble = 'expired' | 'refused' | 'provider-down' | 'not-known' | 'clock'

/** What is kept between leaving for the provider and coming back. */
export type Attempt = { readonly state: string; readonly nonce: string; readonly verifier: string }

/** Who the provider says it was, and how they had shown it. */
export type Returned = { readonly issuer: string; readonly subject: string; readonly method: Method }

export interface RelyingParty {
  /** Where the provider sends browsers back to. */
  readonly redirect: string
  /** Where to send the browser. Throws when the provider cannot be reached. */
  leave(attempt: Attempt): Promise<URL>
  /** Checks the address that the browser came back to, and what the provider says of it. */
  comeBack(url: URL, attempt: Attempt): Promise<Returned>
}

const skewSeconds = 60
const patienceSeconds = 8

export const makeAttempt = (): Attempt => ({
  state: client.randomState(),
  nonce: client.randomNonce(),
  verifier: client.randomPKCECodeVerifier(),
})

type OwnOptions = {
  readonly origin: string
  /** Where this server really listens; it need not go out through its own proxy. */
  readonly listensAt: string
  readonly keys: SignInKeys
}

/** At our own provider, whose addresses need not be looked up. */
export function ownRelyingParty({ origin, listensAt, keys }: OwnOptions): RelyingParty {
  const issuer = `${origin}${mount}`
  const configured = (async () => {
    const key = await importKey(keys.client)
    const configuration = new client.Configuration(
      {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        id_token_signing_alg_values_supported: ['ES256'],
        authorization_response_iss_parameter_supported: true,
      },
      ownClient,
      { id_token_signed_response_alg: 'ES256', [client.clockTolerance]: skewSeconds },
      client.PrivateKeyJwt({ key, kid: 'client' }),
    )
    client.allowInsecureRequests(configuration)
    client.enableNonRepudiationChecks(configuration)
    configuration.timeout = patienceSeconds
    configuration[client.customFetch] = (url, options) =>
      fetch(url.replace(origin, listensAt), options as RequestInit)
    return configuration
  })()
  return partyAt(() => configured, `${origin}${returnPath}`, ownMethod)
}

const ownMethod = (claims: client.IDToken): Method =>
  Array.isArray(claims['amr']) && claims['amr'].includes('passkey') ? 'passkey' : 'code'

export type OutsideOptions = {
  readonly origin: string
  readonly issuer: URL
  readonly clientId: string
  /** PKCS #8, ES256; null: this client has no key and is bound by PKCE alone. */
  readonly privateKey: CryptoKey | null
}

/** At a provider that the hospital trusts; it is looked up when it is first needed, and again after a failure. */
export function outsideRelyingParty({ origin, issuer, clientId, privateKey }: OutsideOptions): RelyingParty {
  let known: Promise<client.Configuration> | undefined
  const configured = (): Promise<client.Configuration> => {
    known ??= discover(issuer, clientId, privateKey).catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }
  return partyAt(configured, `${origin}${returnPath}`, () => 'outside')
}

/** The specification lets a client believe a token for the connection that it came by; we check its signature all the same. */
const always = [client.enableNonRepudiationChecks]

function discover(issuer: URL, clientId: string, key: CryptoKey | null): Promise<client.Configuration> {
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(issuer.hostname)
  return client.discovery(
    issuer,
    clientId,
    { [client.clockTolerance]: skewSeconds },
    key === null ? client.None() : client.PrivateKeyJwt(key),
    { timeout: patienceSeconds, execute: isHere ? [...always, client.allowInsecureRequests] : always },
  )
}

function partyAt(
  configured: () => Promise<client.Configuration>,
  redirect: string,
  methodOf: (claims: client.IDToken) => Method,
): RelyingParty {
  return {
    redirect,
    async leave({ state, nonce, verifier }) {
      const parameters = {
        redirect_uri: redirect,
        scope: 'openid',
        state,
        nonce,
        // Whoever left must not come in again by a session that the provider kept.
        prompt: 'login',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }
      return client.buildAuthorizationUrl(await configured(), parameters)
    },
    async comeBack(url, { state, nonce, verifier }) {
      const checks = {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      }
      const tokens = await client.authorizationCodeGrant(await configured(), url, checks)
      const claims = tokens.claims()!
      return { issuer: claims.iss, subject: claims.sub, method: methodOf(claims) }
    },
  }
}

const importKey = async (jwk: JWK): Promise<CryptoKey> => (await importJWK(jwk, 'ES256')) as CryptoKey

/** What went wrong, in the few words that a page has for it. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof client.AuthorizationResponseError) return 'refused'
  if (error instanceof client.ResponseBodyError) {
    return error.error === 'invalid_grant' ? 'expired' : error.status >= 500 ? 'provider-down' : 'refused'
  }
  const code = (error as { code?: unknown } | undefined)?.code
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return 'clock'
  if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM') return 'provider-down'
  if (error instanceof TypeError && error.message === 'fetch failed') return 'provider-down'
  return 'refused'
}
