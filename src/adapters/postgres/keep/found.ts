export type CheckFailure = { readonly code: string; readonly where: string }

/** Takes down what is wrong and where; the check goes on. */
export type Found = (code: string, where: string) => void
