import { type Fault, inputFault } from './fault.ts'
import { findSyntaxFlaw } from './jsonFlaw.ts'
import { jsonTokens } from './jsonTokens.ts'
import { err, ok, type Result } from './result.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export type JsonFault =
  | 'json.syntax'
  | 'json.duplicate-key'
  | 'json.lone-surrogate'
  | 'json.big-integer'
  | 'json.too-deep'
type Flaw = { readonly code: JsonFault; readonly offset: number }

const flawWords: Record<JsonFault, readonly [found: string, expected: string]> = {
  'json.syntax': ['text that is not JSON', 'JSON'],
  'json.duplicate-key': ['the same member twice in one object', 'each member once'],
  'json.lone-surrogate': ['half of a surrogate pair', 'Unicode text'],
  'json.too-deep': ['nesting beyond 200 levels', 'at most 200'],
  'json.big-integer': ['an integer beyond ±(2^53−1)', 'an integer that every reader reads alike'],
}

/**
 * I-JSON (RFC 7493): parsed, or a fault that names file and line and never quotes the content. A member
 * given twice is refused: readers differ in which one they take, and the other may be the withdrawal.
 */
export function parseJson(text: string, file: string): Result<Json, Fault<JsonFault>> {
  const parsed = parseInteroperable(text)
  if (parsed.ok) return parsed
  const { code, offset } = parsed.error
  const line = text.slice(0, offset).split('\n').length
  const [found, expected] = flawWords[code]
  return err(inputFault(code, `${file}:${line}`, text.trim() === '' ? 'an empty file' : found, expected))
}

export function parseInteroperable(text: string): Result<Json, Flaw> {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    return err({ code: 'json.syntax', offset: findSyntaxFlaw(text) })
  }
  const flaw = findFlaw(text)
  return flaw ? err(flaw) : ok(value)
}

/** Far beyond any record; readers that recurse must not be led to exhaust their stack. */
const deepest = 200

/** Tokens of text that is known to be JSON: what JSON.parse tolerates and I-JSON does not. */
function findFlaw(text: string): Flaw | undefined {
  const open: (Set<string> | undefined)[] = []
  let expectKey = false
  for (const { lexeme, index } of jsonTokens(text)) {
    const first = lexeme[0]
    if (first === '{' || first === '[') open.push(first === '{' ? new Set() : undefined)
    else if (first === '}' || first === ']') open.pop()
    if (open.length > deepest) return { code: 'json.too-deep', offset: index }
    const keys = open.at(-1)
    if (first === '"') {
      const string = JSON.parse(lexeme) as string
      if (!string.isWellFormed()) return { code: 'json.lone-surrogate', offset: index }
      if (expectKey && keys?.has(string)) return { code: 'json.duplicate-key', offset: index }
      if (expectKey) keys?.add(string)
    } else if (/^-?\d+$/.test(lexeme) && !Number.isSafeInteger(Number(lexeme))) {
      return { code: 'json.big-integer', offset: index }
    }
    expectKey = keys !== undefined && (first === '{' || first === ',')
  }
  return undefined
}

export const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The kind of a value in words, for messages that must not quote it. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
