declare const brand: unique symbol

/** A `SubjectId` is not an `ActId`, although both are strings. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }

export type SubjectId = Brand<string, 'SubjectId'>
export type ActId = Brand<string, 'ActId'>

const id = /^[A-Za-z0-9_.-]{1,128}$/

/** Ids are safe in file names, URLs and keys: 1–128 of letters, digits, `_`, `.`, `-`. */
const asId = <T>(text: string): T | undefined => (id.test(text) ? (text as T) : undefined)
export const subjectId = (text: string): SubjectId | undefined => asId<SubjectId>(text)
export const actId = (text: string): ActId | undefined => asId<ActId>(text)
