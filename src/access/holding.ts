import type { Brand, Instant, SubjectId } from '#kernel'
import type { Role } from './role.ts'

export type AccountId = Brand<string, 'AccountId'>
export type OrganisationId = Brand<string, 'OrganisationId'>

type Term = {
  readonly from: Instant
  /** Null: until somebody ends it. */
  readonly until: Instant | null
  /** What shows that it was given: the number of an act, a document, `demo`. */
  readonly evidence: string
}

/** What lets a representative decide for somebody: being a parent, an appointment, a mandate of their own choice, a court. */
export const paperKinds = ['parent', 'guardian', 'mandate', 'court-order'] as const
export type PaperKind = (typeof paperKinds)[number]

/** On what somebody acts for another, and for how long. */
export type Papers = Term & { readonly kind: PaperKind }

/** How a relative stands to somebody (Civil Code 1045); `other`: in no way that the law counts as near. */
export const kinships = [
  'spouse',
  'child',
  'parent',
  'sibling',
  'grandparent',
  'grandchild',
  'other',
] as const
export type Kinship = (typeof kinships)[number]

/** What shows that somebody is a relative, and for how long it counts. They decide nothing for the person while they live. */
export type KinPapers = Term & { readonly kinship: Kinship }

/** A role that an account holds: a person for themselves, a representative for somebody, all others at an organisation. */
export type Holding = Term &
  (
    | { readonly role: 'person'; readonly subject: SubjectId }
    /** Without papers of a known kind they look, and sign nothing. */
    | {
        readonly role: 'representative'
        readonly subject: SubjectId
        readonly papers?: PaperKind | undefined
        readonly kinship?: undefined
      }
    | { readonly role: 'representative'; readonly subject: SubjectId; readonly kinship: Kinship }
    | {
        readonly role: Exclude<Role, 'person' | 'representative'>
        readonly organisation: OrganisationId
      }
  )

/** A relation of care: this account looks after this person at this organisation. */
export type Care = Term & {
  readonly account: AccountId
  readonly organisation: OrganisationId
  readonly subject: SubjectId
}

/** From its first instant on, up to but not including its last. */
export const runs = ({ from, until }: Term, now: Instant): boolean =>
  from <= now && (until === null || now < until)
