import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { equalBytes, expectOk, utf8 } from '#kernel'
import { emptyRoot, leafHash, nodeHash, verifyConsistency, verifyInclusion } from './merkle.ts'
import { decodeEntryBundle, encodeEntryBundle, entriesPath, type TileRef, tilePath } from './tiles.ts'
import {
  consistencyProof,
  growTree,
  inclusionProof,
  inclusionProofs,
  rootOf,
  type TileLookup,
  tilesForConsistency,
  tilesForGrowth,
  tilesForInclusion,
} from './tree.ts'

/** RFC 9162 §2.1, word for word and slow: the reference that the tiles must agree with. */
const splitOf = (n: number): number => (n <= 2 ? 1 : 2 * splitOf(Math.ceil(n / 2)))
const rootOfLeaves = (leaves: readonly Uint8Array[]): Uint8Array => {
  if (leaves.length <= 1) return leaves[0] ?? emptyRoot
  const k = splitOf(leaves.length)
  return nodeHash(rootOfLeaves(leaves.slice(0, k)), rootOfLeaves(leaves.slice(k)))
}
const pathOf = (m: number, leaves: readonly Uint8Array[]): Uint8Array[] => {
  if (leaves.length === 1) return []
  const k = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
  return m < k ? [...pathOf(m, left), rootOfLeaves(right)] : [...pathOf(m - k, right), rootOfLeaves(left)]
}
const subproofOf = (m: number, leaves: readonly Uint8Array[], isOld: boolean): Uint8Array[] => {
  if (m === leaves.length) return isOld ? [] : [rootOfLeaves(leaves)]
  const k = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
  return m <= k
    ? [...subproofOf(m, left, isOld), rootOfLeaves(right)]
    : [...subproofOf(m - k, right, false), rootOfLeaves(left)]
}

const leavesOf = (size: number): Uint8Array[] =>
  Array.from({ length: size }, (_, i) => leafHash(utf8(`entry ${i}`)))
const leaves = leavesOf(1400)

/** Storage that answers only what it was told to read, at exactly the width asked for. */
const shelf = () => {
  const held = new Map<string, Uint8Array>()
  const keep = ({ level, index }: TileRef, hashes: Uint8Array) => held.set(`${level}/${index}`, hashes)
  const only =
    (refs: readonly TileRef[]): TileLookup =>
    (level, index) => {
      const ref = refs.find((one) => one.level === level && one.index === index)
      assert.ok(ref, `tile ${level}/${index} was read but not announced`)
      return held.get(`${level}/${index}`)!.slice(0, ref.width * 32)
    }
  return { keep, only }
}

function plant(sizes: readonly number[]) {
  const { keep, only } = shelf()
  let size = 0
  for (const next of sizes) {
    const grown = growTree(size, only(tilesForGrowth(size)), leaves.slice(size, next))
    for (const { ref, hashes } of grown.tiles) {
      assert.equal(hashes.length, ref.width * 32)
      keep(ref, hashes)
    }
    assert.ok(equalBytes(grown.root, rootOfLeaves(leaves.slice(0, next))), `root at ${next}`)
    assert.equal(grown.size, next)
    size = next
  }
  return { size, only }
}

const size = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.constantFrom(254, 255, 256, 257, 511, 512, 513, 1023, 1024, 1025),
  fc.integer({ min: 1, max: 1400 }),
)

test('a tree grown in any batches has the root of its leaves, at every step', () => {
  fc.assert(
    fc.property(fc.array(size, { minLength: 1, maxLength: 5 }), (sizes) => {
      plant(sizes.toSorted((a, b) => a - b))
    }),
    { numRuns: 40 },
  )
})

test('proofs of several entries are those of each alone', () => {
  const tree = plant([1400])
  fc.assert(
    fc.property(size, fc.array(fc.nat(), { maxLength: 8 }), (n, seeds) => {
      const indices = seeds.map((seed) => seed % n)
      const needed = [...tilesForGrowth(n), ...indices.flatMap((index) => tilesForInclusion(index, n))]
      const proofs = inclusionProofs(indices, n, tree.only(needed))
      assert.deepEqual(
        proofs,
        indices.map((index) => pathOf(index, leaves.slice(0, n))),
      )
    }),
    { numRuns: 40 },
  )
})

