/** What limits nothing is null, and holds everything. */
export type Limit<T> = readonly T[] | null

/** All of it lies within the other. */
export const isWithin = <T>(part: Limit<T>, whole: Limit<T>): boolean =>
  whole === null || (part?.every((one) => whole.includes(one)) ?? false)

/** Something lies within both. */
export const share = <T>(one: Limit<T>, other: Limit<T>): boolean =>
  one === null || other === null || one.some((each) => other.includes(each))
