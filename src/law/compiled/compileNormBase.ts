import { activities, jurisdictions } from '#vocabulary'
import { isDispute } from '../interpret.ts'
import type { NormBase } from '../normBase.ts'
import type { Ruling } from '../ruling.ts'
import type { Situation } from '../situation.ts'
import { CellTable } from './cellTable.ts'
import { knownIn } from './consentMasks.ts'
import { epochOf, epochsOf } from './epochs.ts'
import { Key } from './key.ts'
import { type CellRuling, makeProgram, type Program, ruleCold, rulingOf } from './program.ts'

/** How much a compiled base remembers; less makes it slower, never other. */
export type Room = { readonly cells?: number; readonly programs?: number }
export type CompiledBase = {
  readonly rule: (situation: Situation) => Ruling
  /** What is remembered now. */
  readonly held: () => { readonly cells: number; readonly answers: number; readonly programs: number }
}

const activityOf = new Map<string, number>(activities.map((activity, index) => [activity, index]))
const jurisdictionOf = new Map<string, number>(jurisdictions.map((one, index) => [one, index + 1]))

/**
 * Rules as `ruleOn` does, in every field, from what it remembers: a situation is one cell of answers to all that the norms
 * of its epoch, orders and activity can ask, and situations of one cell have one ruling but for their name and day.
 */
export function compileNormBase(
  base: NormBase,
  { cells = 65_536, programs: most = 1024 }: Room = {},
): CompiledBase {
  const epochs = epochsOf(base)
  const programs = new Map<number, Program>()
  const table = new CellTable<Program, CellRuling>(cells)
  const key = new Key()
  const answers = new Map<string, CellRuling>()
  const forget = () => {
    table.clear()
    answers.clear()
  }

  const programFor = (situation: Situation): Program => {
    const name = nameOf(situation)
    const known = programs.get(name)
    if (known !== undefined) return known
    if (programs.size >= most) {
      programs.clear()
      forget()
    }
    const made = makeProgram(base, situation)
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

  /** Most cells say what another has said: one of them is kept. */
  const shared = (cell: CellRuling): CellRuling => {
    const text = JSON.stringify([cell.silent, cell.finding])
    const known = answers.get(text)
    if (known === undefined) answers.set(text, cell)
    return known ?? cell
  }

  const rule = (situation: Situation): Ruling => {
    const program = programFor(situation)
    program.encoder.encode(situation, key)
    const hash = key.hash(0x811c9dc5)
    const known = table.find(program, hash, key)
    if (known !== undefined) return rulingOf(known, situation)
    if (table.isFull) forget()
    const found = shared(ruleCold(program, situation))
    table.keep(program, hash, key, found)
    return rulingOf(found, situation)
  }

  return { rule, held: () => ({ cells: table.count, answers: answers.size, programs: programs.size }) }
}
