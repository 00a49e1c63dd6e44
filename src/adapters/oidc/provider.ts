import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Configuration } from 'oidc-provider'
import { type AccountId, type Clock, type DoorStore, type Method, serviceScope } from '#usecases'
import { publicPart, type SignInKeys } from './keys.ts'
import { Provider } from './library.ts'
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

/** Somebody who is being asked who they are. */
export type Interaction = {
  readonly uid: string
  /** Where the browser goes on when they have shown it: a path of ours. */
  finish(account: AccountId, method: Method): Promise<string>
}

/** The embedded OpenID provider: authorization code with PKCE, ES256, clients that sign; nothing else is switched on. */
export type OwnProvider = {
  readonly issuer: string
  handle(request: IncomingMessage, response: ServerResponse): void
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
  const callback = provider.callback()
  return {
    issuer,
    handle(request, response) {
      pretendOrigin(request, origin)
      Object.assign(request, { originalUrl: request.url })
      request.url = request.url!.slice(mount.length) || '/'
      void callback(request, response)
    },
    async serviceOf(token) {
      const found = await provider.ClientCredentials.find(token)
      return found?.isValid && found.scope === serviceScope ? found.clientId : undefined
    },
    async interaction(request, response) {
      pretendOrigin(request, origin)
      const details = await provider.interactionDetails(request, response).catch(() => undefined)
      if (details?.prompt.name !== 'login') return undefined
      return {
        uid: details.uid,
        async finish(account, method) {
          const login = { accountId: account, amr: [method], remember: false }
          const next = new URL(await provider.interactionResult(request, response, { login }))
          return next.pathname + next.search
        },
      }
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

function configurationOf({ origin, keys, door, clock }: ProviderOptions): Configuration {
  return {
    adapter: providerStore({ door, clock }),
    jwks: { keys: [keys.provider as never] },
    clients: [
      {
        client_id: ownClient,
        redirect_uris: [`${origin}${returnPath}`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'ES256',
        id_token_signed_response_alg: 'ES256',
        jwks: { keys: [publicPart(keys.client) as never] },
      },
    ],
    // Whoever cannot keep a key is bound by PKCE; nobody shares a secret with us.
    clientAuthMethods: ['private_key_jwt', 'none'],
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256'],
      // The latter two are what SMART App Launch 2, 3.4.2 asks of a server.
      clientAuthSigningAlgValues: ['ES256', 'ES384', 'RS384'],
    },
    responseTypes: ['code'],
    scopes: ['openid', serviceScope],
    claims: { openid: ['sub', 'amr'] },
    pkce: { required: () => true },
    clockTolerance: 60,
    cookies: {
      keys: [...keys.cookies],
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
    ttl: {
      AccessToken: minutes,
      AuthorizationCode: minutes,
      ClientCredentials: 5 * minutes,
      IdToken: 5 * minutes,
      Interaction: 10 * minutes,
      Session: 10 * minutes,
      Grant: 10 * minutes,
    },
    async findAccount(_, id) {
      const account = await door.open((d) => d.findAccount({ id: id as AccountId }))
      if (account === undefined || account.disabledAt !== null) return undefined
      return { accountId: id, claims: async () => ({ sub: id }) }
    },
    // Our own pages need nobody's leave to know who is at them.
    async loadExistingGrant({ oidc }) {
      const { client, session } = oidc
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
