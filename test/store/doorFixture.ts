import type { AccountId } from '#access'
import { instantOf, type Sha256Hex, type SubjectId } from '#kernel'
import type { OrganisationId, RuleId, Store } from '#usecases'
import { newEntry, newEntryId } from './fixture.ts'

const at = instantOf(1_795_000_000_007)
const hash = '0'.repeat(64) as Sha256Hex
const organisation = 'hillside' as OrganisationId

/** Something in every table of the door, of one account; its one event waits to be published. */
export async function fillDoor(store: Store, subject: SubjectId, name = 'Somebody'): Promise<void> {
  const id = 'account-1' as AccountId
  const held = { role: 'clinician', organisation, from: at, until: null, evidence: name } as const
  const outside = { issuer: name, subject: name }
  await store.door.open(async (door) => {
    await door.addAccount({
      id,
      signInName: 'somebody',
      name,
      language: 'zh',
      disabledAt: null,
      outside,
      holdings: [held, { ...held, until: at }],
    })
    await door.addCare({ account: id, organisation, subject, from: at, until: null, evidence: name })
    const key = { publicKey: new Uint8Array([0, 92, 255]), counter: 4_294_967_295, transports: ['usb', name] }
    await door.addPasskey({ id: 'p', account: id, label: name, addedAt: at, usedAt: null, ...key })
    await door.addCode({ hash, account: id, kind: 'invitation', expiresAt: at })
    await door.beginSession({ hash, account: id, method: 'code', begunAt: at, seenAt: at, expiresAt: at })
    await door.writeFailures(id, { count: 1, lastAt: at })
    await door.putRecord({ kind: 'k', id: 'r', payload: '{}', expiresAt: null, grant: null, uid: null })
    const keys = { keys: [{ kty: 'EC', note: name }] }
    const names = { name, redirectUris: [name], scopes: [name] }
    await door.addClient({
      id: 'c',
      kind: 'service',
      account: id,
      keys,
      addedAt: at,
      endedAt: null,
      ...names,
    })
    const signed = { account: id, name, at, because: name }
    await door.addHouseRule({
      id: 'rule-1' as RuleId,
      organisation,
      content: { kind: 'retention', category: 'genetic', months: 12, after: 'erase' },
      sha256: hash,
      replaces: null,
      proposed: signed,
      confirmed: signed,
      ended: null,
    })
    const entry = { id: newEntryId(), ...newEntry() }
    await door.recordEvent({ id: 'event-1', account: id, kind: 'sign-in', at, method: 'passkey', entry })
  })
}
