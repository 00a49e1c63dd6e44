import type { Day, Instant, Sha256Hex } from '#kernel'
import type {
  Agreement,
  AgreementEvent,
  InnerProvision,
  Provision,
  Signer,
} from '../../src/consent/agreement/agreement.ts'
import type { AgreementRequest } from '../../src/consent/agreement/reach.ts'

export const day = (text: string) => text as Day
export const instant = (text: string) => (text.length === 10 ? `${text}T00:00:00.000Z` : text) as Instant
export const sha = (digit: string) => digit.repeat(64) as Sha256Hex

const unlimited = {
  effect: 'permit',
  item: null,
  purposes: null,
  parties: null,
  activities: null,
  categories: null,
  dataFrom: null,
  dataUntil: null,
  from: null,
  until: null,
  minimumCohort: null,
  obligations: [],
} as const satisfies InnerProvision | object

export const inner = (facts: Partial<InnerProvision> = {}): InnerProvision => ({
  ...unlimited,
  obligations: [],
  ...facts,
})
export const permit = (facts: Partial<Provision> = {}): Provision => ({ ...inner(), within: [], ...facts })
export const refuse = (facts: Partial<Provision> = {}): Provision => permit({ effect: 'refuse', ...facts })

export const self: Signer = {
  grantor: 'self',
  giver: 'subject',
  relation: 'self',
  person: 'p1',
  authority: null,
}
export const parent: Signer = {
  grantor: 'guardian',
  giver: 'guardian',
  relation: 'parent',
  person: 'p2',
  authority: { document: sha('a'), from: day('2000-01-01'), until: null },
}

/** Given on 2026-01-10 by the person themself, for as long as nothing else is said; permits nothing. */
export const agreement = (facts: Partial<Agreement> = {}): Agreement => ({
  id: 'a1',
  version: 1,
  supersedes: null,
  subject: 'p1',
  jurisdictions: ['CN'],
  language: 'en',
  from: day('2026-01-10'),
  until: null,
  signedAt: instant('2026-01-10T09:00:00.000Z'),
  signer: self,
  coSigners: [],
  voice: null,
  witness: null,
  interpreter: null,
  forms: ['written', 'signed', 'explicit', 'separate'],
  read: {
    form: 'f1',
    formSha256: sha('f'),
    medium: 'screen',
    told: ['purpose'],
    understanding: [],
    previewShown: true,
  },
  base: 'refuse',
  provisions: [],
  findings: [],
  recontact: false,
  afterDeath: 'not-asked',
  family: { tellRelatives: 'not-asked' },
  emergency: { allowed: false, minutes: 60 },
  reconsentOn: [],
  review: null,
  visas: [],
  ...facts,
})

export const paused = (at: string): AgreementEvent => ({ at: instant(at), kind: 'paused', because: 'asked' })
export const resumed = (at: string): AgreementEvent => ({ at: instant(at), kind: 'resumed' })
export const superseded = (at: string, by = 'a2'): AgreementEvent => ({
  at: instant(at),
  kind: 'superseded',
  by,
})
export const withdrawn = (at: string, items: readonly string[] | null = null): AgreementEvent => ({
  at: instant(at),
  kind: 'withdrawn',
  items,
})

/** A hospital's research on genes, about nobody in particular. */
export const request = (facts: Partial<AgreementRequest> = {}): AgreementRequest => ({
  purpose: 'research',
  parties: [
    { kind: 'organisation', id: 'clinic' },
    { kind: 'role', id: 'researcher' },
    { kind: 'country', id: 'CN' },
  ],
  activity: 'use',
  categories: ['genetic'],
  dataOn: day('2026-01-05'),
  cohort: 100,
  ...facts,
})

/** A row of it: the first of its form, signed in this act. */
export const signedAgreement = (act: string, form: string) => {
  const signed = agreement({ id: act })
  return { agreement: { ...signed, read: { ...signed.read, form } }, sha256: sha('b') }
}
