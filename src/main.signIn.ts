import { readFile } from 'node:fs/promises'
import { importPKCS8 } from 'jose'
import type { Desk } from '#http'
import { err, type Fault, inputFault, instantOf, ok, type Result, toBase64Url } from '#kernel'
import {
  type AccountId,
  addPasskey,
  beginSession,
  type Caller,
  type DoorWorld,
  endOneSession,
  endOtherSessions,
  endSession,
  identify,
  identifyAccount,
  identifyApp,
  identifyService,
  isFresh,
  listPasskeys,
  listSessions,
  type Passkey,
  removePasskey,
  signInByCode,
  signInByOutside,
  signInByPasskey,
} from '#usecases'
import { countStrangers } from './adapters/door/strangers.ts'
import type { ConsentInteraction, LoginInteraction } from './adapters/oidc/interactions.ts'
import { readSignInKeys } from './adapters/oidc/keys.ts'
import { openProvider } from './adapters/oidc/provider.ts'
import {
  type Attempt,
  makeAttempt,
  outsideRelyingParty,
  ownRelyingParty,
  type RelyingParty,
  troubleOf,
} from './adapters/oidc/relyingParty.ts'
import { optionsToAdd, optionsToSignIn, webauthnCheck } from './adapters/passkeys/webauthn.ts'

type SignInDesk = Desk['signIn']
type Options = {
  readonly origin: string
  readonly listensAt: string
  readonly dataFolder: string
  readonly env: NodeJS.ProcessEnv
}

/** How long somebody may take between being asked and answering, in milliseconds. */
const patienceMs = 10 * 60_000
const nobody: Caller = { kind: 'nobody' }

/** People sign in at our own provider, or at the one that the hospital names; what comes after is the same. */
export async function openSignIn(world: DoorWorld, options: Options): Promise<Result<SignInDesk, Fault>> {
  const { origin, listensAt, dataFolder, env } = options
  const keys = await readSignInKeys(dataFolder, world.chance.bytes)
  if (!keys.ok) return keys
  const outside = await outsideOf(origin, env)
  if (!outside.ok) return outside
  const provider = openProvider({ origin, keys: keys.value, door: world.store.door, clock: world.clock })
  const party = outside.value?.party ?? ownRelyingParty({ origin, listensAt, keys: keys.value })
  const whole = { ...world, strangers: countStrangers(), passkeys: webauthnCheck(origin) }
  return ok({
    origin,
    identify: (token) => (token === undefined ? Promise.resolve(nobody) : identify(world, token)),
    identifyBearer: async (token) => {
      const service = await provider.serviceOf(token)
      if (service !== undefined) return identifyService(world, service)
      const app = await provider.appOf(token)
      return app === undefined ? nobody : identifyApp(world, app)
    },
    endSession: (token) => endSession(world, token),
    listSessions: ({ account }, token) => listSessions(world, account, token),
    endOneSession: (token, handle) => endOneSession(world, token, handle),
    endOtherSessions: (token) => endOtherSessions(world, token),
    serveProvider: provider.handle,
    interaction: async (request, response) => {
      const found = await provider.interaction(request, response)
      if (found === undefined) return undefined
      return found.ask === 'login' ? loginDesk(whole, origin, found) : consentDesk(whole, found)
    },
    ...ways(world, party, outside.value?.issuer),
    ...ownKeys(whole, origin),
  })
}

type Whole = Parameters<typeof signInByCode>[0] & Parameters<typeof signInByPasskey>[0]
type OutsideParty = { readonly issuer: string; readonly party: RelyingParty }

/** `HABEAS_OIDC_ISSUER`, `HABEAS_OIDC_CLIENT_ID` and, for a client that signs, `HABEAS_OIDC_KEY_FILE`. */
async function outsideOf(
  origin: string,
  env: NodeJS.ProcessEnv,
): Promise<Result<OutsideParty | undefined, Fault>> {
  const { HABEAS_OIDC_ISSUER: issuer, HABEAS_OIDC_CLIENT_ID: clientId, HABEAS_OIDC_KEY_FILE: file } = env
  if (!issuer) return ok(undefined)
  const expected = 'the https address of an OpenID provider, and the name that it knows this server by'
  if (!URL.canParse(issuer) || !/^https:|^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(issuer) || !clientId)
    return err(
      inputFault('sign-in.provider', 'HABEAS_OIDC_ISSUER', 'no provider that can be meant', expected),
    )
  const privateKey = file ? await readKey(file) : null
  if (privateKey === undefined) {
    const found = 'no key that can be read'
    return err(
      inputFault('sign-in.provider-key', 'HABEAS_OIDC_KEY_FILE', found, 'a PKCS #8 file of an ES256 key'),
    )
  }
  const party = outsideRelyingParty({ origin, issuer: new URL(issuer), clientId, privateKey })
  return ok({ issuer, party })
}

const readKey = (file: string) =>
  readFile(file, 'utf8')
    .then((pem) => importPKCS8(pem, 'ES256'))
    .catch(() => undefined)

