import canonicalize from 'canonicalize'
import { equalBytes, fromUtf8, utf8 } from './encoding.ts'
import { isRecord, type Json, type JsonFault, parseInteroperable } from './json.ts'
import { err, ok, type Result } from './result.ts'

export type CanonicalFault = JsonFault | 'canonical.not-utf8' | 'canonical.other-spelling'

/** RFC 8785 bytes. Refuses lone surrogates, NaN and infinities, for which there are none. */
export function canonicalBytes(value: Json): Result<Uint8Array, 'canonical.not-i-json'> {
  return isInteroperable(value) ? ok(utf8(canonicalize(value as unknown)!)) : err('canonical.not-i-json')
}

/** The value whose canonical bytes these are, exactly; any other spelling of it is refused. */
export function parseCanonical(bytes: Uint8Array): Result<Json, CanonicalFault> {
  const text = fromUtf8(bytes)
  if (text === undefined) return err('canonical.not-utf8')
  const value = parseInteroperable(text)
  if (!value.ok) return err(value.error.code)
  const again = canonicalBytes(value.value)
  return again.ok && equalBytes(again.value, bytes) ? value : err('canonical.other-spelling')
}

/** Walks with a stack of its own, so that deep nesting cannot exhaust the call stack. */
function isInteroperable(root: unknown): boolean {
  const open: unknown[] = [root]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === 'string' ? !value.isWellFormed() : !isPlain(value)) return false
    if (Array.isArray(value)) for (const item of value) open.push(item)
    else if (isRecord(value)) for (const key of Object.keys(value)) open.push(key, value[key])
  }
  return true
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'number'
    ? Number.isFinite(value)
    : value === null || typeof value === 'boolean' || typeof value === 'object'
