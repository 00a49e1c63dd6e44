import type { Day } from '#kernel'
import type { Activity, ApprovalKind, Category, Purpose } from '#vocabulary'
import { ofKind, type StandingRule } from './rule.ts'

/** What an act does, as the rules speak of it. */
export type PlannedUse = {
  readonly activity: Activity
  readonly purpose: Purpose
  readonly categories: readonly Category[]
  /** Undefined: not known whether anybody gets it; null: nobody does. */
  readonly recipient:
    | {
        readonly id?: string | undefined
        readonly kind?: string | undefined
        readonly country?: string | undefined
      }
    | null
    | undefined
}

/** What the hospital has not laid down, and would have to before this is done. */
export type Gap =
  | { readonly about: 'purpose'; readonly purpose: Purpose }
  | { readonly about: 'activity'; readonly activity: Activity; readonly purpose: Purpose }
  | { readonly about: 'categories'; readonly categories: readonly Category[]; readonly purpose: Purpose }
  | { readonly about: 'retention'; readonly categories: readonly Category[] }
  | { readonly about: 'recipient' }

export type Comparison = {
  readonly gaps: readonly Gap[]
  /** The rules that cover it. */
  readonly relied: readonly StandingRule[]
}

/** What nobody laid down nobody may do. Given only rules that stand; nothing that is laid down allows nothing: what no rule covers is a gap, and every gap is told. */
export function compareUse(rules: readonly StandingRule[], use: PlannedUse): Comparison {
  const parts = [coverPurpose(rules, use), coverRetention(rules, use), coverRecipient(rules, use)]
  return {
    gaps: parts.flatMap(({ gaps }) => gaps),
    relied: [...new Set(parts.flatMap(({ relied }) => relied))],
  }
}

/** Several rules for one purpose add up, each for its own activities. */
function coverPurpose(rules: readonly StandingRule[], use: PlannedUse): Comparison {
  const { purpose, activity, categories } = use
  const forPurpose = ofKind(rules, 'purpose').filter(({ content }) => content.purpose === purpose)
  if (forPurpose.length === 0) return { gaps: [{ about: 'purpose', purpose }], relied: [] }
  const forActivity = forPurpose.filter(({ content }) => content.activities.includes(activity))
  if (forActivity.length === 0) return { gaps: [{ about: 'activity', activity, purpose }], relied: [] }
  const missing = categories.filter(
    (one) => !forActivity.some(({ content }) => content.categories.includes(one)),
  )
  const relied = forActivity
  return { gaps: missing.length > 0 ? [{ about: 'categories', categories: missing, purpose }] : [], relied }
}

function coverRetention(rules: readonly StandingRule[], { categories }: PlannedUse): Comparison {
  const kept = ofKind(rules, 'retention').filter(({ content }) => categories.includes(content.category))
  const missing = categories.filter((one) => !kept.some(({ content }) => content.category === one))
  return {
    gaps: missing.length > 0 ? [{ about: 'retention', categories: missing }] : [],
    relied: kept,
  }
}

const handsOver: readonly Activity[] = [
  'disclose',
  'provide-to-third-party',
  'entrust',
  'transfer-abroad',
  'publish',
]

/** One rule must cover the whole of what somebody gets; a recipient who is not described whole is not known. */
function coverRecipient(rules: readonly StandingRule[], use: PlannedUse): Comparison {
  const { recipient, activity, purpose, categories } = use
  if (recipient === null || (recipient === undefined && !handsOver.includes(activity)))
    return { gaps: [], relied: [] }
  const found = ofKind(rules, 'recipient').find(
    ({ content }) =>
      content.id === recipient?.id &&
      content.party === recipient.kind &&
      content.country === recipient.country &&
      content.purposes.includes(purpose) &&
      categories.every((one) => content.categories.includes(one)),
  )
  return found ? { gaps: [], relied: [found] } : { gaps: [{ about: 'recipient' }], relied: [] }
}

export type AssessedApproval = {
  readonly kind: ApprovalKind
  readonly outcome: 'granted' | 'refused'
  readonly on: Day
  readonly expires: Day
}

/** Kinds of approval that the hospital gives itself. */
export const ownAssessments: readonly string[] = ['pipia', 'dpia'] satisfies readonly ApprovalKind[]

/** Assessments that cover the whole of a use. One that found against it takes away those of its kind that found for it. */
export function assessmentsFor(
  rules: readonly StandingRule[],
  { purpose, categories }: PlannedUse,
): { readonly approvals: readonly AssessedApproval[]; readonly relied: readonly StandingRule[] } {
  const about = ofKind(rules, 'assessment').filter(({ content }) => content.purposes.includes(purpose))
  const against = about.filter(
    ({ content }) =>
      content.outcome === 'refused' && content.categories.some((category) => categories.includes(category)),
  )
  const refused = new Set(against.map(({ content }) => content.assessment))
  const covering = about.filter(
    ({ content }) =>
      content.outcome === 'granted' &&
      !refused.has(content.assessment) &&
      categories.every((category) => content.categories.includes(category)),
  )
  const used = [...covering, ...against]
  return {
    approvals: used.map(({ content: { assessment: kind, outcome, on, until } }) => ({
      kind,
      outcome,
      on: on as Day,
      expires: until as Day,
    })),
    relied: used,
  }
}
