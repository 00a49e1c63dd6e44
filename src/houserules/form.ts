import type { ContentOf } from './content.ts'

/** Each thing told once, each choice once, and every question with an answer that is right. */
export function isCoherent({ sections, items }: ContentOf<'form'>): boolean {
  const areOnce = (keys: readonly string[]) => new Set(keys).size === keys.length
  return (
    areOnce(sections.map(({ element }) => element)) &&
    areOnce(items.map(({ id }) => id)) &&
    items.every(({ question }) => question.right < question.answers.length)
  )
}
