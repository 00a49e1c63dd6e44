import type { ContentOf, FormItem } from './content.ts'

/** Where a form says something twice, or asks a question whose right answer is none of its answers; a path within the form. */
export function incoherenceOf({ sections, items, afterDeath }: ContentOf<'form'>): string | undefined {
  const told = secondOf(sections.map(({ element }) => element))
  if (told !== undefined) return `.sections[${told}].element`
  const chosen = secondOf(items.map(({ id }) => id))
  if (chosen !== undefined) return `.items[${chosen}].id`
  const unanswered = items.findIndex(({ question }) => isUnanswered(question))
  if (unanswered >= 0) return `.items[${unanswered}].question.right`
  const mixed = items.findIndex(asksOfRelativesAndMore)
  if (mixed >= 0) return `.items[${mixed}].activities`
  if (afterDeath === undefined) return undefined
  const taken = items.findIndex(({ id }) => id === afterDeathItem)
  if (taken >= 0) return `.items[${taken}].id`
  return isUnanswered(afterDeath.question) ? '.afterDeath.question.right' : undefined
}

/** How what is asked of the time after death is named among what was understood. */
export const afterDeathItem = 'after-death'

const isUnanswered = ({ right, answers }: FormItem['question']): boolean => right >= answers.length

/** Whether relatives may look after death is a choice by itself: it is said of people, who are no recipients of the hospital. */
export const isOfRelativesAfterDeath = ({ activities }: Pick<FormItem, 'activities'>): boolean =>
  activities.includes('access-deceased')

const asksOfRelativesAndMore = (item: FormItem): boolean =>
  isOfRelativesAfterDeath(item) && (item.activities.length > 1 || item.recipients.length > 0)

/** Index of the first key that was there before. */
function secondOf(keys: readonly string[]): number | undefined {
  const at = keys.findIndex((key, index) => keys.indexOf(key) < index)
  return at < 0 ? undefined : at
}
