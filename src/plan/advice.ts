import type { GeneCall } from '#genome'
import { daysBetween } from '#kernel'
import type { NotUnderstood } from '#person'
import { type Action, choosable, strengthOf } from './action.ts'
import { convertGene } from './convert.ts'
import type { Drug } from './drug.ts'
import { meetsTest } from './exposureFindings.ts'
import type { Finding } from './finding.ts'
import type { Frame, JudgeInput } from './frame.ts'
import { type Judged, judgeDrugs } from './judge.ts'
import type { PlanKnowledge } from './knowledge.ts'
import { readAllergyTarget } from './personFindings.ts'
import type {
  Advice,
  Because,
  PlanGene,
  PlanMedication,
  PlanMissing,
  PlanPrevention,
  PlanWarning,
} from './plan.ts'

/** Judges and writes down: the plan without whose it is. No permit is needed for facts that somebody brings along. */
export function makeAdvice(
  input: JudgeInput & { readonly notUnderstood: readonly NotUnderstood[] },
  knowledge: PlanKnowledge,
): Advice {
  const { frame, judged } = judgeDrugs(input, knowledge)
  const genes = genesOf(frame)
  const firstChoice = judged
    .filter(({ isCandidate, verdict }) => isCandidate && choosable.includes(verdict.action))
    .map(({ drug }) => drug.name)
  return {
    genes,
    medications: judged.map((one, i) => medicationOf(frame, one, i + 1)),
    firstChoice,
    refer: firstChoice.length === 0,
    prevention: preventionOf(frame),
    missing: missingOf(frame, judged, input.notUnderstood),
    warnings: warningsOf(frame, judged, genes, input.notUnderstood),
  }
}

const byGene = (a: GeneCall, b: GeneCall): number => (a.gene < b.gene ? -1 : 1)

function genesOf({ input, taken, knowledge }: Frame): readonly PlanGene[] {
  const drugs = taken.map(({ drug }) => drug)
  return [...input.genes].sort(byGene).map((call) => {
    const { gene, status, diplotypes, lookupDiplotypes, phenotypes, activityScore, missing, warnings } = call
    return {
      gene,
      status,
      diplotypes,
      lookupDiplotypes,
      phenotypes,
      activityScore,
      missing,
      warnings,
      converted: convertGene(gene, call, drugs, knowledge),
    }
  })
}

function medicationOf(frame: Frame, { drug, role, verdict }: Judged, rank: number): PlanMedication {
  const { action, says, level, findings, also, disagreements } = verdict
  const [factorMin, factorMax] = says.factor ?? []
  const winners = findings.filter((finding) => finding.says.action === says.action)
  const merged = (list: (finding: Finding) => readonly string[]): readonly string[] => [
    ...new Set(winners.flatMap(list)),
  ]
  return {
    drug: { name: drug.name, atc: codeOf(frame, drug) },
    role,
    action,
    dose: factorMin === undefined || factorMax === undefined ? null : { factorMin, factorMax },
    strength: strengthOf(level),
    rank,
    because: findings.map(becauseOf),
    also,
    suggest: merged((finding) => finding.says.suggest),
    test: merged((finding) => finding.says.test),
    withDrug: action === 'duplicate-therapy' ? (winners[0]?.of ?? null) : null,
    appliesTo: says.appliesTo,
    maxDose: says.max,
    startDose: says.start,
    disagreements,
  }
}

/** The record's own code where it has one. */
const codeOf = ({ taken }: Frame, drug: Drug): string | null => {
  const own = taken.find((one) => one.drug.name === drug.name)?.medication.atc ?? []
  return own.find((code) => drug.atc.includes(code)) ?? drug.atc[0] ?? null
}

const becauseOf = ({ kind, of, text, says, source }: Finding): Because => ({
  kind,
  of,
  finding: says.action === 'no-guidance' ? text : `${text}: ${describe(says)}`,
  source,
})

const percent = (factor: number): string => `${Math.round(factor * 100)} %`

function describe({ action, factor, max, start, appliesTo }: Finding['says']): string {
  const range =
    factor &&
    (factor[0] === factor[1] ? percent(factor[0]) : `${percent(factor[0])} to ${percent(factor[1])}`)
  const parts = [
    range && `${range} of the usual dose`,
    max && `at most ${max}`,
    start && `start with ${start}`,
    appliesTo && `(${appliesTo} dose)`,
  ]
  return [action, ...parts.filter(Boolean)].join(' ')
}

const asked: readonly Action[] = ['test-first', 'insufficient-data']

