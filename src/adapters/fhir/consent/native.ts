import { type Outward, type OutwardRule, overlaps, type Party } from '#consent'
import {
  actCode,
  actionConcept,
  type Effect,
  type FhirVersion,
  labelCodings,
  ownUrl,
  purposeCodings,
  referenceTo,
} from './codes.ts'

type Element = { readonly [member: string]: unknown }

/** Beyond so many exceptions to permissions a reader is told the base alone. */
const mostExceptions = 4096

/** The base and its exceptions as FHIR has them; a plain refusal where there would be too many. */
export type Native = {
  readonly base: 'permit' | 'deny'
  readonly rules: readonly Element[]
  readonly tooMany: boolean
}
const plainRefusal: Native = { base: 'deny', rules: [], tooMany: true }

/**
 * FHIR provisions are exceptions to a base, and what is nested in one is an exception to it. Where the base is a refusal, each refusal
 * is therefore told again within every permission that it can meet: beside them it would be no exception, and in R5, where provisions
 * have no type, a permission. Where the base is a permission, the refusals are its exceptions.
 */
export function nativeRules({ base, permits, refusals }: Outward, version: FhirVersion): Native {
  if (base === 'permit') {
    if (refusals.length > mostExceptions) return plainRefusal
    return { base, rules: refusals.map((rule) => ruleElement(rule, 'refuse', version)), tooMany: false }
  }
  const met = permits.map((permit) => refusals.filter((refusal) => overlaps(permit, refusal)))
  if (met.reduce((sum, { length }) => sum + length, 0) > mostExceptions) return plainRefusal
  const rules = permits.map((permit, i) => {
    const exceptions = met[i]!.map((refusal) => ruleElement(refusal, 'refuse', version))
    return {
      ...ruleElement(permit, 'permit', version),
      ...(exceptions.length > 0 ? { provision: exceptions } : {}),
    }
  })
  return { base: 'deny', rules, tooMany: false }
}

const typeOf = (effect: Effect, version: FhirVersion): Element =>
  version === 'R4' ? { type: effect === 'permit' ? 'permit' : 'deny' } : {}

function ruleElement(rule: OutwardRule, effect: Effect, version: FhirVersion): Element {
  const { purposes, parties, activities, categories } = rule
  const modifiers = modifiersOf(rule)
  return {
    ...(modifiers.length > 0 ? { modifierExtension: modifiers } : {}),
    ...typeOf(effect, version),
    ...periodOf('period', rule.from, rule.until),
    ...(parties ? { actor: parties.map(actorElement) } : {}),
    ...(activities ? { action: activities.map(actionConcept) } : {}),
    ...(categories ? { securityLabel: categories.flatMap(labelCodings) } : {}),
    ...(purposes ? { purpose: purposes.flatMap((one) => purposeCodings(one, effect)) } : {}),
    ...periodOf('dataPeriod', rule.dataFrom, rule.dataUntil),
  }
}

/** What narrows a permission and has no element: who does not understand it must not use the resource (“modifierExtension”). */
const modifiersOf = ({ minimumCohort, obligations }: OutwardRule): readonly Element[] => [
  ...(minimumCohort === null ? [] : [{ url: ownUrl('minimum-cohort'), valueInteger: minimumCohort }]),
  ...obligations.map(({ code }) => ({ url: ownUrl('obligation'), valueCode: code })),
]

export const periodOf = (name: string, start: string | null, end: string | null): Element =>
  start === null && end === null
    ? {}
    : { [name]: { ...(start === null ? {} : { start }), ...(end === null ? {} : { end }) } }

/** “IRCP”: who receives information (HL7 v3 ParticipationType). */
const recipient = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' }],
}
const actorElement = ({ kind, id }: Party): Element => ({
  role: recipient,
  reference:
    kind === 'country'
      ? { identifier: { system: 'urn:iso:std:iso:3166', value: id } }
      : referenceTo(kind, id),
})

/** HL7 v3 ActCode, consent directives: in or out, with exceptions or without. */
export const policyRuleOf = ({ base, rules }: Native): Element => {
  const [plain, excepting] = base === 'permit' ? ['OPTIN', 'OPTINR'] : ['OPTOUT', 'OPTOUTE']
  return { coding: [{ system: actCode, code: rules.length > 0 ? excepting : plain }] }
}
