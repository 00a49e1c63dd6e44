import { concatBytes } from '#kernel'
import { emptyRoot, hashLength, nodeHash } from './merkle.ts'
import { type TileRef, tileWidth } from './tiles.ts'

/** The hashes of a tile side by side; more than the needed width may come back, fewer is damaged storage. */
export type TileLookup = (level: number, index: number) => Uint8Array
export type Tile = { readonly ref: TileRef; readonly hashes: Uint8Array }

/** A perfect subtree: 2^height leaves, the index-th of its height. */
type Node = { readonly height: number; readonly index: number }
/** Leaves from `from` up to but not `to`. */
type Range = { readonly from: number; readonly to: number }

const tileHeight = 8
/** Complete hashes of a tile level in a tree of `size` leaves. */
const hashesAt = (level: number, size: number): number => Math.floor(size / tileWidth ** level)

/** Tiles at the right edge, one for each level that is not made of full tiles only: all that growing needs to read. */
export function tilesForGrowth(size: number): TileRef[] {
  const refs: TileRef[] = []
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    const width = hashesAt(level, size) % tileWidth
    if (width > 0) refs.push({ level, index: hashesAt(level + 1, size), width })
  }
  return refs
}

/** Root of the tree of `size` leaves (RFC 9162 §2.1.1); reads `tilesForGrowth(size)`. */
export const rootOf = (size: number, tiles: TileLookup): Uint8Array =>
  size === 0 ? emptyRoot : rangeHash({ from: 0, to: size }, topsOf(tiles))

/**
 * The tree of `size` leaves with more leaves appended. Reads `tilesForGrowth(size)`; answers every changed tile of
 * every level with all the hashes that it has then. A full tile never changes again.
 */
export function growTree(
  size: number,
  tiles: TileLookup,
  leafHashes: readonly Uint8Array[],
): { readonly size: number; readonly root: Uint8Array; readonly tiles: readonly Tile[] } {
  const changed = new Map<string, Tile>()
  let fresh = leafHashes
  for (let level = 0; fresh.length > 0; level++) {
    const row = growLevel(level, hashesAt(level, size), tiles, fresh)
    for (const tile of row) changed.set(`${level}/${tile.ref.index}`, tile)
    fresh = row.filter(({ ref }) => ref.width === tileWidth).map(({ hashes }) => perfectRoot(hashes))
  }
  const grown = size + leafHashes.length
  const lookup: TileLookup = (level, index) => changed.get(`${level}/${index}`)?.hashes ?? tiles(level, index)
  return { size: grown, root: rootOf(grown, lookup), tiles: [...changed.values()] }
}

function growLevel(level: number, known: number, tiles: TileLookup, fresh: readonly Uint8Array[]): Tile[] {
  const first = Math.floor(known / tileWidth)
  const grown: Tile[] = []
  let taken = 0
  while (taken < fresh.length) {
    const index = first + grown.length
    const kept = grown.length === 0 ? known % tileWidth : 0
    const more = fresh.slice(taken, taken + tileWidth - kept)
    const before = kept > 0 ? [hashesOf(tiles, level, index, 0, kept)] : []
    grown.push({ ref: { level, index, width: kept + more.length }, hashes: concatBytes(...before, ...more) })
    taken += more.length
  }
  return grown
}

export const tilesForInclusion = (index: number, size: number): TileRef[] =>
  tilesOf(inclusionRanges(index, size), size)

/** RFC 9162 §2.1.3.1: hashes from the leaf's sibling up to the root's child. */
export const inclusionProof = (index: number, size: number, tiles: TileLookup): Uint8Array[] =>
  inclusionRanges(index, size).map((range) => rangeHash(range, topsOf(tiles)))

/** The same for several entries of one tree: they share most of their subtrees, and each is hashed once. */
export function inclusionProofs(indices: readonly number[], size: number, tiles: TileLookup): Uint8Array[][] {
  const tops = topsOf(tiles)
  return indices.map((index) => inclusionRanges(index, size).map((range) => rangeHash(range, tops)))
}

export const tilesForConsistency = (size1: number, size2: number): TileRef[] =>
  tilesOf(consistencyRanges(size1, size2), size2)

