import type { GenePhenotypes } from './definition.ts'

const copied = /^(.*?)(?:x(\d+))?$/

/**
 * Activity value of what one chromosome carries: of an allele that the table has, or of a duplication or hybrid tandem
 * (`*9x3`, `*36+*10`) as the sum of its copies, by CPIC's rule for CYP2D6. Null where a part has no value.
 */
export function activityOf(table: GenePhenotypes, name: string): number | null {
  const own = table.functions.get(name)
  if (own !== undefined) return own.value
  if (!/[+x]/.test(name)) return null
  const values = name
    .replace(/[[\]\s]/g, '')
    .split('+')
    .map((part) => valueOfPart(table, part))
  return values.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0)
}

function valueOfPart({ functions }: GenePhenotypes, part: string): number | null {
  const own = functions.get(part)
  if (own !== undefined) return own.value
  const [, base = '', copies] = copied.exec(part) ?? []
  const value = functions.get(base)?.value ?? null
  return value === null || copies === undefined ? null : value * Number(copies)
}
