const part = /\d+|\D+/g

/** `*2` before `*10`, `*3` before `*3A`, `c.85T>C` before `c.1129-5923C>G`, and the reference before everything that is no star. */
export function compareNames(a: string, b: string): number {
  const first = Number(isReferenceName(b)) - Number(isReferenceName(a))
  if (first !== 0) return first
  const left = a.match(part) ?? []
  const right = b.match(part) ?? []
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = compareParts(left[i]!, right[i]!)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

const isReferenceName = (name: string): boolean => name === 'Reference'

function compareParts(a: string, b: string): number {
  const difference = Number(a) - Number(b)
  if (!Number.isNaN(difference) && difference !== 0) return difference
  return a === b ? 0 : a < b ? -1 : 1
}

/** `*1/*2`: the pair as the field prints it. */
export const diplotypeLabel = (a: string, b: string): string =>
  compareNames(a, b) <= 0 ? `${a}/${b}` : `${b}/${a}`

/** Several variants on one copy, `[c.498G>A + c.2582A>G]`; one alone has no brackets. */
export function strandLabel(names: readonly string[]): string {
  const sorted = [...names].sort(compareNames)
  return sorted.length === 1 ? sorted[0]! : `[${sorted.join(' + ')}]`
}

/** Two copies with any number of variants each: the one with fewer first, then by name. */
export function strandsLabel(a: readonly string[], b: readonly string[]): string {
  const [left, right] = [strandLabel(a), strandLabel(b)]
  const order = a.length - b.length || compareNames(left, right)
  return order <= 0 ? `${left}/${right}` : `${right}/${left}`
}