/** RFC 9162 §2.1.4.1; empty between equal sizes and from the empty tree. */
export const consistencyProof = (size1: number, size2: number, tiles: TileLookup): Uint8Array[] =>
  consistencyRanges(size1, size2).map((range) => rangeHash(range, topsOf(tiles)))

function inclusionRanges(index: number, size: number): Range[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`no entry ${index} in a tree of ${size}`)
  const ranges: Range[] = []
  let from = 0
  let to = size
  while (to - from > 1) {
    const middle = from + splitOf(to - from)
    ranges.push(index < middle ? { from: middle, to } : { from, to: middle })
    if (index < middle) to = middle
    else from = middle
  }
  return ranges.reverse()
}

function consistencyRanges(size1: number, size2: number): Range[] {
  if (!(size1 >= 0 && size1 <= size2)) throw new RangeError(`a tree of ${size2} does not continue ${size1}`)
  if (size1 === 0) return []
  const ranges: Range[] = []
  let from = 0
  let to = size2
  while (to !== size1) {
    const middle = from + splitOf(to - from)
    ranges.push(size1 <= middle ? { from: middle, to } : { from, to: middle })
    if (size1 <= middle) to = middle
    else from = middle
  }
  // The old tree itself is known to the verifier; any other subtree that ends it is not.
  if (from > 0) ranges.push({ from, to })
  return ranges.reverse()
}

/** The largest power of two below n ≥ 2. */
function splitOf(n: number): number {
  let split = 1
  while (split * 2 < n) split *= 2
  return split
}

/** The perfect subtrees of a range, widest first; a range of a proof starts at a multiple of its widest. */
function nodesOf({ from, to }: Range): Node[] {
  const nodes: Node[] = []
  let start = from
  while (start < to) {
    let height = 0
    while (2 ** (height + 1) <= to - start) height++
    nodes.push({ height, index: start / 2 ** height })
    start += 2 ** height
  }
  return nodes
}

/** Tops of subtrees of one tree, each computed when it is first asked for. */
function topsOf(tiles: TileLookup): (node: Node) => Uint8Array {
  const known = new Map<string, Uint8Array>()
  return (node) => {
    const key = `${node.height}/${node.index}`
    const top = known.get(key) ?? hashOf(node, tiles)
    known.set(key, top)
    return top
  }
}

const rangeHash = (range: Range, topOf: (node: Node) => Uint8Array): Uint8Array =>
  nodesOf(range)
    .map(topOf)
    .reduceRight((right, left) => nodeHash(left, right))

/** Where a perfect subtree's top is found: `count` hashes of a tile, from `offset`. */
function placeOf({ height, index }: Node) {
  const level = Math.floor(height / tileHeight)
  const count = 2 ** (height % tileHeight)
  const first = index * count
  return { level, tile: Math.floor(first / tileWidth), offset: first % tileWidth, count }
}

function hashOf(node: Node, tiles: TileLookup): Uint8Array {
  const { level, tile, offset, count } = placeOf(node)
  return perfectRoot(hashesOf(tiles, level, tile, offset, count))
}

function hashesOf(
  tiles: TileLookup,
  level: number,
  index: number,
  offset: number,
  count: number,
): Uint8Array {
  const hashes = tiles(level, index)
  const end = (offset + count) * hashLength
  if (hashes.length < end)
    throw new RangeError(`tile ${level}/${index} holds ${hashes.length} of ${end} bytes`)
  return hashes.subarray(offset * hashLength, end)
}

/** Top of 2^n hashes side by side. */
function perfectRoot(hashes: Uint8Array): Uint8Array {
  if (hashes.length === hashLength) return hashes.slice()
  const middle = hashes.length / 2
  return nodeHash(perfectRoot(hashes.subarray(0, middle)), perfectRoot(hashes.subarray(middle)))
}

function tilesOf(ranges: readonly Range[], size: number): TileRef[] {
  const refs = new Map<string, TileRef>()
  for (const node of ranges.flatMap(nodesOf)) {
    const { level, tile } = placeOf(node)
    const width = Math.min(tileWidth, hashesAt(level, size) - tile * tileWidth)
    refs.set(`${level}/${tile}`, { level, index: tile, width })
  }
  return [...refs.values()]
}
