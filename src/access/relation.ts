import type { SubjectId } from '#kernel'
import type { Care, OrganisationId } from './holding.ts'

/** How somebody stands to what an operation is about, closest first. `relative`: on papers of kinship, which count once the person has died. */
export const relations = ['self', 'represents', 'relative', 'care', 'organisation', 'none'] as const
export type Relation = (typeof relations)[number]

/** What an operation is about. `care`: relations of care with that person, of the caller or not, running or not. */
export type Target =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'organisation'; readonly organisation: OrganisationId }
  | {
      readonly kind: 'person'
      readonly subject: SubjectId
      readonly organisation: OrganisationId | null
      readonly care: readonly Care[]
    }
