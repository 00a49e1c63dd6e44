import type { RecordedAgreement } from '#consent'
import type { ActedBy } from '../act.ts'
import type { Case } from '../caseFolder.ts'
import { type Governed, govern } from '../govern.ts'
import { ownRequest } from '../ownLook.ts'
import type { StoredRecall } from '../ports.ts'
import { jsonFile } from '../receipt.ts'
import type { World } from '../world.ts'
import { agreementsOf } from './agreementsOf.ts'
import { formsAmong, type StandingForm } from './form.ts'
import { itemsNeedingKey } from './keyNeeded.ts'
import { type SigningStanding, standingAt } from './standing.ts'

/** What the person may sign here, and what they signed, oldest first. */
export type Agreements = {
  readonly forms: readonly StandingForm[]
  readonly agreements: readonly RecordedAgreement[]
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
    const agreements = await agreementsOf(transaction, from)
    const rules = world.house === null ? [] : await transaction.listHouseRules(world.house)
    const recalls = await transaction.listRecalls()
    const forms = formsAmong(rules, from.situation)
    const standing = standingAt(by, from, act.instant)
    const keyNeeded = Object.fromEntries(
      forms.map(({ id, form }) => [id, itemsNeedingKey(world.lawbook, from.situation, form.items)]),
    )
    const signatures = await transaction.listSignatures()
    return {
      value: { forms, agreements, recalls, standing, keyNeeded },
      outputs: new Map(signatures.length === 0 ? [] : [[signaturesFile, jsonFile(signatures)]]),
      inputs: {},
    }
  })
