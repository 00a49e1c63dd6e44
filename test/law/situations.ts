import { expectOk } from '#kernel'
import { type GivenConsent, type NormBase, parseSituation, type Ruling, ruleOn, type Situation } from '#law'
import { readNormBase } from '../../src/adapters/norms/readNorms.ts'

type Norm = NormBase['norms'][number]

export const base = expectOk(await readNormBase('knowledge/law'))

/** The base with these norms and no others; its words stay. */
export const withNorms = (norms: readonly Norm[]): NormBase => ({
  ...base,
  norms,
  byId: new Map(norms.map((norm) => [norm.id, norm])),
})
export const withNorm = (norm: Norm): NormBase =>
  withNorms(base.norms.map((other) => (other.id === norm.id ? norm : other)))

/** The base as if these norms, and the words that they define, had never been. */
export const without = (ids: readonly string[]): NormBase => ({
  ...withNorms(base.norms.filter(({ id }) => !ids.includes(id))),
  concepts: new Map(
    [...base.concepts].map(([name, list]) => [
      name,
      list.filter(({ norm }) => norm === undefined || !ids.includes(norm)),
    ]),
  ),
})

type Loose = { readonly [member: string]: unknown }

/** What is not said otherwise is known to be none, so that only the facts of a row decide. */
const plain = {
  id: 'row',
  jurisdictions: ['CN'],
  purpose: 'treatment',
  necessity: [],
  data: null,
  subject: { age: 40, capacity: 'full', conscious: true, deceased: false, mentalPatient: false, sex: 'f' },
  representatives: [],
  actor: {
    id: 'clinic',
    kind: 'medical-institution',
    country: 'CN',
    foreignControlled: false,
    role: 'handler',
    ciio: false,
  },
  recipient: null,
  cooperation: null,
  intervention: null,
  emergency: null,
  consents: [],
  approvals: [],
  automated: null,
  request: null,
  incident: null,
  committee: null,
  dispute: null,
}

export const situation = (facts: Loose): Situation => expectOk(parseSituation({ ...plain, ...facts }, '$'))
export const rule = (facts: Loose): Ruling => ruleOn(situation(facts), base)

export const grown = plain.subject
export const surgery = {
  kind: 'surgery',
  experimental: false,
  offLabel: false,
  risk: 'high',
  costBurden: 'ordinary',
  destroysOrganFunction: false,
}
export const laboratoryTest = { ...surgery, kind: 'laboratory-test', risk: 'low' }

/** A consent to care that covers treatment, in the strictest form. */
export const careConsent = (facts: Partial<GivenConsent> & Loose = {}): Loose => ({
  by: 'subject',
  forms: ['written', 'signed', 'explicit'],
  covers: { activities: ['treat', 'test'], purposes: ['treatment'] },
  told: ['condition', 'measures', 'risks', 'alternatives', 'cost', 'other-matters'],
  withdrawnOn: null,
  bundled: false,
  ...facts,
})

export const operation = (at: string, facts: Loose = {}): Loose => ({
  at,
  activity: 'treat',
  intervention: surgery,
  ...facts,
})

/** Use of a person's genetic data by the clinic that treats her. */
export const geneticUse = (at: string, facts: Loose = {}): Loose => ({
  at,
  activity: 'use',
  data: { categories: ['genetic'], identifiability: 'identified', persons: 1, keySamples: false },
  ...facts,
})

export const dataConsent = (facts: Partial<GivenConsent> & Loose = {}): Loose => ({
  by: 'subject',
  forms: ['explicit', 'separate'],
  covers: {
    activities: ['use'],
    purposes: ['treatment'],
    categories: ['genetic'],
    recipients: [],
    abroad: false,
  },
  told: [],
  withdrawnOn: null,
  bundled: false,
  ...facts,
})

export const isPermit = ({ outcome }: Ruling): boolean =>
  outcome === 'permit' || outcome === 'permit-with-duties'
export const partiesFor = ({ whoMustConsent }: Ruling, topic: string): readonly string[] =>
  whoMustConsent
    .filter((demand) => demand.for === topic)
    .map(({ party }) => party)
    .sort()
export const formsOf = ({ whoMustConsent }: Ruling, party: string, topic: string): readonly string[] =>
  [...(whoMustConsent.find((demand) => demand.party === party && demand.for === topic)?.forms ?? [])].sort()
