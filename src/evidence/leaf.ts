import {
  canonicalBytes,
  err,
  expectOk,
  type Instant,
  isRecord,
  ok,
  parseInstant,
  type Result,
  type Sha256Hex,
} from '#kernel'
import { isDigest } from './commitment.ts'
import { parseUntrusted, type StrictJsonFault } from './strictJson.ts'

/** What the log itself shows of an entry: when, of which kind, and a commitment that says nothing by itself. */
export type Leaf = { readonly at: Instant; readonly kind: string; readonly commitment: Sha256Hex }
export type LeafFault = StrictJsonFault | 'leaf.too-long' | 'leaf.members'

/** Entry bundles give the length in 16 bits. */
const longestLeaf = 0xffff

/** Exact bytes of a log entry, at most 65,535; a leaf that no verifier would read is a bug and throws. */
export function leafBytes({ at, kind, commitment }: Leaf): Uint8Array {
  const bytes = expectOk(canonicalBytes({ at, commitment, kind, v: 1 }))
  expectOk(parseLeaf(bytes))
  return bytes
}

/** Strict: canonical, exactly `at`, `commitment`, `kind`, `v` = 1; the instant in its one spelling. */
export function parseLeaf(bytes: Uint8Array): Result<Leaf, LeafFault> {
  if (bytes.length > longestLeaf) return err('leaf.too-long')
  const parsed = parseUntrusted(bytes)
  if (!parsed.ok) return parsed
  const value: unknown = parsed.value
  if (!isRecord(value) || Object.keys(value).join() !== 'at,commitment,kind,v') return err('leaf.members')
  const { at, commitment, kind, v } = value
  const instant = typeof at === 'string' ? parseInstant(at) : undefined
  if (instant === undefined || instant !== at || v !== 1) return err('leaf.members')
  if (!isDigest(commitment) || typeof kind !== 'string' || kind === '') return err('leaf.members')
  return ok({ at: instant, kind, commitment })
}
