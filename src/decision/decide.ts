import type { PersonalRefusal } from '#consent'
import type { Comparison } from '#houserules'
import type { Day, Result } from '#kernel'
import type { ConsentDemand, Ruling } from '#law'
import type { Category } from '#vocabulary'
import type { Denial, Reason } from './denial.ts'
import { type GovernedAct, type Ground, Permit } from './permit.ts'

/** Everything the gate knows when it answers. `ruling` is an error when a rule could not be evaluated. */
export type Question = {
  readonly act: GovernedAct
  readonly ruling: Result<Ruling, { readonly code: string }>
  readonly standing: Standing
  /** What the hospital laid down for itself; undefined where no hospital does it, or none is asked. */
  readonly house: Comparison | undefined
  readonly refusal: PersonalRefusal | undefined
  /** Choices that the person said no to, which the act would go against. */
  readonly refusedChoices: readonly { readonly agreement: string; readonly item: string | null }[]
  /** What stands against it beside the law, the hospital and the person. */
  readonly bars: readonly Reason[]
  /** Categories that the effect will read. */
  readonly needs: readonly Category[]
  /** Consents of the situation: those that stand are grounds, those that were withdrawn explain what is missing. */
  readonly consents: readonly KnownConsent[]
}

type KnownConsent = {
  readonly by: string
  readonly on?: string | undefined
  readonly withdrawnOn?: Day | null | undefined
}

/** How the one who asks stands to the person; `organisation` is no more than to work at the same place, death ends who acted for them, and makes no relative one before. */
export type Standing =
  | 'not-asked'
  | 'self'
  | 'represents'
  | 'relative'
  | 'care'
  | 'organisation'
  | 'none'
  | 'ended-by-death'
  | 'of-the-living'

export type Decision =
  | { readonly kind: 'permit'; readonly permit: Permit }
  | { readonly kind: 'denial'; readonly denial: Denial }

/** Pure and total. Anything but a clear yes from the law and from the person is a no, with every reason. */
export function decide(question: Question): Decision {
  const { act, ruling } = question
  const lawful = reasonsOfRuling(ruling)
  const reasons = [
    ...lawful,
    ...withdrawalsBehind(lawful, question),
    ...reasonsOfStanding(question),
    ...reasonsOfHouse(question),
    ...reasonsOfPerson(question),
    ...question.bars,
    ...reasonsOfScope(question),
  ]
  const [first, ...rest] = reasons
  if (first !== undefined) return { kind: 'denial', denial: { act, reasons: [first, ...rest] } }
  if (!ruling.ok) throw new Error('an unevaluable ruling gave no reason')
  const duties = ruling.value.duties.map(({ code, met, norms }) => ({ code, met, norms }))
  return { kind: 'permit', permit: Permit.issue(act, groundsOf(question, ruling.value), duties) }
}

function reasonsOfRuling(ruling: Question['ruling']): readonly Reason[] {
  if (!ruling.ok) return [{ kind: 'rule-unevaluable', code: ruling.error.code }]
  const { outcome, explanation, forbiddenBy, whoMustConsent, factsNeeded } = ruling.value
  const forbidden = forbiddenBy.map(({ norm, reason }): Reason => ({ kind: 'forbidden', norm, why: reason }))
  const consents = whoMustConsent.flatMap((demand) => reasonsOfDemand(demand, whoMustConsent))
  const unknown =
    outcome === 'unknown-facts' ? factsNeeded.map((path): Reason => ({ kind: 'fact-unknown', path })) : []
  // A ruling that permits beside a prohibition or a missing consent contradicts itself: the no wins.
  const found = [...forbidden, ...consents, ...unknown]
  if (outcome === 'permit' || outcome === 'permit-with-duties') return found
  if (outcome === 'refer') return [...found, { kind: 'referred', explanation }]
  const open = outcome === 'deny' ? openDuties(ruling.value) : []
  const all = [...found, ...open]
  return all.length > 0 ? all : [{ kind: 'law-denies', explanation }]
}

/** A demand is met by its own consent, or, where one of several suffices, by another of the same topic. */
function reasonsOfDemand(demand: ConsentDemand, all: readonly ConsentDemand[]): readonly Reason[] {
  if (demand.satisfied === true) return []
  const others = all.filter((other) => other.rule === 'one-of' && other.for === demand.for)
  if (demand.rule === 'one-of' && others.some((other) => other.satisfied === true)) return []
  const kind = demand.satisfied === false ? 'consent-missing' : 'consent-unknown'
  return [{ kind, party: demand.party, topic: demand.for, forms: demand.forms, norms: demand.norms ?? [] }]
}

const openDuties = (ruling: Ruling): readonly Reason[] =>
  ruling.duties
    .filter(
      ({ met, norms }) =>
        met === false && norms.some((norm) => ruling.forbiddenBy.some((ban) => ban.norm === norm)),
    )
    .map(({ code, norms }) => ({ kind: 'duty-open', code, norms }))

function withdrawalsBehind(lawful: readonly Reason[], { act, consents }: Question): readonly Reason[] {
  if (!lawful.some(({ kind }) => kind === 'consent-missing')) return []
  return consents.flatMap(({ by, withdrawnOn: on }): readonly Reason[] =>
    on && on <= act.lawDay ? [{ kind: 'consent-withdrawn', by, on }] : [],
  )
}

/** What the law allows a hospital it does not thereby allow everybody who works there. */
const reasonsOfStanding = ({ standing }: Question): readonly Reason[] =>
  standing === 'organisation' ||
  standing === 'none' ||
  standing === 'ended-by-death' ||
  standing === 'of-the-living'
    ? [{ kind: 'no-relation', relation: standing }]
    : []

const reasonsOfHouse = ({ house }: Question): readonly Reason[] =>
  (house?.gaps ?? []).map((gap) => ({ kind: 'not-laid-down', ...gap }))

const reasonsOfPerson = ({ refusal, refusedChoices }: Question): readonly Reason[] => [
  ...(refusal === undefined ? [] : [{ kind: 'person-refuses' } as const]),
  ...refusedChoices.map((choice): Reason => ({ kind: 'choice-refused', ...choice })),
]

function reasonsOfScope({ act, needs }: Question): readonly Reason[] {
  const categories = needs.filter((category) => !act.categories.includes(category))
  return categories.length > 0 ? [{ kind: 'outside-permit', categories }] : []
}

const groundsOf = ({ consents, house }: Question, ruling: Ruling): readonly Ground[] => [
  ...ruling.norms.map((norm): Ground => ({ kind: 'norm', norm })),
  ...consents
    .filter(({ withdrawnOn }) => withdrawnOn === null)
    .map(({ by, on }): Ground => ({ kind: 'consent', by, on: on ?? null })),
  ...(house?.relied ?? []).map(({ id }): Ground => ({ kind: 'house-rule', id })),
]
