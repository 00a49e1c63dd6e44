import type { Activity } from '#vocabulary'
import { purposes } from '#vocabulary'
import type { Situation } from '../situation.ts'
import { ConsentJudge } from './consentJudge.ts'
import { demandsAtMost, knownIn, makeConsentMasks } from './consentMasks.ts'
import { type FactReader, makeFactReader, readFacts } from './factReader.ts'
import type { Key } from './key.ts'
import { type Layout, layoutOf, programAt, purposeAt } from './layout.ts'
import { ListReader, MajorityReader } from './lists.ts'
import { ApprovalReader, ToldReader } from './papers.ts'
import type { Questions } from './questions.ts'

const purposeOf = new Map<string, number>(purposes.map((purpose, index) => [purpose, index]))

/** Writes the cell of a situation into a key: the answer to everything that a program can ask, and nothing else. */
export class Encoder {
  readonly facts: FactReader
  readonly layout: Layout
  /** Where each segment of the key written last begins, and where the last one ends. */
  readonly marks: Int32Array
  readonly #number: number
  readonly #lists: readonly ListReader[]
  readonly #majorities: readonly MajorityReader[]
  readonly #approvals: ApprovalReader
  readonly #judges: readonly ConsentJudge[]
  readonly #told: readonly ToldReader[]

  /** `number`: of the program. Cells of different programs are different. */
  constructor(number: number, questions: Questions, activity: Activity) {
    this.facts = makeFactReader(questions.facts)
    this.layout = layoutOf(questions, this.facts)
    this.marks = new Int32Array(this.layout.segments.count + 1)
    this.#number = number
    this.#lists = [...questions.lists].map(([path, list]) => new ListReader(path, list))
    this.#majorities = [...questions.majorities.values()].map((one) => new MajorityReader(one))
    this.#approvals = new ApprovalReader([...questions.approvals])
    this.#judges = chunks([...questions.consents.values()]).map(
      (wanted) => new ConsentJudge(makeConsentMasks(wanted, activity)),
    )
    this.#told = chunks([...questions.told.values()]).map((sets) => new ToldReader(sets))
  }

  encode(situation: Situation, key: Key): void {
    const { facts, layout, marks } = this
    key.start(layout.fixed)
    key.words[programAt] = this.#number
    key.words[purposeAt] = knownIn(purposeOf, situation.purpose)
    readFacts(facts, situation, key.words, layout.yes, layout.open)
    for (let index = 0; index < this.#majorities.length; index += 1)
      key.words[layout.majorities + index] = this.#majorities[index]!.read(situation)
    if (this.#judges.length > 0 && situation.consents === undefined) key.words[layout.consents] = 1
    for (let index = 0; index < this.#told.length; index += 1)
      this.#told[index]!.read(situation, key, layout.told + 2 * index)
    let segment = 0
    for (const list of this.#lists) {
      marks[segment++] = key.length
      list.read(situation, key)
    }
    marks[segment++] = key.length
    this.#approvals.read(situation, key)
    for (let index = 0; index < this.#judges.length; index += 1) {
      marks[segment++] = key.length
      const { head, committee } = this.#approvals
      this.#judges[index]!.judge(situation, head, committee, key, layout.judges + 2 * index)
    }
    marks[segment] = key.length
  }
}

const chunks = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / demandsAtMost) }, (_, index) =>
    items.slice(index * demandsAtMost, (index + 1) * demandsAtMost),
  )
