import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** JSON with one row per line, so that a review sees which rows changed. */
export function rowsJson(head: object, lists: { readonly [name: string]: readonly unknown[] }): string {
  const members = Object.entries(head).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  )
  for (const [name, rows] of Object.entries(lists)) {
    const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n')
    members.push(`  ${JSON.stringify(name)}: [${rows.length === 0 ? '' : `\n${lines}\n  `}]`)
  }
  return `{\n${members.join(',\n')}\n}\n`
}

export const readSharedJson = async <T>(shared: string, file: string): Promise<T> =>
  JSON.parse(await readFile(join(shared, 'data', file), 'utf8')) as T

/** Order that does not depend on the machine's locale. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
