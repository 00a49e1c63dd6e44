import type { SubjectId } from '#kernel'
import type { AccountId, Holding } from './holding.ts'

/**
 * How somebody showed who they are. `code`: a one-time code; `outside`: a provider that the hospital trusts; `assertion`: a program, with its key; `app`: whoever let an
 * application act for them.
 */
export const methods = ['passkey', 'code', 'outside', 'assertion', 'app'] as const
export type Method = (typeof methods)[number]

/** What somebody lets an application do: for one person's record, within these scopes. */
export type AppGrant = {
  readonly client: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly subject: SubjectId
}

/** Who calls. */
export type Caller =
  | { readonly kind: 'nobody' }
  | {
      readonly kind: 'account'
      readonly account: AccountId
      /** As shown to others. */
      readonly name: string
      readonly method: Method
      readonly holdings: readonly Holding[]
      /** The application that asks in their name, and what they let it do. */
      readonly app?: AppGrant | undefined
    }
