import type { FormItem } from '#houserules'
import type { Situation } from '#law'
import type { Activity, ConsentForm, Purpose } from '#vocabulary'
import type { Lawbook } from '../world.ts'

/**
 * Forms that whoever is merely signed in does not give. A data message is writing, but who wrote it only a signature shows (CC 490, Electronic
 * Signature Law 13 and 14): of the two readings of “in writing” this is the one that protects the person.
 */
const keyForms: readonly ConsentForm[] = ['written', 'signed', 'notarised', 'authorization']

/**
 * The choices for whose yes the law of the case wants a form that only a key gives, whoever else has to agree. Where the law cannot be
 * asked, all.
 */
export const itemsNeedingKey = (
  lawbook: Lawbook,
  situation: Situation,
  items: readonly FormItem[],
): readonly string[] => items.filter((item) => needsKey(lawbook, situation, item)).map(({ id }) => id)

function needsKey(lawbook: Lawbook, situation: Situation, item: FormItem): boolean {
  try {
    return situationsOf(situation, item).some((one) =>
      lawbook.rule(one).whoMustConsent.some(({ forms }) => forms.some((form) => keyForms.includes(form))),
    )
  } catch {
    return true
  }
}

/** Each act that a yes would allow, with the facts of the case: of nobody who has agreed yet, and in no emergency, which asks for less. */
const situationsOf = (situation: Situation, item: FormItem): readonly Situation[] =>
  item.activities.flatMap((activity) =>
    item.purposes.map((purpose) => actOf(situation, item, activity, purpose)),
  )

const actOf = (
  situation: Situation,
  { categories, recipients }: FormItem,
  activity: Activity,
  purpose: Purpose,
): Situation => ({
  ...situation,
  id: 'form',
  activity,
  purpose,
  data: { ...situation.data, categories },
  recipient: recipients[0] === undefined ? null : { id: recipients[0] },
  emergency: null,
  request: null,
  consents: [],
})
