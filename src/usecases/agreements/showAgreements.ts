import type { AwaitedSigner, RecordedAgreement } from '#consent'
import type { GovernedAct } from '#decision'
import type { ActedBy } from '../act.ts'
import type { Case } from '../caseFolder.ts'
import { type Governed, govern } from '../govern.ts'
import { ownRequest } from '../ownLook.ts'
import type { StoredRecall } from '../ports.ts'
import { jsonFile } from '../receipt.ts'
import type { World } from '../world.ts'
import { agreementsOf } from './agreementsOf.ts'
import { askedOf } from './asked.ts'
import { formsAmong, type StandingForm } from './form.ts'
import { itemsNeedingKey } from './keyNeeded.ts'
import { openDrafts } from './openDrafts.ts'
import { withReconsents } from './reconsents.ts'
import { signerFor } from './signerFor.ts'
import { signingPerson } from './signingPerson.ts'
import { type SigningStanding, standingAt } from './standing.ts'

/** A form, the choices of it that whoever looks is asked, and who else would have to sign what they allow. */
export type ShownForm = StandingForm & {
  readonly asks: readonly string[]
  readonly awaits: readonly AwaitedSigner[]
}

/** What the person may sign here, and what they signed, oldest first. */
export type Agreements = {
  readonly forms: readonly ShownForm[]
  readonly agreements: readonly RecordedAgreement[]
  /** The numbers of the drafts that can still be signed by whom they wait for. */
  readonly open: ReadonlySet<string>
  /** Who was asked to delete what they had, and what they answered. */
  readonly recalls: readonly StoredRecall[]
  readonly standing: SigningStanding
  /** By form: the choices for whose yes the law wants a signature with a key. */
  readonly keyNeeded: Readonly<Record<string, readonly string[]>>
}

/** How each of it was signed, given out with the receipt of every look. */
export const signaturesFile = 'signatures.json'

export const showAgreements = (world: World, from: Case, by: ActedBy): Promise<Governed<Agreements>> =>
  govern(world, { ...ownRequest(world, from, by, 'agreements'), needs: [] }, async ({ act }, transaction) => {
    const inForce = world.house === null ? undefined : await transaction.listHouseRules(world.house)
    const rules = inForce ?? []
    const agreements = withReconsents(await agreementsOf(transaction, from), inForce)
    const recalls = await transaction.listRecalls()
    const standing = standingAt(by, from, act.instant)
    const forms = formsAmong(rules, from.situation).map((form) => shownTo(world, from, by, form, act))
    const open = await openDrafts(world, agreements, forms, act.instant)
    const value: Agreements = {
      ...{ forms, agreements, recalls, standing },
      keyNeeded: Object.fromEntries(
        forms.map(({ id, form, asks }) => {
          const asked = form.items.filter((item) => asks.includes(item.id))
          return [id, itemsNeedingKey(world.lawbook, from.situation, asked)]
        }),
      ),
      open: new Set(open.map(({ agreement }) => agreement.id)),
    }
    const signatures = await transaction.listSignatures()
    const outputs = signatures.length === 0 ? [] : [[signaturesFile, jsonFile(signatures)] as const]
    return { value, outputs: new Map(outputs), inputs: {} }
  })

function shownTo(world: World, from: Case, by: ActedBy, form: StandingForm, act: GovernedAct): ShownForm {
  const signer = signerFor(by, from, act.instant)
  const person = signingPerson(from.situation)
  const standsBy = form.form.attendance?.witness ? (['witness'] as const) : []
  const all = { ...form, asks: form.form.items.map(({ id }) => id), awaits: standsBy }
  if (!signer.ok || person === undefined) return all
  const { items, awaits } = askedOf(
    form,
    {
      ...{ id: act.id, at: act.instant, subject: from.subject.id, organisation: world.house! },
      ...{ situation: from.situation, signer: signer.value, former: undefined, signed: false },
    },
    person,
  )
  return { ...form, asks: items.map(({ id }) => id), awaits: [...awaits, ...standsBy] }
}