test('proofs from tiles are those of the reference, and verify', () => {
  const tree = plant([1400])
  fc.assert(
    fc.property(size, fc.nat(), (n, seed) => {
      const index = seed % n
      const known = leaves.slice(0, n)
      const root = rootOf(n, tree.only(tilesForGrowth(n)))
      assert.deepEqual(root, rootOfLeaves(known))
      const proof = inclusionProof(index, n, tree.only(tilesForInclusion(index, n)))
      assert.deepEqual(proof, pathOf(index, known))
      const claim = { leafHash: leaves[index]!, index, size: n, root, proof }
      assert.ok(verifyInclusion(claim))
      assert.ok(!verifyInclusion({ ...claim, leafHash: leafHash(utf8('other')) }))
      if (n > 1) assert.ok(!verifyInclusion({ ...claim, index: (index + 1) % n }))
    }),
    { numRuns: 60 },
  )
  fc.assert(
    fc.property(size, size, (a, b) => {
      const [size1, size2] = [Math.min(a, b), Math.max(a, b)]
      const proof = consistencyProof(size1, size2, tree.only(tilesForConsistency(size1, size2)))
      assert.deepEqual(proof, subproofOf(size1, leaves.slice(0, size2), true))
      const [root1, root2] = [rootOfLeaves(leaves.slice(0, size1)), rootOfLeaves(leaves.slice(0, size2))]
      assert.ok(verifyConsistency({ size1, size2, root1, root2, proof }))
      const other = leafHash(utf8('other'))
      assert.ok(!verifyConsistency({ size1, size2, root1: other, root2, proof }))
      assert.ok(!verifyConsistency({ size1, size2, root1, root2: other, proof }))
    }),
    { numRuns: 60 },
  )
})

test('sizes beyond 32 bits are followed, and what is no size is refused', () => {
  const [leaf, sibling] = [leafHash(utf8('a')), leafHash(utf8('b'))]
  const height = 40
  const proof = Array.from({ length: height }, () => sibling)
  const root = proof.reduce((hash) => nodeHash(hash, sibling), leaf)
  assert.ok(verifyInclusion({ leafHash: leaf, index: 0, size: 2 ** height, root, proof }))
  assert.ok(!verifyInclusion({ leafHash: leaf, index: 2 ** 32, size: 2 ** height, root, proof }))
  for (const bad of [-1, 0.5, Number.NaN, 2 ** 53, 2 ** height]) {
    assert.ok(!verifyInclusion({ leafHash: leaf, index: bad, size: 2 ** height, root, proof }), `${bad}`)
  }
})

test('every tree continues the empty tree, with nothing to prove', () => {
  const root2 = rootOfLeaves(leavesOf(3))
  const claim = { size1: 0, size2: 3, root1: emptyRoot, root2, proof: [] }
  assert.ok(verifyConsistency(claim))
  assert.ok(!verifyConsistency({ ...claim, root1: root2 }))
  assert.ok(!verifyConsistency({ ...claim, proof: [root2] }))
  assert.deepEqual(
    consistencyProof(0, 3, () => assert.fail('reads nothing')),
    [],
  )
})

test('hashes of other lengths, joined to the same bytes, prove nothing', () => {
  const [a, b] = [leafHash(utf8('a')), leafHash(utf8('b'))]
  const root2 = nodeHash(a, b)
  const claim = { size1: 1, size2: 2, root1: a, root2, proof: [b] }
  assert.ok(verifyConsistency(claim))
  const shifted = Uint8Array.of(a[31]!, ...b)
  assert.ok(!verifyConsistency({ ...claim, root1: a.slice(0, 31), proof: [shifted] }))
  const inclusion = { leafHash: a.slice(0, 31), index: 0, size: 2, root: root2, proof: [shifted] }
  assert.ok(!verifyInclusion(inclusion))
})

test('a tile that holds too few hashes is damage, and no entry lies outside the tree', () => {
  assert.throws(() => rootOf(2, () => new Uint8Array(32)), RangeError)
  assert.throws(() => inclusionProof(3, 3, () => new Uint8Array(96)), RangeError)
  assert.throws(() => consistencyProof(4, 3, () => new Uint8Array(96)), RangeError)
})

test('tiles lie at the paths of the specification', () => {
  assert.equal(tilePath({ level: 0, index: 1234067, width: 256 }), 'tile/0/x001/x234/067')
  assert.equal(tilePath({ level: 2, index: 0, width: 1 }), 'tile/2/000.p/1')
  assert.equal(entriesPath({ index: 1000, width: 255 }), 'tile/entries/x001/000.p/255')
  const paths = tilesForGrowth(70_000).map(tilePath)
  assert.deepEqual(paths, ['tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1'])
})

test('an entry bundle holds whole entries, at most 256', () => {
  const longest = new Uint8Array(65_535).fill(7)
  for (const bundle of [[], [new Uint8Array(0)], [utf8('a'), longest], leavesOf(256)]) {
    assert.deepEqual(expectOk(decodeEntryBundle(encodeEntryBundle(bundle))), bundle)
  }
  const table: [bytes: number[], code: string][] = [
    [[0], 'bundle.truncated'],
    [[0, 2, 1], 'bundle.truncated'],
    [[0, 1, 1, 0], 'bundle.truncated'],
    [Array.from({ length: 514 }, () => 0), 'bundle.too-many'],
  ]
  for (const [bytes, code] of table) {
    assert.deepEqual(decodeEntryBundle(Uint8Array.from(bytes)), { ok: false, error: code })
  }
  assert.throws(() => encodeEntryBundle([new Uint8Array(65_536)]), RangeError)
})
