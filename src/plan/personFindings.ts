import type { Allergy } from '#person'
import { type Drug, isIn } from './drug.ts'
import { type Finding, plainStatement, ruleSource, type Source } from './finding.ts'
import type { Frame } from './frame.ts'

const record: Source = {
  body: 'clinical record',
  title: 'allergy or intolerance in the record',
  year: null,
  url: null,
  confidence: 'source-seen',
}

/** Names of classes as records use them, and the ATC groups they stand for. */
const allergyClasses: readonly (readonly [name: RegExp, members: readonly string[]])[] = [
  [/penicillin/i, ['J01C']],
  [/cephalosporin/i, ['J01D']],
  [/sulfonamide|sulfa\b|sulpha/i, ['J01E', 'A07EC01']],
  [/nsaid|non-?steroidal/i, ['M01A', 'N02BA01', 'B01AC06']],
  [/statin/i, ['C10AA']],
  [/macrolide/i, ['J01FA']],
  [/quinolone/i, ['J01MA']],
  [/tetracycline/i, ['J01AA']],
  [/opioid|opiate/i, ['N02A']],
  [/thienopyridine/i, ['clopidogrel', 'prasugrel', 'ticlopidine']],
]

/** What an allergy names: drugs, classes, or nothing that any table knows. */
export function readAllergyTarget(
  frame: Frame,
  allergy: Allergy,
): { readonly drugs: readonly Drug[]; readonly classes: readonly string[] } {
  const drugs = frame.drugs.resolve(allergy)
  const classCodes = allergy.atc.filter((code) => code.length < 7)
  const named =
    drugs.length > 0
      ? []
      : allergy.names.flatMap((name) =>
          allergyClasses.filter(([pattern]) => pattern.test(name)).flatMap(([, members]) => members),
        )
  return { drugs, classes: [...classCodes, ...named] }
}

/** The same drug is contraindicated; one of the same chemical group (ATC level 4) or of the named class is avoided. */
export function allergyFindings(frame: Frame, drug: Drug): readonly Finding[] {
  return frame.input.record.allergies.flatMap((allergy) => {
    const { drugs, classes } = readAllergyTarget(frame, allergy)
    const same = drugs.some(({ name }) => name === drug.name)
    const groups = [...drugs.flatMap(({ atc }) => atc.map((code) => code.slice(0, 5))), ...classes]
    if (!same && !isIn(drug, groups)) return []
    const of = drugs.map(({ name }) => name).join(', ') || 'drug class'
    const text = same ? `allergy to ${of}` : `allergy to ${of}, a drug of the same group`
    const says = plainStatement(same ? 'contraindicated' : 'avoid')
    return [
      {
        kind: 'allergy',
        of,
        text,
        says,
        level: 3,
        source: record,
        gap: null,
        removable: null,
      } satisfies Finding,
    ]
  })
}

/** Conditions, also past ones, for which a label restricts the drug. */
export function conditionFindings(frame: Frame, drug: Drug): readonly Finding[] {
  return (
    frame.knowledge.conditionRows
      .filter(
        ({ drugs, condition }) =>
          drugs.includes(drug.name) && frame.hasCondition(condition, { past: isLasting(condition) }),
      )
      // An illness is no reason against the drugs that treat it.
      .filter(
        ({ condition }) =>
          !frame.knowledge.conditions.some(
            (entry) =>
              entry.id === condition &&
              frame.indication !== null &&
              entry.indications.includes(frame.indication.id) &&
              isCandidate(frame, drug),
          ),
      )
      .flatMap(({ condition, says, level, source }) =>
        says.map((statement) => ({
          kind: 'condition' as const,
          of: condition,
          text: `${condition} in the record`,
          says: statement,
          level,
          source,
          gap: null,
          removable: null,
        })),
      )
  )
}

/** A past stroke or bleeding stays a reason; a healed ulcer is judged by whether it is still listed as current. */
const isLasting = (condition: string): boolean =>
  [
    'stroke or TIA',
    'intracranial bleeding',
    'mechanical heart valve',
    'mitochondrial disease',
    'asthma',
  ].includes(condition)

const isCandidate = ({ indication }: Frame, drug: Drug): boolean =>
  indication?.candidates.some((one) => one.drug === drug.name) ?? false

/** The drug's place in the therapy of this indication: a positive statement, where no gene takes it back. */
export function placeFindings(frame: Frame, drug: Drug): readonly Finding[] {
  const { indication } = frame
  const candidate = indication?.candidates.find((one) => one.drug === drug.name)
  if (indication === null || candidate === undefined) return []
  const source: Source = candidate.unlisted
    ? { ...indication.source, confidence: 'general-knowledge' }
    : indication.source
  return [
    {
      kind: 'condition',
      of: indication.name,
      text: `${candidate.place} for ${indication.name}`,
      says: plainStatement('standard'),
      level: 1,
      source,
      gap: null,
      removable: null,
    },
  ]
}

/** A drug that a guideline names as the way out of another one's gene problem, at its standard dose. */
export function suggestedFindings(
  drug: Drug,
  others: readonly { readonly name: string; readonly findings: readonly Finding[] }[],
): readonly Finding[] {
  const naming = others.flatMap(({ name, findings }) =>
    findings
      .filter(({ kind, says }) => kind === 'gene' && says.suggest.includes(drug.name))
      .map((finding) => ({ name, finding })),
  )
  return naming.map(({ name, finding }) => ({
    ...finding,
    text: `named as the alternative to ${name}`,
    says: plainStatement('standard'),
  }))
}

/** Said when nothing at all is known of a drug: not the same as a normal dose. */
export const silence = (drug: Drug): Finding => ({
  kind: 'condition',
  of: drug.name,
  text: drug.known ? 'no source of the tables says anything for these facts' : 'no table knows this drug',
  says: plainStatement('no-guidance'),
  level: 0,
  source: ruleSource('silence is not a normal dose'),
  gap: null,
  removable: null,
})
