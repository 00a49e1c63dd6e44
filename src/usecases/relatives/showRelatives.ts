import { type RelativesWishes, relativesWishesOf } from '#consent'
import type { ActedBy } from '../act.ts'
import { agreementsOf } from '../agreements/agreementsOf.ts'
import { formsAmong, type StandingForm } from '../agreements/form.ts'
import type { Case, FromFile } from '../caseFolder.ts'
import { deathOf } from '../deathOf.ts'
import { type Governed, govern } from '../govern.ts'
import { ownRequest } from '../ownLook.ts'
import type { StoredRelativesReview } from '../ports.ts'
import { dutyRequest } from '../procedure/dutyLook.ts'
import type { ProcedureWorld } from '../procedure/showProcedure.ts'
import { askTelling, type Telling, withoutEmergency } from './telling.ts'

/** What somebody wishes for their relatives and to know, what was asked of it, and what telling would take today. */
export type Relatives = {
  readonly wishes: RelativesWishes
  /** Their record says that they do not want to know: what they sign does not lift that. */
  readonly filed: boolean
  /** Whoever looks is the person, who does not want to know what it says: neither reason nor words nor finding is shown. */
  readonly withheld: boolean
  readonly reviews: readonly StoredRelativesReview[]
  /** The newest review ended with the finding that it matters to relatives: four eyes have seen it. */
  readonly decided: boolean
  /** Null where it is withheld. */
  readonly telling: Telling | null
  /** Forms of the hospital in which it can be said. */
  readonly forms: readonly StandingForm[]
}

/** A look of its own, for the person and for whoever treats them; it reads no gene. */
export function showRelatives(
  world: ProcedureWorld,
  from: FromFile<Case>,
  by: ActedBy,
): Promise<Governed<Relatives>> {
  const isClinician = by.kind === 'account' && by.role === 'clinician'
  const request = isClinician
    ? dutyRequest(world, withoutEmergency(from), by, 'relatives')
    : { ...ownRequest(world, from.value, by, 'relatives'), needs: [] }
  return govern(world, request, async (permit, transaction) => {
    const { subject, situation } = from.value
    const recorded = await agreementsOf(transaction, from.value)
    const wishes = relativesWishesOf(recorded, world.house, permit.act.instant)
    const filed = situation.subject?.wishes?.notToKnow === true
    const withheld = !isClinician && (filed || wishes.notToKnow.includes('relatives'))
    const rules = world.house === null ? [] : await transaction.listHouseRules(world.house)
    const telling = withheld
      ? null
      : await askTelling(
          world,
          permit,
          transaction,
          { subject: subject.id, situation, death: deathOf(from.value) },
          by,
        )
    const reviews = await transaction.listRelativesReviews()
    const value: Relatives = {
      ...{ wishes, filed, withheld, telling, reviews },
      decided: reviews.at(-1)?.finding?.verdict === 'matters',
      forms: formsAmong(rules, situation).filter(({ form }) => form.items.some(isOfRelatives)),
    }
    return { value, outputs: new Map(), inputs: {} }
  })
}

const isOfRelatives = ({ purposes }: StandingForm['form']['items'][number]): boolean =>
  purposes.includes('family-interest')
