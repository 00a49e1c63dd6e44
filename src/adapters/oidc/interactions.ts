import type { InteractionResults } from 'oidc-provider'
import { instantOf, type SubjectId } from '#kernel'
import type { AccountId, AppToken, Clock, DoorStore, Method } from '#usecases'
import type { Provider } from './library.ts'

type Own = InstanceType<typeof Provider>

/** Somebody who is being asked who they are. */
export type LoginInteraction = {
  readonly ask: 'login'
  readonly uid: string
  /** Where the browser goes on when they have shown it: a path of ours. */
  finish(account: AccountId, method: Method): Promise<string>
}
/** Somebody who is being asked whether an application may act for them. */
export type ConsentInteraction = {
  readonly ask: 'consent'
  readonly uid: string
  readonly account: AccountId
  readonly client: string
  readonly scopes: readonly string[]
  allow(subject: SubjectId): Promise<string>
  refuse(): Promise<string>
}

type Details = Awaited<ReturnType<Own['interactionDetails']>>
type GoOn = (result: InteractionResults) => Promise<string>

export const loginOf = (uid: string, goOn: GoOn): LoginInteraction => ({
  ask: 'login',
  uid,
  finish: (account, method) => goOn({ login: { accountId: account, amr: [method], remember: false } }),
})

/** Asked at each authorization anew; what is allowed is for one person, and is kept with the grant. */
export function consentOf(
  provider: Own,
  { door, clock }: { readonly door: DoorStore; readonly clock: Clock },
  { uid, session, params }: Details,
  goOn: GoOn,
): ConsentInteraction | undefined {
  const { client_id: client, scope } = params
  if (session === undefined || typeof client !== 'string' || typeof scope !== 'string') return undefined
  return {
    ask: 'consent',
    uid,
    account: session.accountId as AccountId,
    client,
    scopes: scope.split(' '),
    async allow(subject) {
      const grant = new provider.Grant({ accountId: session.accountId, clientId: client })
      grant.addOIDCScope(scope)
      const id = await grant.save()
      const payload = JSON.stringify({ subject })
      const expiresAt = instantOf(Date.parse(clock.now()) + grantSeconds * 1000)
      await door.open((d) => d.putRecord({ kind: launchKind, id, payload, expiresAt, grant: id, uid: null }))
      return goOn({ consent: { grantId: id } })
    },
    refuse: () => goOn({ error: 'access_denied', error_description: 'the person said no' }),
  }
}

const launchKind = 'Launch'
/** Longer than any token that was given for it. */
export const grantSeconds = 20 * 60

/** For whose record an application was let in. */
async function subjectOf(door: DoorStore, grant: string | undefined): Promise<SubjectId | undefined> {
  if (grant === undefined) return undefined
  const record = await door.look((d) => d.findRecord(launchKind, { id: grant }))
  return record && (JSON.parse(record.payload) as { subject: SubjectId }).subject
}

/** What an application's token opens. Tokens of our own pages open nothing here: they have a session. */
export async function appTokenOf(
  provider: Own,
  door: DoorStore,
  token: string,
): Promise<AppToken | undefined> {
  const found = await provider.AccessToken.find(token)
  if (!found?.isValid || found.clientId === undefined) return undefined
  const subject = await subjectOf(door, found.grantId)
  if (subject === undefined) return undefined
  const { clientId, accountId, scope = '' } = found
  return { client: clientId, account: accountId as AccountId, scopes: scope.split(' '), subject }
}

/** SMART App Launch 2.2, “launch context arrives with your access token”. */
export function sayPatient(provider: Own, door: DoorStore): void {
  provider.use(async (context, next) => {
    await next()
    const body = context.body as { access_token?: string } | undefined
    if (context.oidc?.route !== 'token' || !body?.access_token) return
    const patient = await subjectOf(door, context.oidc.entities.Grant?.jti)
    if (patient !== undefined) Object.assign(body, { patient, need_patient_banner: true })
  })
}
