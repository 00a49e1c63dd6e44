import type { ConsentSignature } from '#consent'
import { err, ok, type Result, type Sha256Hex, toHex } from '#kernel'
import type { ActedBy, ByAccount } from '../act.ts'
import type { Case } from '../caseFolder.ts'
import type { World } from '../world.ts'
import type { StandingForm } from './form.ts'
import { itemsNeedingKey } from './keyNeeded.ts'
import type { Signing } from './makeAgreement.ts'
import { digestOfText, signedText } from './signedText.ts'

export const hasPasskey = async ({ store }: World, by: ActedBy): Promise<boolean> =>
  by.kind === 'account' && (await store.door.look((door) => door.listPasskeys(by.account))).length > 0

/**
 * Whether it can be signed by whoever has merely signed in. A no can, always. A yes cannot where the law wants it in writing, nor by
 * whoever has a passkey: a session that was left open is not they.
 */
export function mayBeKeyless(
  { lawbook }: World,
  { situation }: Case,
  { form }: StandingForm,
  { choices }: Signing,
  hasKey: boolean,
): Result<void, 'consent.passkey-there' | 'consent.passkey-needed'> {
  const allowed = choices.filter(({ effect }) => effect === 'permit').map(({ item }) => item)
  if (allowed.length === 0) return ok(undefined)
  if (hasKey) return err('consent.passkey-there')
  const items = form.items.filter(({ id }) => allowed.includes(id))
  return itemsNeedingKey(lawbook, situation, items).length > 0 ? err('consent.passkey-needed') : ok(undefined)
}

/** What is kept where no key signed: what was said, by whose session. */
export function signatureBySession(
  world: World,
  said: Parameters<typeof signedText>[1] & { readonly by: ByAccount },
): ConsentSignature {
  const text = signedText(world, said, null)
  const sha256 = toHex(digestOfText(text)) as Sha256Hex
  return { strength: 'session', method: said.by.method, text, sha256 }
}
