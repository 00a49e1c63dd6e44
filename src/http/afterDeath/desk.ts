import type { Result } from '#kernel'
import type {
  ActedBy,
  Caller,
  Case,
  FromFile,
  Governed,
  RelativeAsking,
  RelativeLook,
  RelativeObjection,
  RelativeRefusal,
  RelativeSaid,
} from '#usecases'

type Answer<T> = Promise<Result<Governed<T>, RelativeRefusal>>

/** Somebody to whom the caller shows kinship. */
export type Deceased = {
  readonly caseId: string
  readonly subjectName: string
  readonly kinship: string
  /** The last day of the papers. */
  readonly until: string | null
  /** A death is on record by now. */
  readonly dead: boolean
}

/** What relatives of the dead may ask. */
export interface AfterDeathDesk {
  list(caller: Caller): Promise<readonly Deceased[]>
  look(from: FromFile<Case>, by: ActedBy, asking: RelativeAsking): Answer<RelativeLook>
  object(from: FromFile<Case>, by: ActedBy, objection: RelativeObjection): Answer<RelativeSaid>
}
