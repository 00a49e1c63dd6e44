import { type CanonicalFault, err, type Json, parseCanonical, type Result } from '#kernel'

export type StrictJsonFault = CanonicalFault | 'json.too-deep'

const deepest = 64
const [quote, backslash] = [0x22, 0x5c]
const opening = new Set([0x5b, 0x7b])
const closing = new Set([0x5d, 0x7d])

/** Canonical JSON from an untrusted hand: nesting is bounded before any recursive reader sees it. */
export const parseUntrusted = (bytes: Uint8Array): Result<Json, StrictJsonFault> =>
  isShallow(bytes) ? parseCanonical(bytes) : err('json.too-deep')

function isShallow(bytes: Uint8Array): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (inString && byte === backslash) i++
    else if (byte === quote) inString = !inString
    else if (!inString && opening.has(byte) && ++depth > deepest) return false
    else if (!inString && closing.has(byte)) depth--
  }
  return true
}
