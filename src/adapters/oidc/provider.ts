import type { IncomingMessage, ServerResponse } from 'node:http'
import Keygrip from 'keygrip'
import type { ClientMetadata, Configuration, InteractionResults } from 'oidc-provider'
import { recordScopes } from '#access'
import { type AccountId, type AppToken, type Clock, type DoorStore, serviceScope } from '#usecases'
import {
  appTokenOf,
  type ConsentInteraction,
  consentOf,
  grantSeconds,
  type LoginInteraction,
  loginOf,
  sayPatient,
} from './interactions.ts'
import { publicPart, type SignInKeys } from './keys.ts'
import { errors, Provider } from './library.ts'
import { providerStore } from './providerStore.ts'

export const mount = '/oidc'
export const ownClient = 'habeas'
export const returnPath = '/sign-in/return'

export type ProviderOptions = {
  /** Scheme and authority under which browsers know this server. */
  readonly origin: string
  readonly keys: SignInKeys
  readonly door: DoorStore
  readonly clock: Clock
}

export type Interaction = LoginInteraction | ConsentInteraction

/** The embedded OpenID provider: authorization code with PKCE, ES256, clients that sign; nothing else is switched on. */
export type OwnProvider = {
  readonly issuer: string
  handle(request: IncomingMessage, response: ServerResponse): void
  /** What an application's token opens; undefined when it is none of ours, or has run out. */
  appOf(token: string): Promise<AppToken | undefined>
  /** Of which service a token is; undefined when it is none of ours, or has run out. */
  serviceOf(token: string): Promise<string | undefined>
  /** The one that this browser is in; undefined when there is none, or it has run out. */
  interaction(request: IncomingMessage, response: ServerResponse): Promise<Interaction | undefined>
}

export function openProvider(options: ProviderOptions): OwnProvider {
  const { origin } = options
  const issuer = `${origin}${mount}`
  const provider = new Provider(issuer, configurationOf(options))
  // Its addresses come from the origin that we set below, never from what a request says.
  provider.proxy = true
  sayPatient(provider, options.door)
  const callback = provider.callback()
  return {
    issuer,
    handle(request, response) {
      pretendOrigin(request, origin)
      Object.assign(request, { originalUrl: request.url })
      request.url = request.url!.slice(mount.length) || '/'
      void callback(request, response)
    },
    appOf: (token) => appTokenOf(provider, options.door, token),
    async serviceOf(token) {
      const found = await provider.ClientCredentials.find(token)
      return found?.isValid && found.scope === serviceScope ? found.clientId : undefined
    },
    async interaction(request, response) {
      pretendOrigin(request, origin)
      const details = await provider.interactionDetails(request, response).catch(() => undefined)
      if (details === undefined) return undefined
      const goOn = async (result: InteractionResults): Promise<string> => {
        const next = new URL(await provider.interactionResult(request, response, result))
        return next.pathname + next.search
      }
      return details.prompt.name === 'login'
        ? loginOf(details.uid, goOn)
        : consentOf(provider, options, details, goOn)
    },
  }
}

function pretendOrigin(request: IncomingMessage, origin: string): void {
  const { protocol, host } = new URL(origin)
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith('x-forwarded-')) delete request.headers[name]
  }
  request.headers.host = host
  request.headers['x-forwarded-proto'] = protocol.slice(0, -1)
}

const minutes = 60

/** Seconds. */
const ttl: Configuration['ttl'] = {
  AccessToken: (_, __, { clientId }) => (clientId === ownClient ? minutes : 15 * minutes),
  AuthorizationCode: minutes,
  ClientCredentials: 5 * minutes,
  IdToken: 5 * minutes,
  Interaction: 10 * minutes,
  Session: 10 * minutes,
  Grant: grantSeconds,
}

function configurationOf({ origin, keys, door, clock }: ProviderOptions): Configuration {
  return {
    adapter: providerStore({ door, clock }),
    jwks: { keys: [keys.provider as never] },
    clients: [ownClientOf(origin, keys)],
    // Whoever cannot keep a key is bound by PKCE; nobody shares a secret with us.
    clientAuthMethods: ['private_key_jwt', 'none'],
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256'],
      // The latter two are what SMART App Launch 2, 3.4.2 asks of a server.
      clientAuthSigningAlgValues: ['ES256', 'ES384', 'RS384'],
    },
    responseTypes: ['code'],
    scopes: ['openid', 'launch/patient', serviceScope, ...recordScopes],
    // SMART App Launch 2.2: an application says whose resources it wants; a token for another server would be worth stealing.
    extraParams: {
      aud: (_, value, { clientId }) => {
        if (clientId !== ownClient && value !== `${origin}/fhir`)
          throw new errors.InvalidRequest('aud must be the address of this FHIR server')
      },
    },
    claims: { openid: ['sub', 'amr'] },
    pkce: { required: () => true },
    clockTolerance: 60,
    cookies: {
      // The default is SHA-1.
      keys: new Keygrip([...keys.cookies], 'sha256') as never,
      // What answers an interaction lies under /api, what shows it does not.
      short: { httpOnly: true, sameSite: 'lax', path: '/' },
      long: { httpOnly: true, sameSite: 'lax', path: mount },
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: { enabled: false },
    },
    interactions: { url: (_, { uid }) => `/sign-in/way/${uid}` },
    ttl,
    async findAccount(_, id) {
      const account = await door.look((d) => d.findAccount({ id: id as AccountId }))
      if (account === undefined || account.disabledAt !== null) return undefined
      return { accountId: id, claims: async () => ({ sub: id }) }
    },
    // An application needs leave each time; our own pages need nobody's to know who is at them.
    async loadExistingGrant({ oidc }) {
      const { client, session, result } = oidc
      const answered = result?.consent?.grantId
      if (answered !== undefined) return oidc.provider.Grant.find(answered)
      if (client?.clientId !== ownClient || session?.accountId === undefined) return undefined
      const grant = new oidc.provider.Grant({ clientId: ownClient, accountId: session.accountId })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
    renderError(context, out) {
      context.type = 'json'
      context.body = { error: out.error }
    },
  }
}

/** Our own pages, as a client. */
const ownClientOf = (origin: string, keys: SignInKeys): ClientMetadata => ({
  client_id: ownClient,
  redirect_uris: [`${origin}${returnPath}`],
  response_types: ['code'],
  grant_types: ['authorization_code'],
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: 'ES256',
  id_token_signed_response_alg: 'ES256',
  jwks: { keys: [publicPart(keys.client) as never] },
})
