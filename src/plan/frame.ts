import type { GeneCall } from '#genome'
import { type Day, daysBetween } from '#kernel'
import { ageAt, type ClinicalRecord, currentMedications, type Exposure, type Medication } from '#person'
import { type Drug, type DrugIndex, indexDrugs } from './drug.ts'
import type { ConditionEntry, Indication, PlanKnowledge } from './knowledge.ts'

/** Facts on which drugs are judged. An indication is an id of the table or a name; without candidates the table's are taken. */
export type JudgeInput = {
  readonly at: Day
  readonly indication: string
  readonly candidateDrugs?: readonly string[] | undefined
  readonly genes: readonly GeneCall[]
  readonly record: ClinicalRecord
  readonly exposures: readonly Exposure[]
}

export type Taken = { readonly drug: Drug; readonly medication: Medication }

/** Everything the findings are made from, looked up once. */
export type Frame = {
  readonly input: JudgeInput
  readonly knowledge: PlanKnowledge
  readonly drugs: DrugIndex
  readonly indication: Indication | null
  /** Years, with a fraction where a birth date is known. */
  readonly age: number | null
  readonly taken: readonly Taken[]
  readonly unrecognised: readonly Medication[]
  readonly hasCondition: (id: string, options?: { readonly past?: boolean }) => boolean
}

export function frameOf(input: JudgeInput, knowledge: PlanKnowledge): Frame {
  const drugs = indexDrugs(knowledge.drugs)
  const indication = findIndication(knowledge.indications, input.indication)
  const medications = currentMedications(input.record, input.at)
  const taken = medications.flatMap((medication) =>
    drugs.resolve(medication).map((drug) => ({ drug, medication })),
  )
  const unrecognised = medications.filter((medication) => drugs.resolve(medication).length === 0)
  const hasCondition = (id: string, { past = false } = {}) =>
    knowledge.conditions.some((entry) => entry.id === id && isPresent(entry, input, indication, past))
  return {
    input,
    knowledge,
    drugs,
    indication,
    age: exactAge(input),
    taken: once(taken),
    unrecognised,
    hasCondition,
  }
}

/** One entry per drug, in an order that does not depend on the record's. */
function once(taken: readonly Taken[]): readonly Taken[] {
  const first = new Map<string, Taken>()
  const earliest = (a: Taken, b: Taken) =>
    (a.medication.startedOn ?? '9') <= (b.medication.startedOn ?? '9') ? a : b
  for (const one of taken) {
    const known = first.get(one.drug.name)
    first.set(one.drug.name, known ? earliest(known, one) : one)
  }
  return [...first.values()].sort((a, b) => (a.drug.name < b.drug.name ? -1 : 1))
}

function exactAge({ record, at }: JudgeInput): number | null {
  const years = ageAt(record, at)
  if (years === null || record.birth?.kind !== 'date') return years
  return years >= 2 ? years : daysBetween(record.birth.day, at) / 365.25
}

const words = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^a-z0-9']+/)
    .filter(Boolean)

/** By id, name or alias; else the one whose name holds all the words given. An ambiguous or unknown name finds none. */
export function findIndication(table: readonly Indication[], given: string): Indication | null {
  const plain = given.trim().toLowerCase()
  const exact = table.find(({ id, name, aliases }) =>
    [id, name, ...aliases].some((known) => known.toLowerCase() === plain),
  )
  if (exact) return exact
  const wanted = words(given)
  const partial = table.filter(({ name, aliases }) =>
    [name, ...aliases].some(
      (known) => wanted.length > 0 && wanted.every((word) => words(known).includes(word)),
    ),
  )
  return partial.length === 1 ? partial[0]! : null
}

function isPresent(
  entry: ConditionEntry,
  { record }: JudgeInput,
  indication: Indication | null,
  past: boolean,
): boolean {
  if (indication && entry.indications.includes(indication.id)) return true
  return record.conditions
    .filter((condition) => past || !condition.past)
    .some(
      ({ names, icd10, snomed }) =>
        names.some((name) => saysWord(name, entry.words)) ||
        icd10.some((code) => entry.icd10.some((prefix) => code.toUpperCase().startsWith(prefix))) ||
        snomed.some((code) => entry.snomed.includes(code)),
    )
}

/** Whole words only, and not where the name denies or defers it. */
const saysWord = (name: string, known: readonly string[]): boolean =>
  !/\b(no|without|not|family history of|risk of|denies)\b/i.test(name) &&
  known.some((word) =>
    new RegExp(`(^|[^a-z])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}([^a-z]|$)`, 'i').test(name),
  )
