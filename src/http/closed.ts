/** What is not described is refused. */
export const closed = { additionalProperties: false } as const
