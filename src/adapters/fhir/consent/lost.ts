import type { Agreement, AgreementState, Outward, OutwardRule } from '#consent'
import { type Effect, hl7Actions, hl7Labels, hl7Purposes } from './codes.ts'

/** What somebody who passes over extensions does not learn, and its place in the agreement (or, coming in, in the resource). */
export type Lost = { readonly path: string; readonly what: string }
const lost = (path: string, what: string): Lost => ({ path, what })
const lostIf = (is: boolean, path: string, what: string): readonly Lost[] => (is ? [lost(path, what)] : [])

export const lostOf = (
  agreement: Agreement,
  outward: Outward,
  state: AgreementState,
  tooMany: boolean,
): readonly Lost[] => [
  ...lostIf(
    tooMany,
    '$.provisions',
    'every permission: with its exceptions there would be too many, so a plain refusal is said',
  ),
  ...lostState(agreement, state),
  ...lostSigning(agreement),
  ...lostWishes(agreement),
  ...agreement.provisions.flatMap(lostChoice),
  ...outward.permits.flatMap((rule) => lostRule(rule, 'permit')),
  ...outward.refusals.flatMap((rule) => lostRule(rule, 'refuse')),
]

const lostState = (agreement: Agreement, state: AgreementState): readonly Lost[] => {
  const ended = state !== 'given' && state !== 'refused'
  const refuses = agreement.provisions.some(({ effect }) => effect === 'refuse')
  return [
    ...lostIf(ended, '$', `that it is ${state}: FHIR says inactive`),
    ...lostIf(ended && refuses, '$.provisions', `its refusals, which are not looked at while it is ${state}`),
    lost('$.version', 'which of a series it is'),
    ...lostIf(agreement.supersedes !== null, '$.supersedes', 'what it took the place of'),
    lost('$.jurisdictions', 'under which law it was signed'),
  ]
}

const lostSigning = ({
  voice,
  witness,
  interpreter,
  hindrance,
  attendants = [],
}: Agreement): readonly Lost[] => [
  lost('$.signer', 'in which standing it was signed, and what shows the authority'),
  ...lostIf(voice !== null, '$.voice', 'what was said by somebody who did not decide alone'),
  ...lostIf(witness !== null, '$.witness', 'that there was a witness'),
  ...lostIf(interpreter !== null, '$.interpreter', 'that there was an interpreter'),
  ...lostIf(attendants.length > 0, '$.attendants', 'who is to confirm that they stood by, and who has'),
  ...lostIf(hindrance !== undefined, '$.hindrance', 'what kept whoever signed from doing it alone'),
  lost('$.forms', 'how it was given'),
  lost('$.read', 'the digest of the form, what was told and what was understood'),
]

const lostWishes = (agreement: Agreement): readonly Lost[] => {
  const { findings, recontact, afterDeath, family, emergency, reconsentOn, review, visas } = agreement
  return [
    ...lostIf(findings.length > 0, '$.findings', 'which findings are to be told'),
    lost('$.recontact', recontact ? 'that they may be asked again' : 'that they are not to be asked again'),
    ...lostIf(afterDeath !== 'not-asked', '$.afterDeath', 'what is to be done after death'),
    ...lostIf(family.tellRelatives !== 'not-asked', '$.family', 'whether relatives are told, and how'),
    lost(
      '$.emergency',
      emergency.allowed
        ? 'access in an emergency, and for how long'
        : 'that no door is to be opened in an emergency',
    ),
    ...lostIf(reconsentOn.length > 0, '$.reconsentOn', 'what it must be asked again for'),
    ...lostIf(review !== null, '$.review', 'the review that it stands under'),
    ...lostIf(visas.length > 0, '$.visas', 'the visas given on it'),
  ]
}

type Choice = Agreement['provisions'][number]

const hasDuties = ({ minimumCohort, obligations }: Choice['within'][number]): boolean =>
  minimumCohort !== null || obligations.length > 0

function lostChoice(choice: Choice, i: number): readonly Lost[] {
  const { item, within, effect } = choice
  const path = `$.provisions[${i}]`
  return [
    ...lostIf(
      [choice, ...within].some((one) => one.effect === 'refuse' && hasDuties(one)),
      path,
      'duties under which a refusal would not hold: it is said to hold',
    ),
    ...lostIf(
      item !== null || within.some((one) => one.item !== null),
      `${path}.item`,
      'the choices of the form',
    ),
    ...within.flatMap((one, j) =>
      lostIf(
        one.effect === 'permit',
        `${path}.within[${j}]`,
        effect === 'permit'
          ? 'a permission within a permission: the outer one is said, with the duties of both'
          : 'a permission within a refusal: the refusal is said',
      ),
    ),
  ]
}

function lostRule(rule: OutwardRule, effect: Effect): readonly Lost[] {
  const { path, purposes, parties, activities, categories } = rule
  const purpose = purposes?.filter((one) => hl7Purposes[one][effect].length === 0) ?? []
  const activity = activities?.filter((one) => hl7Actions[one] === undefined) ?? []
  const category = categories?.filter((one) => hl7Labels[one] === undefined) ?? []
  const missing = (codes: readonly string[]) => `no code of HL7 for ${codes.join(', ')}`
  return [
    ...lostIf(
      effect === 'permit' && (purposes?.includes('treatment') ?? false),
      `${path}.purposes`,
      'that treatment is neither a trial nor rescue, which lie below TREAT in the tree of HL7',
    ),
    ...lostIf(purpose.length > 0, `${path}.purposes`, missing(purpose)),
    ...lostIf(activity.length > 0, `${path}.activities`, missing(activity)),
    ...lostIf(category.length > 0, `${path}.categories`, missing(category)),
    ...lostIf(
      parties?.some(({ kind }) => kind === 'role' || kind === 'organisation-kind' || kind === 'country') ??
        false,
      `${path}.parties`,
      'that whoever is of this kind is meant, and not one of this name',
    ),
    ...lostIf(
      rule.minimumCohort !== null,
      `${path}.minimumCohort`,
      'the least size of a group: a modifier extension, so the resource must not be used without it',
    ),
    ...lostIf(
      rule.obligations.length > 0,
      `${path}.obligations`,
      'duties: a modifier extension, so the resource must not be used without it',
    ),
  ]
}