type Kept = Attempt & { readonly to: string }

/** To the provider and back. What is kept meanwhile opens once, and only for the browser that left. */
function ways(
  world: DoorWorld,
  party: RelyingParty,
  outsideIssuer: string | undefined,
): Pick<SignInDesk, 'leave' | 'comeBack'> {
  const { store, clock, chance } = world
  const accountOf = async (subject: string) => {
    if (outsideIssuer === undefined) return subject as AccountId
    const account = await signInByOutside(world, { issuer: outsideIssuer, subject })
    return account.ok ? account.value.id : undefined
  }
  return {
    async leave(to) {
      const attempt = makeAttempt()
      try {
        const location = (await party.leave(attempt)).href
        const id = toBase64Url(chance.bytes(32))
        await keepRecord(world, 'Attempt', id, { ...attempt, to } satisfies Kept)
        return ok({ location, attempt: id })
      } catch (error) {
        return err(unlessBug(error))
      }
    },
    async comeBack(url, id, before) {
      const record = id && (await store.door.open((door) => door.takeRecord('Attempt', id)))
      if (!record || record.expiresAt! <= clock.now()) return err('expired')
      const kept = JSON.parse(record.payload) as Kept
      try {
        const returned = await party.comeBack(new URL(url, party.redirect), kept)
        const account = await accountOf(returned.subject)
        const session = account && (await beginSession(world, account, returned.method, before))
        return session ? ok({ token: session.token, to: kept.to }) : err('not-known')
      } catch (error) {
        return err(unlessBug(error))
      }
    },
  }
}

/** A store that does not answer is no trouble of the provider's. */
function unlessBug(error: unknown) {
  if (error instanceof Error && error.name === 'FaultError') throw error
  return troubleOf(error)
}

async function keepRecord(
  { store, clock }: DoorWorld,
  kind: string,
  id: string,
  value: object,
): Promise<void> {
  const expiresAt = instantOf(Date.parse(clock.now()) + patienceMs)
  const record = { kind, id, payload: JSON.stringify(value), expiresAt, grant: null, uid: null }
  await store.door.open((door) => door.putRecord(record))
}

/** A challenge is answered once, in time. */
async function takeChallenge({ store, clock }: DoorWorld, kind: string, id: string): Promise<string> {
  const record = await store.door.open((door) => door.takeRecord(kind, id))
  if (record === undefined || record.expiresAt! <= clock.now()) return ''
  return (JSON.parse(record.payload) as { challenge: string }).challenge
}

async function consentDesk(world: Whole, asked: ConsentInteraction) {
  const client = await world.store.door.look((door) => door.findClient(asked.client))
  const caller = await identifyAccount(world, asked.account, 'app')
  return { ...asked, caller, app: client?.name ?? asked.client }
}

function loginDesk(world: Whole, origin: string, { uid, finish }: LoginInteraction) {
  return {
    ask: 'login' as const,
    uid,
    async askPasskey() {
      const options = await optionsToSignIn(origin)
      await keepRecord(world, 'Challenge', uid, { challenge: options.challenge })
      return JSON.parse(JSON.stringify(options))
    },
    async signInByCode(name: string, code: string) {
      const shown = await signInByCode(world, { name, code })
      return shown.ok ? ok(await finish(shown.value.id, 'code')) : shown
    },
    async signInByPasskey(response: unknown) {
      const challenge = await takeChallenge(world, 'Challenge', uid)
      const shown = await signInByPasskey(world, { response, challenge })
      return shown.ok ? ok(await finish(shown.value.id, 'passkey')) : shown
    },
  }
}

type OwnKeys = Pick<
  SignInDesk,
  'describe' | 'chooseLanguage' | 'askNewPasskey' | 'addPasskey' | 'removePasskey'
>

/** What somebody who has signed in may change of how they do. */
function ownKeys(world: Whole, origin: string): OwnKeys {
  const { door } = world.store
  const keysOf = (account: AccountId): Promise<readonly Passkey[]> => listPasskeys(world, account)
  return {
    async describe({ account }) {
      const found = await door.look((transaction) => transaction.findAccount({ id: account }))
      return { language: found?.language ?? null, passkeys: await keysOf(account) }
    },
    chooseLanguage: ({ account }, language) => door.open((d) => d.chooseLanguage(account, language)),
    async askNewPasskey({ account }, token) {
      if (!(await isFresh(world, token))) return err({ code: 'sign-in.again' })
      const found = await door.look((transaction) => transaction.findAccount({ id: account }))
      const owner = { account, name: found?.signInName ?? '', known: await keysOf(account) }
      const options = await optionsToAdd(origin, owner)
      await keepRecord(world, 'NewPasskey', account, { challenge: options.challenge })
      return ok(JSON.parse(JSON.stringify(options)))
    },
    async addPasskey({ account }, token, response, label) {
      const challenge = await takeChallenge(world, 'NewPasskey', account)
      return addPasskey(world, token, { response, challenge, label })
    },
    removePasskey: (token, id) => removePasskey(world, token, id),
  }
}
