import type { Activity, Category, Purpose } from '#vocabulary'

export type FhirVersion = 'R4' | 'R5'
export type Coding = { readonly system: string; readonly code: string }

const base = 'https://habeas.example/fhir'
export const ownUrl = (name: string): string => `${base}/StructureDefinition/${name}`
export const isOwnUrl = (url: string): boolean => url.startsWith(`${base}/`)
export const ownCoding = (kind: string, code: string): Coding => ({
  system: `${base}/CodeSystem/${kind}`,
  code,
})
/** A key of ours as an identifier: of a person, a form, an agreement, … */
export const keyOf = (kind: string, value: string) => ({ system: `urn:habeas:${kind}`, value })
export const referenceTo = (kind: string, value: string) => ({ identifier: keyOf(kind, value) })

/** The id of R4 and R5 (“id”: 64 of letters, digits, `-`, `.`): an id of ours with `_` is none, and the identifier has it. */
export const isFhirId = (id: string): boolean => /^[A-Za-z0-9.-]{1,64}$/.test(id)

/** Whom it is about: by the address that this server knows them by, where it is one, and by their key. */
export const referenceToSubject = (subject: string) => ({
  ...(isFhirId(subject) ? { reference: `Patient/${subject}` } : {}),
  ...referenceTo('subject', subject),
})

type Codes = { readonly permit: readonly string[]; readonly refuse: readonly string[] }
const both = (code: string, ...below: readonly string[]): Codes => ({
  permit: [code],
  refuse: [code, ...below],
})
const refused = (...refuse: readonly string[]): Codes => ({ permit: [], refuse })
const none = refused()

/**
 * HL7 v3 ActReason (PurposeOfUse), by the definitions of its codes. Where one is not what we mean by a purpose, what is permitted has
 * a code that means less or none, and what is refused one that means more or none. A refusal names all that lie below it, for a reader
 * that compares codes knows no tree. HRESCH takes in research into origins and ancestry, so BIORCH is what is permitted. ETREAT lies
 * below TREAT, and to refuse treatment is not to refuse rescue: that has its own purpose.
 */
export const hl7Purposes: Readonly<Record<Purpose, Codes>> = {
  treatment: both('TREAT', 'CLINTRL', 'COC', 'POPHLTH'),
  prevention: none,
  'public-health': both('PUBHLTH', 'DISASTER', 'THREAT'),
  research: {
    permit: ['BIORCH'],
    refuse: [
      ...['HRESCH', 'BIORCH', 'CLINTRCH', 'CLINTRCHNPC', 'CLINTRCHPC', 'PRECLINTRCH'],
      ...['DSRCH', 'POARCH', 'TRANSRCH'],
    ],
  },
  'product-development': none,
  'model-training': none,
  insurance: refused('COVERAGE', 'ELIGDTRM', 'ELIGVER', 'ENROLLM', 'MILDCRG'),
  employment: none,
  litigation: both('HLEGAL'),
  quality: both('HQUALIMP'),
  education: both('TRAIN'),
  'law-enforcement': none,
  emergency: both('ETREAT', 'BTG', 'ERTREAT'),
  'family-interest': refused('FAMRQT'),
  'personal-curiosity': none,
  service: none,
  supervision: none,
  ancestry: refused('POARCH'),
}
const actReason = 'http://terminology.hl7.org/CodeSystem/v3-ActReason'

export type Effect = 'permit' | 'refuse'
const beside = (system: string, code: string | undefined): readonly Coding[] =>
  code ? [{ system, code }] : []

export const purposeCodings = (purpose: Purpose, effect: Effect): readonly Coding[] => [
  ...hl7Purposes[purpose][effect].map((code) => ({ system: actReason, code })),
  ownCoding('purpose', purpose),
]

/** FHIR consentaction: collect, access, use, disclose, correct. Ours are more, and “access” there is to look without keeping. */
export const hl7Actions: Readonly<Partial<Record<Activity, string>>> = {
  collect: 'collect',
  use: 'use',
  disclose: 'disclose',
  correct: 'correct',
}
const consentAction = 'http://terminology.hl7.org/CodeSystem/consentaction'

export const actionConcept = (activity: Activity) => ({
  coding: [...beside(consentAction, hl7Actions[activity]), ownCoding('activity', activity)],
})

/** HL7 v3 ActCode, sensitivity of information (from memory: not among the tables that we hold). */
export const hl7Labels: Readonly<Partial<Record<Category, string>>> = {
  genetic: 'GDIS',
  identity: 'DEMO',
}
export const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'

/**
 * All kinds of data of a rule are labels, none is a class: members of one kind are alternatives, members of two kinds must both hold
 * (Consent.provision), so a rule for genes or samples cannot name the one as a label and the other as a type of resource.
 */
export const labelCodings = (category: Category): readonly Coding[] => [
  ...beside(actCode, hl7Labels[category]),
  ownCoding('category', category),
]
