import { readdirSync, readFileSync } from 'node:fs'

/**
 * For each norm a situation in which it matters. `decides`: without the norm the answer is another one. `joins`: others ask
 * the same there, and it is named beside them. `weighs`: a principle or recommendation that is cited.
 */
type Case = {
  readonly situation: { readonly [member: string]: unknown }
  readonly grade: 'decides' | 'joins' | 'weighs'
  readonly why: string
}
const folder = 'test/law/deciding'

export const decidingCases: ReadonlyMap<string, Case> = new Map(
  readdirSync(folder).flatMap((file) =>
    Object.entries(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Record<string, Case>),
  ),
)
