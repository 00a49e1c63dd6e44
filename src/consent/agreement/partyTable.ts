import type { Party } from './agreement.ts'
import { keyOf } from './reach.ts'

/** Each list of parties once: whoever asks is held against it once, however many clauses have it. */
export type PartyTable = {
  readonly add: (parties: readonly Party[]) => number
  /** 2: one of them asks; 1: it may be so; 0: none does. */
  readonly judge: (asking: readonly Party[] | null) => readonly number[]
}

export function makePartyTable(): PartyTable {
  const lists: { readonly keys: ReadonlySet<string>; readonly kinds: readonly Party['kind'][] }[] = []
  const places = new Map<string, number>()
  return {
    add(parties) {
      const keys = new Set(parties.map(keyOf))
      const name = [...keys].sort().join(' ')
      const place = places.get(name) ?? lists.length
      if (!places.has(name)) lists.push({ keys, kinds: [...new Set(parties.map(({ kind }) => kind))] })
      places.set(name, place)
      return place
    },
    judge(asking) {
      if (asking === null) return lists.map(() => 1)
      const keys = asking.map(keyOf)
      return lists.map((list) => {
        if (keys.some((key) => list.keys.has(key))) return 2
        return list.kinds.every((kind) => asking.some((one) => one.kind === kind)) ? 0 : 1
      })
    },
  }
}
