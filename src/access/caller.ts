import type { AccountId, Holding } from './holding.ts'

/** How somebody showed who they are. `code`: a one-time code; `outside`: a provider that the hospital trusts; `assertion`: a program, with its key. */
export const methods = ['passkey', 'code', 'outside', 'assertion'] as const
export type Method = (typeof methods)[number]

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
    }
