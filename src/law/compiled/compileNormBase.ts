import { activities, jurisdictions } from '#vocabulary'
import { type Answer, isDispute } from '../interpret.ts'
import type { NormBase } from '../normBase.ts'
import type { Ruling } from '../ruling.ts'
import type { Situation } from '../situation.ts'
import { CellTable } from './cellTable.ts'
import { knownIn } from './consentMasks.ts'
import { epochOf, epochsOf } from './epochs.ts'
import { Key } from './key.ts'
import { Memory, type Room } from './memory.ts'
import { makeProgram, type Program, rulingOf } from './program.ts'

export type CompiledBase = {
  readonly rule: (situation: Situation) => Ruling
  /** What is remembered now. */
  readonly held: () => Readonly<Record<'cells' | 'programs' | 'said' | 'sayings' | 'findings', number>>
}

const activityOf = new Map<string, number>(activities.map((activity, index) => [activity, index]))
const jurisdictionOf = new Map<string, number>(jurisdictions.map((one, index) => [one, index + 1]))

/**
 * Rules as `ruleOn` does, in every field, from what it remembers: a situation is one cell of answers to all that the norms
 * of its epoch, orders and activity can ask, and situations of one cell have one ruling but for their name and day.
 */
export function compileNormBase(base: NormBase, room: Room = {}): CompiledBase {
  const { cells: size = 131_072, programs: most = 1024 } = room
  const epochs = epochsOf(base)
  const programs = new Map<number, Program>()
  const cells = new CellTable<Answer>(size, 64)
  const memory = new Memory(room, () => cells.clear())
  const key = new Key()
  let numbers = 0
  const next = () => {
    numbers += 1
    return numbers
  }

  const programFor = (situation: Situation): Program => {
    const name = nameOf(situation)
    const known = programs.get(name)
    if (known !== undefined) return known
    if (programs.size >= most) {
      programs.clear()
      memory.forget()
    }
    const made = makeProgram(base, situation, next)
    programs.set(name, made)
    return made
  }

  const nameOf = (situation: Situation): number => {
    let orders = 0
    for (const one of situation.jurisdictions) orders = orders * 8 + knownIn(jurisdictionOf, one)
    const name =
      (epochOf(epochs, situation.at) * 4096 + orders) * 64 + knownIn(activityOf, situation.activity)
    if (!isDispute(situation)) return name
    return name + (1 + epochOf(epochs, situation.dispute?.factsOn ?? situation.at)) * 2 ** 32
  }

  const rule = (situation: Situation): Ruling => {
    const program = programFor(situation)
    program.encoder.encode(situation, key)
    const hash = key.hash()
    const known = cells.find(hash, key)
    if (known !== undefined) return rulingOf(known, situation)
    if (cells.isFullFor(key)) cells.clear()
    const found = memory.rule(program, situation, key)
    cells.keep(hash, key, found)
    return rulingOf(found, situation)
  }

  return { rule, held: () => ({ cells: cells.count, programs: programs.size, ...memory.held }) }
}
