import type { Action } from './action.ts'
import { rankOf } from './action.ts'
import { combine, type Verdict } from './combine.ts'
import type { Drug } from './drug.ts'
import { duplicateFindings, effectsOnCandidates, interactionFindings } from './drugFindings.ts'
import { exposureFindings } from './exposureFindings.ts'
import type { Finding, Gap } from './finding.ts'
import { type Frame, frameOf, type JudgeInput } from './frame.ts'
import { geneFindings } from './geneFindings.ts'
import type { PlanKnowledge } from './knowledge.ts'
import { organFindings } from './organFindings.ts'
import {
  allergyFindings,
  conditionFindings,
  placeFindings,
  silence,
  suggestedFindings,
} from './personFindings.ts'

/** One drug with what follows for it. A current drug that is also a candidate stands once, as current. */
export type Judged = {
  readonly drug: Drug
  readonly role: 'current' | 'candidate'
  readonly isCandidate: boolean
  readonly verdict: Verdict
  readonly gaps: readonly Gap[]
  /** Place in therapy, A first; Z when the table does not know it. */
  readonly efficacy: string
}

export type Judgement = { readonly frame: Frame; readonly judged: readonly Judged[] }

type Collected = { readonly drug: Drug; readonly findings: readonly Finding[]; readonly gaps: readonly Gap[] }

/** Judges the current drugs and the candidates alike, on the facts given and nothing else. Pure; needs no permit. */
export function judgeDrugs(input: JudgeInput, knowledge: PlanKnowledge): Judgement {
  const frame = frameOf(input, knowledge)
  const candidates = candidatesOf(frame)
  const current = frame.taken.map(({ drug }) => drug)
  const all = [...candidates, ...current.filter((drug) => !candidates.some(({ name }) => name === drug.name))]
  const collected = all.map((drug) => collect(frame, drug))
  const actions = new Map<string, Action>(
    current.map((drug) => [
      drug.name,
      verdictOf(collected.find((one) => one.drug.name === drug.name)!).action,
    ]),
  )
  const judged = collected.map((own) => {
    const isCandidate = candidates.includes(own.drug)
    const added = [
      ...duplicateFindings(frame, own.drug, (name) => actions.get(name)),
      ...effectsOnCandidates(frame, own.drug, candidates),
      ...(isCandidate
        ? suggestedFindings(
            own.drug,
            collected
              .filter((one) => one !== own)
              .map(({ drug: { name }, findings }) => ({ name, findings })),
          )
        : []),
    ]
    return judgedOf(frame, { ...own, findings: [...own.findings, ...added] }, isCandidate)
  })
  return { frame, judged: order(judged) }
}

/** The drugs that were asked about, else those of the indication. One that no table knows is kept, as unknown. */
function candidatesOf(frame: Frame): readonly Drug[] {
  const names =
    frame.input.candidateDrugs ??
    frame.indication?.candidates.filter(({ unlisted }) => !unlisted).map(({ drug }) => drug) ??
    []
  const found = names.map((name) => frame.drugs.byName(name) ?? { name: name.trim(), atc: [], known: false })
  return [...new Map(found.map((drug) => [drug.name, drug])).values()]
}

function collect(frame: Frame, drug: Drug): Collected {
  const genes = geneFindings(frame, drug)
  const organ = organFindings(frame, drug)
  const exposures = exposureFindings(frame, drug)
  const others = [
    ...interactionFindings(frame, drug),
    ...allergyFindings(frame, drug),
    ...conditionFindings(frame, drug),
  ]
  const findings = [...genes.findings, ...organ.findings, ...exposures.findings, ...others]
  const place = isTakenBack(genes.findings) ? [] : placeFindings(frame, drug)
  const gaps = [
    ...genes.gaps,
    ...organ.gaps,
    ...exposures.gaps,
    ...findings.flatMap(({ gap }) => (gap ? [gap] : [])),
  ]
  return { drug, findings: [...findings, ...place], gaps }
}

/** A guideline that looked at this genotype and found nothing to say takes back the general word on the drug. */
const isTakenBack = (genes: readonly Finding[]): boolean =>
  genes.some(({ says }) => says.action === 'no-guidance') &&
  !genes.some(({ says }) => says.action === 'standard')

const verdictOf = ({ drug, findings }: Pick<Collected, 'drug' | 'findings'>): Verdict =>
  combine(findings.length > 0 ? findings : [silence(drug)])

function judgedOf(frame: Frame, { drug, findings, gaps }: Collected, isCandidate: boolean): Judged {
  const taken = frame.taken.some((one) => one.drug.name === drug.name)
  return {
    drug,
    role: taken ? 'current' : 'candidate',
    isCandidate,
    verdict: verdictOf({ drug, findings }),
    gaps: [...new Map(gaps.map((gap) => [gap.what, gap])).values()],
    efficacy: frame.indication?.candidates.find((one) => one.drug === drug.name)?.rank ?? 'Z',
  }
}

/** Rule 10: lowest action rank, then place in therapy, then fewer unknowns, then name. Candidates stand before the others. */
const order = (judged: readonly Judged[]): readonly Judged[] =>
  [...judged].sort(
    (a, b) =>
      Number(b.isCandidate) - Number(a.isCandidate) ||
      rankOf(a.verdict.action) - rankOf(b.verdict.action) ||
      (a.efficacy < b.efficacy ? -1 : a.efficacy > b.efficacy ? 1 : 0) ||
      a.gaps.length - b.gaps.length ||
      (a.drug.name < b.drug.name ? -1 : 1),
  )
