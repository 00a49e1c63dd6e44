import { daysBetween } from '#kernel'
import type { Drug } from './drug.ts'
import type { Frame, Taken } from './frame.ts'

/** Whether a statement's population or indication is this person's. Null: not known, so the statement is not set aside. */
export type Truth = boolean | null

/** A cutaneous reaction to an antiepileptic comes within three months (CPIC carbamazepine 2017). */
const tolerationDays = 90

/** The truth of each context word of the guidance for one drug of one person. */
export function contextTruth(frame: Frame, drug: Drug): (context: string) => Truth {
  const taken = frame.taken.find((one) => one.drug.name === drug.name)
  return (context) => {
    const group = groups.find((members) => members.includes(context))
    if (group) return amongGroup(frame, group, context)
    const decide = single[context]
    return decide ? decide(frame, taken) : null
  }
}

const groups: readonly (readonly string[])[] = [
  ['acs-pci', 'neurovascular', 'cardiovascular-other'],
  ['malignancy', 'non-malignant'],
  ['liver-transplant', 'other-transplant'],
]

/** One of several: false when another one is known and this is not; not known when none of them is. */
function amongGroup({ hasCondition }: Frame, group: readonly string[], context: string): Truth {
  if (hasCondition(context)) return true
  return group.some((member) => hasCondition(member)) ? false : null
}

const not = (truth: Truth): Truth => (truth === null ? null : !truth)

function isDepression({ indication, hasCondition }: Frame): Truth {
  if (hasCondition('depression')) return true
  return indication === null ? null : false
}

const isInBrainOrHeart = (frame: Frame): Truth => {
  const [group] = groups
  const heart = amongGroup(frame, group!, 'acs-pci')
  return heart === true ? true : heart === null ? null : amongGroup(frame, group!, 'neurovascular')
}

const isChild = ({ age }: Frame): Truth => (age === null ? null : age < 18)

function isOver40Kg({ input, age }: Frame): Truth {
  const weight = input.record.observations.find(({ measure }) => measure === 'weight')
  if (weight) return weight.value >= 40
  return age === null ? null : age >= 18 ? true : null
}

/** Not taken: naive. Taken since a day that is told: by the time passed. */
function isTolerated({ input }: Frame, taken: Taken | undefined): Truth {
  if (taken === undefined) return false
  const { startedOn } = taken.medication
  return startedOn === null ? null : daysBetween(startedOn, input.at) > tolerationDays
}

/** Inhibitors of CYP3A4 at work: another drug taken, or grapefruit. */
function hasCyp3aInhibitor({ knowledge, taken, input }: Frame): boolean {
  const inhibitors = knowledge.modifiers.filter(
    ({ target, role, strength }) => target === 'CYP3A4' && role === 'inhibitor' && strength !== 'weak',
  )
  const grapefruit = input.exposures.some(
    ({ factor, state }) => factor === 'grapefruit' && state !== 'absent',
  )
  return (
    grapefruit ||
    taken.some(
      ({ drug }) => drug.name === 'amiodarone' || inhibitors.some(({ agent }) => agent === drug.name),
    )
  )
}

const single: { readonly [context: string]: (frame: Frame, taken: Taken | undefined) => Truth } = {
  'pci-stroke-tia': isInBrainOrHeart,
  'other-antiplatelet': (frame) => not(isInBrainOrHeart(frame)),
  depression: isDepression,
  'not-depression': (frame) => not(isDepression(frame)),
  adult: (frame) => not(isChild(frame)),
  child: isChild,
  'over-40-kg': isOver40Kg,
  naive: (frame, taken) => not(isTolerated(frame, taken)),
  'over-3-months': isTolerated,
  // Only the treating doctor can say so; never inferred.
  'no-alternatives': () => false,
  current: (_, taken) => taken !== undefined,
  'not-current': (_, taken) => taken === undefined,
  'myopathy-risk': hasCyp3aInhibitor,
  'no-myopathy-risk': (frame) => !hasCyp3aInhibitor(frame),
  tonsillectomy: ({ hasCondition }) => hasCondition('tonsillectomy', { past: true }),
  dementia: ({ hasCondition }) => hasCondition('dementia'),
}
