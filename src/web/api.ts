import type { Json } from '#kernel'
import type {
  Activity,
  Category,
  ConsentForm,
  ConsentGiver,
  ConsentTopic,
  DisclosureElement,
  DutyCode,
  Outcome,
  Party,
  Purpose,
} from '#vocabulary'
import type { en } from './words/en.ts'

/** Documents of the server, as far as the pages show them; /api/openapi.json describes them whole. */
export type Bilingual = { readonly en: string; readonly zh: string }
export type Consent = {
  readonly by: ConsentGiver
  readonly on: string | null
  readonly forms: readonly ConsentForm[]
  readonly purposes: readonly Purpose[]
  readonly categories: readonly Category[]
  readonly withdrawnOn: string | null
}
export type CaseSummary = {
  readonly id: string
  readonly subjectName: string
  readonly actorName: string
  readonly indication: string
  readonly candidateDrugs: readonly string[]
  readonly day: string
  readonly activity: Activity
  readonly purpose: Purpose
  readonly categories: readonly Category[]
  readonly consents: readonly Consent[]
}
export type Duty = {
  readonly code: DutyCode
  readonly met: boolean | 'unknown'
  readonly norms: readonly string[]
  readonly deadlineDays?: number
}
export type Ruling = { readonly at: string; readonly outcome: Outcome; readonly duties: readonly Duty[] }
export type Article = {
  readonly norm: string
  readonly instrument: Bilingual
  readonly article: string
  readonly rank: keyof typeof en.procedure.rank
  readonly wording: Bilingual
  readonly verified: 'text-seen' | 'from-memory'
}
export type Receipt = {
  readonly index: number
  readonly files: Readonly<Record<string, string>>
  readonly outputs: Readonly<Record<string, string>>
}
export type Reason =
  | { readonly kind: 'forbidden'; readonly norm: string; readonly why: string }
  | {
      readonly kind: 'consent-missing' | 'consent-unknown'
      readonly party: Party
      readonly topic: ConsentTopic
      readonly forms: readonly ConsentForm[]
      readonly norms: readonly string[]
    }
  | { readonly kind: 'consent-withdrawn'; readonly by: ConsentGiver; readonly on: string }
  | { readonly kind: 'duty-open'; readonly code: DutyCode; readonly norms: readonly string[] }
  | { readonly kind: 'fact-unknown'; readonly path: string }
  | { readonly kind: 'referred' | 'law-denies'; readonly explanation: readonly string[] }
  | {
      readonly kind: 'no-relation'
      readonly relation: 'organisation' | 'none' | 'ended-by-death' | 'of-the-living'
    }
  | { readonly kind: 'not-laid-down'; readonly about: 'purpose'; readonly purpose: Purpose }
  | {
      readonly kind: 'not-laid-down'
      readonly about: 'activity'
      readonly activity: Activity
      readonly purpose: Purpose
    }
  | {
      readonly kind: 'not-laid-down'
      readonly about: 'categories'
      readonly categories: readonly Category[]
      readonly purpose: Purpose
    }
  | { readonly kind: 'not-laid-down'; readonly about: 'retention'; readonly categories: readonly Category[] }
  | { readonly kind: 'not-laid-down'; readonly about: 'recipient' }
  | { readonly kind: 'person-refuses' }
  | { readonly kind: 'choice-refused'; readonly item: string | null }
  | { readonly kind: 'relatives-not-allowed' | 'wishes-not-to-know' }
  | { readonly kind: 'after-death'; readonly diedAt: string | null }
  | { readonly kind: 'other-relatives-named' | 'relatives-disagree' }
  | { readonly kind: 'emergency-over'; readonly endedAt: string }
  | { readonly kind: 'outside-permit'; readonly categories: readonly Category[] }
  | { readonly kind: 'rule-unevaluable'; readonly code: string }

export type Action =
  | 'contraindicated'
  | 'avoid'
  | 'alternative'
  | 'duplicate-therapy'
  | 'stop-or-switch-interacting'
  | 'test-first'
  | 'insufficient-data'
  | 'reduce-dose'
  | 'start-low'
  | 'increase-dose'
  | 'monitor'
  | 'standard'
  | 'no-guidance'
export type ReasonKind =
  | 'gene'
  | 'drug'
  | 'organ'
  | 'age'
  | 'pregnancy'
  | 'exposure'
  | 'allergy'
  | 'condition'
export type Source = {
  readonly body: string
  readonly title: string
  readonly year: number | null
  readonly confidence: string
}
export type Because = {
  readonly kind: ReasonKind
  readonly of: string
  readonly finding: string
  readonly source: Source
}
export type Medication = {
  readonly drug: { readonly name: string; readonly atc: string | null }
  readonly role: 'current' | 'candidate'
  readonly action: Action
  readonly dose: { readonly factorMin: number; readonly factorMax: number } | null
  readonly because: readonly Because[]
  readonly also: readonly { readonly action: string; readonly what: readonly string[] }[]
  readonly suggest: readonly string[]
  readonly test: readonly string[]
  readonly maxDose: string | null
  readonly startDose: string | null
  readonly disagreements: readonly { readonly source: Source; readonly action: Action }[]
}
export type Gene = {
  readonly gene: string
  readonly diplotypes: readonly string[]
  readonly phenotypes: readonly string[]
  readonly missing: readonly Json[]
  readonly converted: { readonly to: string; readonly because: readonly string[] } | null
}
export type Plan = {
  readonly at: string
  readonly indication: string
  readonly firstChoice: readonly string[]
  readonly genes: readonly Gene[]
  readonly medications: readonly Medication[]
  readonly prevention: readonly { readonly condition: string; readonly source: Source }[]
  readonly missing: readonly { readonly what: string; readonly why: string; readonly action: Action }[]
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
}
export type Kind =
  | 'plan'
  | 'procedure'
  | 'withdrawal'
  | 'account'
  | 'receipt'
  | 'recall-answer'
  | 'app-read'
  | 'emergency'
  | 'emergency-look'
  | 'emergency-end'
  | 'emergency-review'