/** Every gap once; one that holds back a drug is named with the stronger of its actions. */
function missingOf(
  frame: Frame,
  judged: readonly Judged[],
  notUnderstood: readonly NotUnderstood[],
): readonly PlanMissing[] {
  const found = new Map<string, PlanMissing>()
  const add = (one: PlanMissing) => {
    const known = found.get(one.what)
    if (known === undefined || (known.action !== 'test-first' && one.action === 'test-first'))
      found.set(one.what, one)
  }
  for (const { verdict, gaps } of judged) {
    for (const { gap, says } of verdict.findings) {
      if (gap) add({ ...gap, action: says.action === 'test-first' ? 'test-first' : 'insufficient-data' })
      else if (asked.includes(says.action))
        for (const what of says.test)
          add({
            what,
            why: `asked for before a dose of a drug of this plan`,
            action: says.action as PlanMissing['action'],
          })
    }
    for (const gap of gaps) add({ ...gap, action: 'insufficient-data' })
  }
  for (const { from } of frame.unrecognised)
    add({
      what: `which drug is meant at ${from}`,
      why: 'a current medication was not recognised, its interactions are not considered',
      action: 'insufficient-data',
    })
  for (const { where, kind } of notUnderstood)
    if (kind === 'medication' || kind === 'allergy')
      add({
        what: `${kind} at ${where}`,
        why: `a ${kind} of the record was not understood and is not considered`,
        action: 'insufficient-data',
      })
  return [...found.values()].sort((a, b) => (a.what < b.what ? -1 : 1))
}

function warningsOf(
  frame: Frame,
  judged: readonly Judged[],
  genes: readonly PlanGene[],
  notUnderstood: readonly NotUnderstood[],
): readonly PlanWarning[] {
  const { input } = frame
  const unknown = judged.filter(({ drug }) => !drug.known)
  const coveredFactors = new Set(frame.knowledge.exposures.map(({ when }) => when.factor))
  const strange = input.exposures.filter(({ factor }) => !coveredFactors.has(factor))
  const strangeAllergies = input.record.allergies.filter((allergy) => {
    const { drugs, classes } = readAllergyTarget(frame, allergy)
    return drugs.length === 0 && classes.length === 0
  })
  return [
    ...(frame.indication === null
      ? [
          {
            code: 'indication.unknown',
            message: 'no table knows this indication: the efficacy of the drugs is not known',
          },
        ]
      : []),
    ...unknown.map(({ drug }) => ({
      code: 'drug.unknown',
      message: `no table knows ${drug.name}: nothing is said for or against it`,
    })),
    ...frame.unrecognised.map(({ from }) => ({
      code: 'medication.unrecognised',
      message: `the drug at ${from} was not recognised; interactions with it are not considered`,
    })),
    ...strangeAllergies.map(({ from }) => ({
      code: 'allergy.unrecognised',
      message: `the allergy at ${from} was not recognised and is not considered`,
    })),
    ...strange.map(({ from }) => ({
      code: 'exposure.unknown',
      message: `no table knows the factor at ${from}`,
    })),
    ...outOfDate(frame),
    ...genes.filter(({ converted }) => converted !== null).map(conversionWarning),
    ...genes
      .filter(({ phenotypes }) => phenotypes.some((one) => one.startsWith('Likely ')))
      .map(({ gene }) => ({
        code: 'gene.likely',
        message: `the phenotype of ${gene} is likely, not certain; it is treated as certain`,
      })),
    ...notUnderstood.map(({ where, why }) => ({
      code: 'record.not-understood',
      message: `${where}: ${why}`,
    })),
  ]
}

/** A kidney or weight of last year may no longer be true; one of tomorrow is a mistake. */
const outOfDate = ({ input }: Frame): readonly PlanWarning[] =>
  input.record.observations.flatMap(({ measure, on }) => {
    if (on === null) return []
    const age = daysBetween(on, input.at)
    if (age >= 0 && age <= staleAfterDays) return []
    return [
      { code: 'observation.date', message: `${measure} is of ${on}: measure again before relying on it` },
    ]
  })
const staleAfterDays = 365

/** Rule 5d: a conversion ends with the drug that causes it. */
const conversionWarning = ({ gene, phenotypes, converted }: PlanGene): PlanWarning => ({
  code: 'gene.converted',
  message: `${gene} acts as ${converted!.to} because of ${converted!.because.join(', ')} (inferred); once that is stopped it returns to ${phenotypes.join(' or ') || 'what the genotype says'}`,
})

/** Exposures that harm the person whatever drug is taken. */
function preventionOf(frame: Frame): readonly PlanPrevention[] {
  const rows = frame.knowledge.exposures.filter(({ prevention }) => prevention.includes('exposure-avoidance'))
  const harms = (needs: string | null): boolean => {
    if (needs === 'G6PD deficient')
      return frame.input.genes.some(
        ({ gene, phenotypes }) => gene === 'G6PD' && phenotypes.some((one) => /^Deficient/.test(one)),
      )
    return needs !== null && frame.hasCondition(needs)
  }
  const concerned = rows.filter(({ when, drugs }) =>
    drugs.length > 0 ? frame.taken.some(({ drug }) => drugs.includes(drug.name)) : harms(when.needs),
  )
  const due = concerned.filter(({ when }) =>
    frame.input.exposures.some(
      (exposure) => exposure.factor === when.factor && meetsTest(when, exposure, frame.age) === true,
    ),
  )
  return due.map(({ when, target, effect, source }) => ({
    gene: target.startsWith('G6PD') ? 'G6PD' : null,
    condition: `${when.factor}: ${effect}`,
    actions: ['exposure-avoidance'],
    source,
  }))
}
