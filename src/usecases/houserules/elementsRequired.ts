import type { ContentOf, FormItem } from '#houserules'
import type { Day } from '#kernel'
import type { Situation } from '#law'
import type { Activity, DisclosureElement, Purpose } from '#vocabulary'
import type { Lawbook } from '../world.ts'

type Form = ContentOf<'form'>

/**
 * What the law of a day wants told to whoever signs a form: of each thing that it would allow, to an adult who can decide, without an
 * emergency and for nothing else. Undefined: the law could not be asked.
 */
export function elementsRequired(
  lawbook: Lawbook,
  { jurisdictions, items }: Form,
  at: Day,
): readonly DisclosureElement[] | undefined {
  const situations = items.flatMap((item) =>
    item.activities.flatMap((activity) =>
      item.purposes.map((purpose) => situationOf(item, activity, purpose, { jurisdictions, at })),
    ),
  )
  try {
    return [...new Set(situations.flatMap((situation) => lawbook.rule(situation).mustTell))].sort()
  } catch {
    return undefined
  }
}

const nothingElse = {
  necessity: [],
  cooperation: null,
  intervention: null,
  emergency: null,
  automated: null,
  request: null,
  incident: null,
  committee: null,
  dispute: null,
  consents: [],
} satisfies Partial<Situation>

const situationOf = (
  { categories, recipients }: FormItem,
  activity: Activity,
  purpose: Purpose,
  under: Pick<Situation, 'jurisdictions' | 'at'>,
): Situation => ({
  id: 'form',
  ...under,
  activity,
  purpose,
  data: { categories, identifiability: 'identified' },
  subject: { age: 40, capacity: 'full', deceased: activity === 'access-deceased' },
  actor: { kind: 'medical-institution', role: 'handler' },
  // Who gets it is known by name only.
  recipient: recipients[0] === undefined ? null : { id: recipients[0] },
  ...nothingElse,
})
