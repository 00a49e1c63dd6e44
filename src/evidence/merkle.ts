import { concatBytes, equalBytes, sha256 } from '#kernel'

/** RFC 9162 §2.1: SHA-256 trees. Sizes and indices are safe integers, so halving is division, never a 32-bit shift. */
const leafPrefix = Uint8Array.of(0x00)
const nodePrefix = Uint8Array.of(0x01)
const half = (n: number): number => Math.floor(n / 2)
const isOdd = (n: number): boolean => n % 2 === 1

export const hashLength = 32
export const emptyRoot: Uint8Array = sha256(new Uint8Array(0))
export const leafHash = (leaf: Uint8Array): Uint8Array => sha256(concatBytes(leafPrefix, leaf))
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(concatBytes(nodePrefix, left, right))

const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0
const areHashes = (...hashes: readonly Uint8Array[]): boolean =>
  hashes.every(({ length }) => length === hashLength)

export type InclusionClaim = {
  readonly leafHash: Uint8Array
  readonly index: number
  /** From a signed checkpoint only: a proof can also fit a tree of another size. */
  readonly size: number
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** RFC 9162 §2.1.3.2. */
export function verifyInclusion({ leafHash, index, size, root, proof }: InclusionClaim): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || !areHashes(leafHash, root, ...proof)) return false
  let position = index
  let last = size - 1
  let hash = leafHash
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(position) || position === last) {
      hash = nodeHash(sibling, hash)
      while (!isOdd(position) && position !== 0) {
        position = half(position)
        last = half(last)
      }
    } else hash = nodeHash(hash, sibling)
    position = half(position)
    last = half(last)
  }
  return last === 0 && equalBytes(hash, root)
}

export type ConsistencyClaim = {
  readonly size1: number
  readonly size2: number
  readonly root1: Uint8Array
  readonly root2: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** RFC 9162 §2.1.4.2; every tree continues the empty one, with an empty proof. */
export function verifyConsistency({ size1, size2, root1, root2, proof }: ConsistencyClaim): boolean {
  if (!isSize(size1) || !isSize(size2) || size1 > size2 || !areHashes(root1, root2, ...proof)) return false
  if (size1 === size2) return proof.length === 0 && equalBytes(root1, root2)
  if (size1 === 0) return proof.length === 0 && equalBytes(root1, emptyRoot)
  const [first, ...rest] = isPowerOfTwo(size1) ? [root1, ...proof] : proof
  return proof.length > 0 && first !== undefined && climb(size1, size2, root1, root2, first, rest)
}

function climb(
  size1: number,
  size2: number,
  root1: Uint8Array,
  root2: Uint8Array,
  first: Uint8Array,
  rest: readonly Uint8Array[],
): boolean {
  let position = size1 - 1
  let last = size2 - 1
  while (isOdd(position)) {
    position = half(position)
    last = half(last)
  }
  let older = first
  let newer = first
  for (const hash of rest) {
    if (last === 0) return false
    if (isOdd(position) || position === last) {
      older = nodeHash(hash, older)
      newer = nodeHash(hash, newer)
      while (!isOdd(position) && position !== 0) {
        position = half(position)
        last = half(last)
      }
    } else newer = nodeHash(newer, hash)
    position = half(position)
    last = half(last)
  }
  return last === 0 && equalBytes(older, root1) && equalBytes(newer, root2)
}

function isPowerOfTwo(n: number): boolean {
  let rest = n
  while (rest > 1 && !isOdd(rest)) rest = half(rest)
  return rest === 1
}
