import type { RecordedAgreement } from '#consent'
import type { ActedBy } from '../act.ts'
import type { Case } from '../caseFolder.ts'
import { type Governed, govern } from '../govern.ts'
import { ownRequest } from '../ownLook.ts'
import type { StoredRecall } from '../ports.ts'
import type { World } from '../world.ts'
import { agreementsOf } from './agreementsOf.ts'
import { formsAmong, type StandingForm } from './form.ts'
import { type SigningStanding, standingAt } from './standing.ts'

/** What the person may sign here, and what they signed, oldest first. */
export type Agreements = {
  readonly forms: readonly StandingForm[]
  readonly agreements: readonly RecordedAgreement[]
  /** Who was asked to delete what they had, and what they answered. */
  readonly recalls: readonly StoredRecall[]
  readonly standing: SigningStanding
}

export const showAgreements = (world: World, from: Case, by: ActedBy): Promise<Governed<Agreements>> =>
  govern(world, { ...ownRequest(world, from, by, 'agreements'), needs: [] }, async ({ act }, transaction) => {
    const agreements = await agreementsOf(transaction, from)
    const rules = world.house === null ? [] : await transaction.listHouseRules(world.house)
    const recalls = await transaction.listRecalls()
    const forms = formsAmong(rules, from.situation)
    const standing = standingAt(by, from, act.instant)
    return { value: { forms, agreements, recalls, standing }, outputs: new Map(), inputs: {} }
  })
