import type { RecordedAgreement } from '#consent'
import { type Day, dayOf, type Json, type Result } from '#kernel'
import type { ActedBy } from '../act.ts'
import type { Case } from '../caseFolder.ts'
import { type Governed, govern } from '../govern.ts'
import { ruleInput } from '../houserules/change.ts'
import { ownRequest } from '../ownLook.ts'
import { jsonFile } from '../receipt.ts'
import { unwind, unwindable } from '../unwind.ts'
import type { World } from '../world.ts'
import { agreementsOf } from './agreementsOf.ts'
import { type ControllerFacts, controllerFacts, type ReceiptPages } from './controllerFacts.ts'

/** An agreement as a receipt of ISO/IEC TS 27560, on a day. */
export type ConsentReceiptOut = {
  readonly consentReceipt: (recorded: RecordedAgreement, facts: ControllerFacts, at: Day) => Json
}

/** What the hospital must have laid down first. */
export type NoReceipt = 'consent.no-contact'

/** Given out with the receipt of the look in which it was made. */
export const consentReceiptFile = 'consent-receipt.json'

/** The receipt of one agreement, as of now: an act, as every look. Undefined: the person has no such agreement. */
export const showConsentReceipt = (
  world: World & ConsentReceiptOut,
  from: Case,
  by: ActedBy,
  wanted: { readonly agreement: string; readonly pages: ReceiptPages },
): Promise<Result<Governed<Json | undefined>, NoReceipt>> =>
  unwindable(() => {
    const request = { ...ownRequest(world, from, by, 'consent-receipt'), needs: [] }
    return govern<Json | undefined>(world, request, async ({ act }, transaction) => {
      const signed = await agreementsOf(transaction, from)
      const found = signed.find(({ agreement }) => agreement.id === wanted.agreement)
      if (found === undefined) return { value: undefined, outputs: new Map(), inputs: {} }
      // Where no hospital lays anything down, nobody has signed anything.
      const organisation = world.house!
      const rules = await transaction.listHouseRules(organisation)
      const day = dayOf(act.instant)
      const known = controllerFacts(rules, {
        ...{ recordId: found.agreement.id, at: act.instant, day, organisation, pages: wanted.pages },
      })
      if (!known.ok) return unwind('consent.no-contact' satisfies NoReceipt)
      const value = world.consentReceipt(found, known.value.facts, day)
      return {
        value,
        outputs: new Map([[consentReceiptFile, jsonFile(value)]]),
        inputs: Object.fromEntries(known.value.relied.map(({ id, sha256 }) => [`${ruleInput}${id}`, sha256])),
      }
    })
  })