export type Governed = {
  readonly act: { readonly id: string; readonly at: string }
  readonly ruling: Ruling
  readonly articles: readonly Article[]
  readonly consents: readonly Consent[]
  readonly receipt: Receipt
}
export type PlanDone = Governed & { readonly plan: Plan }
export type Withdrawn = Governed & { readonly purposes: readonly Purpose[] | null }
export type Denial = Governed & { readonly reasons: readonly Reason[] }
export type Role =
  | 'person'
  | 'representative'
  | 'clinician'
  | 'steward'
  | 'reviewer'
  | 'chair'
  | 'regulator'
  | 'researcher'
  | 'auditor'
  | 'witness'
  | 'interpreter'
export type UsedBy = {
  readonly name: string
  readonly role: Role
  readonly relation: 'self' | 'represents' | 'relative' | 'care' | 'organisation' | 'none'
  readonly organisation: string | null
  readonly through: string | null
}
export type Session =
  | { readonly signedIn: false; readonly demo: boolean }
  | {
      readonly signedIn: true
      readonly demo: boolean
      readonly name: string
      readonly language: 'en' | 'zh' | null
      readonly method: 'passkey' | 'code' | 'outside'
      readonly hasPasskey: boolean
      /** Operations that they may ask, as the table of access names them. */
      readonly may: readonly string[]
      readonly holdings: readonly {
        readonly role: Role
        readonly organisation: string | null
        /** On papers of kinship: they act for nobody. */
        readonly relative: boolean
        readonly until: string | null
      }[]
    }
export type Passkey = {
  readonly id: string
  readonly label: string
  readonly addedAt: string
  readonly usedAt: string | null
}
export type OwnSession = {
  readonly handle: string
  readonly method: 'passkey' | 'code' | 'outside'
  readonly begunAt: string
  readonly seenAt: string
  readonly here: boolean
}
export type Use = {
  readonly act: string
  readonly kind: Kind
  readonly outcome: 'permitted' | 'refused'
  readonly at: string
  readonly actor: string
  readonly by: UsedBy | null
  readonly purpose: Purpose
  readonly categories: readonly Category[]
}
/** What was opened because a life was in danger, and what the review says of it. */
export type Emergency = {
  readonly id: string
  readonly caseId: string
  readonly by: string
  readonly own: boolean
  readonly reason: 'unconscious' | 'cannot-say' | 'no-time'
  readonly words: string
  readonly at: string
  readonly until: string
  /** Null while it is open. */
  readonly endedAt: string | null
  readonly looks: readonly { readonly at: string; readonly part: 'record' | 'warnings' }[]
  readonly review: {
    readonly state: 'waiting' | 'overdue' | 'closed'
    readonly dueOn: string
    readonly finding: {
      readonly at: string
      readonly by: string
      readonly finding: 'justified' | 'not-justified'
      readonly words: string
    } | null
  }
}
export type Account = {
  readonly subjectName: string
  readonly receipt: Receipt
  readonly known: {
    readonly data: readonly { readonly name: string; readonly readAt: string }[]
    readonly plans: readonly {
      readonly act: string
      readonly at: string
      readonly indication: string
      readonly firstChoice: readonly string[]
      readonly withheld: boolean
    }[]
  }
  readonly uses: readonly Use[]
  readonly more: boolean
  readonly allowed: readonly Consent[]
  readonly emergencies: readonly Emergency[]
  readonly afterDeath: {
    readonly relatives: { readonly who: 'nobody' | 'all' | 'named' | 'not-said'; readonly named: number }
    readonly forms: readonly {
      readonly id: string
      readonly title: Bilingual
      readonly says: 'as-before' | 'stop' | 'not-asked' | null
    }[]
  }
  readonly withdrawals: readonly {
    readonly act: string
    readonly at: string
    readonly purposes: readonly Purpose[] | null
  }[]
}
export type ActDetail = {
  readonly use: Use
  readonly ruling: Ruling
  readonly articles: readonly Article[]
  readonly consents: readonly Consent[]
  readonly reasons: readonly Reason[]
  readonly plan: Plan | null
  readonly withheld: boolean
  readonly receipt: Receipt | null
}

/** What came instead of an answer. `denial` when the gate said no. */
export class ApiError extends Error {
  readonly status: number
  readonly denial: Denial | undefined
  /** How long to wait before it is worth trying again. */
  readonly seconds: number | undefined
  /** Which problem it was, as the description names it. */
  readonly code: string | undefined
  /** What a form does not tell. */
  readonly lacks: readonly DisclosureElement[]
  constructor(
    status: number,
    denial?: Denial,
    seconds?: number,
    code?: string,
    lacks: readonly DisclosureElement[] = [],
  ) {
    super(String(status))
    this.status = status
    this.denial = denial
    this.seconds = seconds
    this.code = code
    this.lacks = lacks
  }
}

export async function ask<T>(path: string, body?: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers }
  const response = await fetch(`/api/${path}`, init).catch(() => undefined)
  if (response === undefined) throw new ApiError(0)
  const document = await response.json().catch(() => undefined)
  if (response.ok && document !== undefined) return document as T
  const denial = document?.decision === 'denial' ? (document as Denial) : undefined
  const { seconds, code, lacks } = (document ?? {}) as Partial<ApiError>
  throw new ApiError(response.status, denial, seconds, code, lacks)
}
