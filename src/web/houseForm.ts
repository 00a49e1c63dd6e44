import { activities, actorKinds, categories, purposes } from '#vocabulary'
import type { Content, ContentKind } from './house.ts'
import type { en } from './words/en.ts'

type FieldName = keyof typeof en.houseField

/** A field of a form: free text, a day, a number, or codes whose words are under `words`. */
export type Field =
  | { readonly name: FieldName; readonly as: 'text' | 'long' | 'day' | 'number'; readonly pattern?: string }
  | Choice<'one'>
  | Choice<'several'>
export type Choice<As extends string> = {
  readonly name: FieldName
  readonly as: As
  readonly codes: readonly string[]
  readonly words: keyof typeof en
}
export type Draft = Partial<Record<FieldName, string | readonly string[]>>

const several = (name: FieldName, codes: readonly string[], words: keyof typeof en): Field => ({
  name,
  as: 'several',
  codes,
  words,
})
const one = (name: FieldName, codes: readonly string[], words: keyof typeof en): Field => ({
  name,
  as: 'one',
  codes,
  words,
})
const forPurposes = several('purposes', purposes, 'purpose')
const withActivities = several('activities', activities, 'deed')
const withData = several('categories', categories, 'category')

const fields: Readonly<Record<ContentKind, readonly Field[]>> = {
  purpose: [one('purpose', purposes, 'purpose'), withActivities, withData],
  recipient: [
    { name: 'id', as: 'text', pattern: '[A-Za-z0-9][A-Za-z0-9_.\\-]{0,63}' },
    { name: 'name', as: 'text' },
    one('party', actorKinds, 'actor'),
    { name: 'country', as: 'text', pattern: '[A-Z]{2}' },
    forPurposes,
    withData,
  ],
  retention: [
    one('category', categories, 'category'),
    { name: 'months', as: 'number' },
    one('after', ['erase', 'lock'], 'houseChoice'),
  ],
  assessment: [
    one('assessment', ['pipia', 'dpia'], 'houseChoice'),
    forPurposes,
    withData,
    one('outcome', ['granted', 'refused'], 'houseChoice'),
    { name: 'on', as: 'day' },
    { name: 'until', as: 'day' },
    { name: 'report', as: 'text', pattern: '[0-9a-f]{64}' },
  ],
  contact: [
    { name: 'name', as: 'text' },
    { name: 'contact', as: 'text' },
    { name: 'country', as: 'text', pattern: '[A-Z]{2}' },
    { name: 'authority', as: 'text' },
    { name: 'authorityContact', as: 'text' },
  ],
  form: [{ name: 'document', as: 'long' }],
}

export const fieldsOf = (kind: ContentKind): readonly Field[] => fields[kind]

/** What a form begins with: what stands, or the first of each choice. */
export function draftOf(kind: ContentKind, former: Content | undefined): Draft {
  const known: Record<string, unknown> = { ...former }
  if (former?.kind === 'form') known['document'] = JSON.stringify({ ...former, kind: undefined }, null, 2)
  const first = (field: Field) =>
    field.as === 'one' ? (field.codes[0] ?? '') : field.as === 'several' ? [] : ''
  return Object.fromEntries(
    fieldsOf(kind).map((field) => {
      const value = known[field.name]
      return [field.name, typeof value === 'number' ? String(value) : (value ?? first(field))]
    }),
  )
}

/** The first field of which nothing was said, or nothing that can be read. */
export const missingIn = (kind: ContentKind, draft: Draft): FieldName | undefined =>
  fieldsOf(kind).find(
    ({ name }) => (draft[name] ?? '').length === 0 || (name === 'document' && formOf(draft) === undefined),
  )?.name

function formOf({ document }: Draft): object | undefined {
  try {
    const form: unknown = JSON.parse(String(document))
    return typeof form === 'object' && form !== null ? form : undefined
  } catch {
    return undefined
  }
}

/** The server holds it against the description, whatever a page sends. */
export function contentOf(kind: ContentKind, draft: Draft): Content {
  if (kind === 'form') return { ...formOf(draft), kind } as unknown as Content
  const { months, ...rest } = draft
  const term = kind === 'retention' ? { months: Number(months) } : {}
  return { kind, ...rest, ...term } as unknown as Content
}
