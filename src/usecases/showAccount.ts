import type { ActId, Instant, Sha256Hex } from '#kernel'
import type { Plan } from '#plan'
import type { ActedBy } from './act.ts'
import { type WishAfterDeath, wishAfterDeath } from './afterDeath/wishAfterDeath.ts'
import { agreementsFrom } from './agreements/agreementsOf.ts'
import { formsAmong } from './agreements/form.ts'
import type { Case } from './caseFolder.ts'
import { deathOf } from './deathOf.ts'
import { emergencyInput } from './emergencies/refusal.ts'
import type { EntryId } from './entry.ts'
import { type Governed, govern } from './govern.ts'
import { ruleInput } from './houserules/change.ts'
import { onRecord } from './onRecord.ts'
import { ownRequest } from './ownLook.ts'
import type { StoredAct, StoredEmergency, WithdrawalRecord } from './ports.ts'
import { recallInput } from './recalls/answerRecall.ts'
import { relativesInput } from './relatives/refusal.ts'
import { isWithheld } from './relatives/withheld.ts'
import { describeUse, payloadOf, type Use } from './storedUse.ts'
import type { World } from './world.ts'

/** What is known of a person, who used it, and what they ended; newest first. */
export type Account = {
  readonly known: {
    readonly data: readonly { readonly name: string; readonly sha256: Sha256Hex; readonly readAt: Instant }[]
    readonly plans: readonly {
      readonly act: ActId
      readonly at: Instant
      readonly indication: string
      readonly firstChoice: readonly string[]
      /** The person does not want to know what it found; `firstChoice` is empty. */
      readonly withheld: boolean
    }[]
  }
  readonly uses: readonly Use[]
  readonly withdrawals: readonly WithdrawalRecord[]
  /** Whoever opened something of theirs in an emergency; oldest first. */
  readonly emergencies: readonly StoredEmergency[]
  readonly afterDeath: WishAfterDeath
  /** There are older uses than those shown. */
  readonly more: boolean
}

const notOfThePerson = [ruleInput, emergencyInput, recallInput, relativesInput]
const mostUses = 200

/** The person's own page. Looking is an act like any other, and is shown at the next look. */
export async function showAccount(world: World, from: Case, by: ActedBy): Promise<Governed<Account>> {
  const request = ownRequest(world, from, by, 'account')
  const governed = await govern(world, request, async (permit, transaction) => {
    const acts = await transaction.listActs(permit, { most: mostUses + 1 })
    const withdrawals = await transaction.listWithdrawals('shared')
    const emergencies = await transaction.listEmergencies()
    const recorded = agreementsFrom(
      await transaction.listAgreements(),
      withdrawals,
      from.situation,
      deathOf(from),
    )
    const rules = world.house === null ? [] : await transaction.listHouseRules(world.house)
    const afterDeath = wishAfterDeath(formsAmong(rules, from.situation), recorded, permit.act.instant)
    const untold = new Set(acts.filter((one) => isWithheld(one, from, recorded, permit)).map(({ id }) => id))
    return {
      value: { acts, untold, withdrawals, emergencies, afterDeath, scope: permit.act.id },
      outputs: new Map(),
      inputs: {},
    }
  })
  if (governed.kind === 'refused') return governed
  const { acts, untold, withdrawals, emergencies, afterDeath, scope } = governed.value
  const shown = acts.slice(0, mostUses)
  const entries = shown.map(({ entry }) => entry)
  const places = await onRecord(() => world.store.locate({ act: scope, subject: from.subject.id }, entries))
  const more = acts.length > mostUses
  return {
    ...governed,
    value: { ...accountOf(shown, places, untold), withdrawals, emergencies, afterDeath, more },
  }
}

function accountOf(
  acts: readonly StoredAct[],
  places: ReadonlyMap<EntryId, number>,
  untold: ReadonlySet<ActId>,
) {
  return {
    known: { data: dataOf(acts), plans: acts.flatMap((one) => planOf(one, untold.has(one.id))) },
    uses: acts.map((stored) => describeUse(stored, places.get(stored.entry) ?? null)),
  }
}

function planOf(stored: StoredAct, withheld: boolean): Account['known']['plans'] {
  if (stored.plan === null) return []
  const { indication, firstChoice } = stored.plan as unknown as Plan
  return [{ act: stored.id, at: stored.at, indication, firstChoice: withheld ? [] : firstChoice, withheld }]
}

/** Each file that was read about the person, once, as it was when it was last read. */
function dataOf(acts: readonly StoredAct[]): Account['known']['data'] {
  const newest = new Map<string, { name: string; sha256: Sha256Hex; readAt: Instant }>()
  for (const stored of acts) {
    for (const [name, sha256] of Object.entries(payloadOf(stored).inputs)) {
      // What the hospital laid down, opened in an emergency, asked of a recipient, or asked itself, is nothing that is known of the person.
      if (notOfThePerson.some((start) => name.startsWith(start))) continue
      if (!newest.has(name)) newest.set(name, { name, sha256: sha256 as Sha256Hex, readAt: stored.at })
    }
  }
  return [...newest.values()]
}
