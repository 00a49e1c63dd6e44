import type { Desk } from '#http'
import { lastDayOf } from '#kernel'
import {
  type CaseReader,
  type Clock,
  isDeadAt,
  lookAsRelative,
  objectAsRelative,
  type World,
} from '#usecases'

type Parts = Pick<Desk, 'listCases' | 'findCase'> & {
  readonly clock: Clock
  readonly world: () => World & { readonly cases: CaseReader }
}

export function afterDeathDeskFor({ clock, world, listCases, findCase }: Parts): Desk['afterDeath'] {
  return {
    list: async (caller) => {
      const found = []
      for (const caseId of await listCases()) {
        const one = await findCase(caller, 'listDeceased', caseId)
        if (!one?.ok) continue
        const { from, by } = one.value
        const kin = by.kind === 'account' ? by.kin : undefined
        if (kin === undefined) continue
        found.push({
          ...{ caseId, subjectName: from.value.subject.name, kinship: kin.kinship },
          until: kin.until && lastDayOf(kin.until),
          dead: isDeadAt(from.value, clock.now()),
        })
      }
      return found
    },
    look: (from, by, asking) => lookAsRelative(world(), from, by, asking),
    object: (from, by, objection) => objectAsRelative(world(), from, by, objection),
  }
}
