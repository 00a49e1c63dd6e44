import type { ContentOf } from './content.ts'

/** Where a form says something twice, or asks a question whose right answer is none of its answers; a path within the form. */
export function incoherenceOf({ sections, items }: ContentOf<'form'>): string | undefined {
  const told = secondOf(sections.map(({ element }) => element))
  if (told !== undefined) return `.sections[${told}].element`
  const chosen = secondOf(items.map(({ id }) => id))
  if (chosen !== undefined) return `.items[${chosen}].id`
  const unanswered = items.findIndex(({ question }) => question.right >= question.answers.length)
  return unanswered < 0 ? undefined : `.items[${unanswered}].question.right`
}

/** Index of the first key that was there before. */
function secondOf(keys: readonly string[]): number | undefined {
  const at = keys.findIndex((key, index) => keys.indexOf(key) < index)
  return at < 0 ? undefined : at
}
