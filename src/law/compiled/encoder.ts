import type { Activity } from '#vocabulary'
import { purposes } from '#vocabulary'
import type { Situation } from '../situation.ts'
import { ConsentJudge } from './consentJudge.ts'
import { demandsAtMost, knownIn, makeConsentMasks } from './consentMasks.ts'
import { type Bits, type FactReader, makeFactReader, noBits, readFacts } from './factReader.ts'
import type { Key } from './key.ts'
import { ListReader, readMajorities } from './lists.ts'
import { ApprovalReader, ToldReader } from './papers.ts'
import type { Questions } from './questions.ts'

const purposeOf = new Map<string, number>(purposes.map((purpose, index) => [purpose, index]))

/** Writes the cell of a situation into a key: the answer to everything that a program can ask, and nothing else. */
export class Encoder {
  readonly facts: FactReader
  readonly bits: Bits
  readonly #lists: readonly ListReader[]
  readonly #majorities: Questions['majorities']
  readonly #approvals: ApprovalReader
  readonly #judges: readonly ConsentJudge[]
  readonly #told: readonly ToldReader[]

  constructor(questions: Questions, activity: Activity) {
    this.facts = makeFactReader(questions.facts)
    this.bits = noBits(this.facts.words)
    this.#lists = [...questions.lists].map(([path, list]) => new ListReader(path, list))
    this.#majorities = questions.majorities
    this.#approvals = new ApprovalReader([...questions.approvals])
    this.#judges = chunks([...questions.consents.values()], demandsAtMost).map(
      (wanted) => new ConsentJudge(makeConsentMasks(wanted, activity)),
    )
    this.#told = chunks([...questions.told.values()], demandsAtMost).map((sets) => new ToldReader(sets))
  }

  encode(situation: Situation, key: Key): void {
    const { facts, bits } = this
    key.length = 0
    key.push(knownIn(purposeOf, situation.purpose))
    readFacts(facts, situation, bits)
    key.pushAll(bits.yes, facts.words)
    key.pushAll(bits.open, facts.words)
    for (const list of this.#lists) list.read(situation, key)
    readMajorities(this.#majorities, situation, key)
    this.#approvals.read(situation, key)
    for (const judge of this.#judges)
      judge.judge(situation, this.#approvals.head, this.#approvals.committee, key)
    if (this.#judges.length > 0) key.push(situation.consents === undefined ? 1 : 0)
    for (const told of this.#told) told.read(situation, key)
  }
}

const chunks = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
