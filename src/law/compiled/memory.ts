import { type Applied, applyNorm } from '../applyNorm.ts'
import type { Reading } from '../evaluate.ts'
import type { Answer } from '../interpret.ts'
import type { Situation } from '../situation.ts'
import { CellTable } from './cellTable.ts'
import { Key } from './key.ts'
import { purposeAt } from './layout.ts'
import { type NormGroup, type Program, read, ruleTogether } from './program.ts'
import { look } from './view.ts'

/** What the norms of a group say, by number: those that say the same again have the number that they had. */
type Said = { readonly id: number; readonly applied: readonly Placed[] }
type Placed = readonly [place: number, applied: Applied]
const nothing: Said = { id: 0, applied: [] }

/** How much a compiled base remembers; less makes it slower, never other. */
export type Room = {
  readonly cells?: number
  readonly programs?: number
  /** Sets of answers of norms, each with the ruling that follows. */
  readonly findings?: number
  /** Answers of groups of norms that ask the same. */
  readonly said?: number
}

/**
 * Works out what a new cell says. Each norm is read by the reference, unless it was asked the same before: then by what
 * it said. And what norms say together is worked out by the reference, unless they said the same together before.
 */
export class Memory {
  readonly #said: CellTable<Said>
  readonly #findings: CellTable<Answer>
  readonly #sayings = new Map<string, Said>()
  readonly #asked = new Key()
  readonly #together = new Key()
  readonly #each: Said[] = []
  readonly #sentences = new Map<string, string>()
  readonly #onFull: () => void
  #ids = 0

  /** `onFull`: the rulings are forgotten, and whoever holds some had better let them go. */
  constructor({ findings = 16_384, said = 262_144 }: Room, onFull: () => void) {
    this.#said = new CellTable(said, 32)
    this.#findings = new CellTable(findings, 256)
    this.#onFull = onFull
  }

  rule(program: Program, situation: Situation, cell: Key): Answer {
    const each = this.#each
    const together = this.#together
    each.length = 0
    together.length = 0
    // What explains an answer names the activity, which the program knows, and the purpose.
    together.push(program.number)
    together.push(cell.words[purposeAt]!)
    const readings = program.slices.map(({ base }) => read(base, situation))
    for (const group of program.groups) {
      const said = this.#ask(group, readings[group.slice]!, program.encoder.marks, cell)
      each.push(said)
      together.push(said.id)
    }
    // Who must prove what is read from the facts themselves.
    if (program.burdens.length > 0) together.pushAll(cell.words, cell.length)
    const hash = together.hash()
    const known = this.#findings.find(hash, together)
    if (known !== undefined) return known
    if (this.#findings.isFullFor(together)) this.#forgetRulings()
    const found = this.#withOwnedSentences(ruleTogether(program, joined(program, each), readings))
    this.#findings.keep(hash, together, found)
    return found
  }

  /** Thousands of rulings cite the same few hundred norms. */
  #withOwnedSentences(answer: Answer): Answer {
    const explanation = answer.explanation.map((sentence) => {
      const known = this.#sentences.get(sentence)
      if (known === undefined) this.#sentences.set(sentence, sentence)
      return known ?? sentence
    })
    return Object.freeze({ ...answer, explanation: Object.freeze(explanation) })
  }

  #ask(group: NormGroup, reading: Reading, marks: Int32Array, cell: Key): Said {
    const asked = this.#asked
    asked.length = 0
    asked.push(group.number)
    look(group.view, cell, marks, asked)
    const hash = asked.hash()
    const known = this.#said.find(hash, asked)
    if (known !== undefined) return known
    if (this.#said.isFullFor(asked)) this.forget()
    const said = this.#number(group, reading)
    this.#said.keep(hash, asked, said)
    return said
  }

  #number({ number, norms }: NormGroup, reading: Reading): Said {
    const applied = norms.flatMap(([place, norm]): readonly Placed[] => {
      const one = applyNorm(norm, reading)
      return one === undefined ? [] : [[place, one]]
    })
    if (applied.length === 0) return nothing
    const saying = JSON.stringify([number, applied.map(([place, one]) => [place, withoutNorm(one)])])
    const known = this.#sayings.get(saying)
    if (known !== undefined) return known
    this.#ids += 1
    const said = { id: this.#ids, applied }
    this.#sayings.set(saying, said)
    return said
  }

  forget(): void {
    this.#said.clear()
    this.#sayings.clear()
    this.#forgetRulings()
  }

  #forgetRulings(): void {
    this.#findings.clear()
    this.#sentences.clear()
    this.#onFull()
  }

  get held() {
    return { said: this.#said.count, sayings: this.#sayings.size, findings: this.#findings.count }
  }
}

/** Of each slice what its norms say, in their order. */
const joined = ({ groups, slices }: Program, each: readonly Said[]): readonly (readonly Applied[])[] =>
  slices.map((_, slice) =>
    each
      .flatMap(({ applied }, index) => (groups[index]!.slice === slice ? applied : []))
      .sort(([a], [b]) => a - b)
      .map(([, applied]) => applied),
  )

/** Rules by their places. */
const withoutNorm = ({ norm, holds, reaches, forbids, demands, duties }: Applied): unknown => [
  holds,
  reaches,
  forbids,
  demands.map(({ norm: _, rule, ...demand }) => [norm.consents.indexOf(rule), demand]),
  duties.map(({ norm: _, rule, ...duty }) => [norm.duties.indexOf(rule), duty]),
]
