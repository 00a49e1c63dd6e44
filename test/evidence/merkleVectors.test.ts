import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  emptyRoot,
  growTree,
  leafHash,
  openCheckpoint,
  parseVerifierKey,
  rootOf,
  tilePath,
  tilesForGrowth,
  verifyConsistency,
  verifyInclusion,
} from '#evidence'
import { equalBytes, expectOk, fromHex, sha256Hex, toBase64, toHex, utf8 } from '#kernel'
import { agree } from './agreement.ts'
import { bytesOf, listFiles, needsVectors, readBytes, readJson, readLines, readText } from './vectors.ts'

type Inclusion = {
  leafIdx: number
  treeSize: number
  leafHash: string
  root: string
  proof: string[] | null
}
type Consistency = { size1: number; size2: number; root1: string; root2: string; proof: string[] | null }

const isIncluded = ({ leafIdx, treeSize, leafHash: leaf, root, proof }: Inclusion): boolean =>
  verifyInclusion({
    leafHash: bytesOf(leaf),
    index: leafIdx,
    size: treeSize,
    root: bytesOf(root),
    proof: (proof ?? []).map(bytesOf),
  })
const isConsistent = ({ size1, size2, root1, root2, proof }: Consistency): boolean =>
  verifyConsistency({
    size1,
    size2,
    root1: bytesOf(root1),
    root2: bytesOf(root2),
    proof: (proof ?? []).map(bytesOf),
  })

const noTiles = (): Uint8Array => {
  throw new Error('nothing was stored yet')
}
const numbered = (size: number): Uint8Array[] =>
  Array.from({ length: size }, (_, i) => leafHash(utf8(`leaf-${i}`)))

test('merkle-go', needsVectors, (t) => {
  const inclusion = readLines<Inclusion & { valid: boolean; leaf?: string }>('merkle-go/inclusion.jsonl')
  agree(t, 'merkle-go inclusion', inclusion, (one) => isIncluded(one) === one.valid)
  const named = inclusion.filter(({ leaf }) => leaf !== undefined)
  agree(t, 'merkle-go leaf hashes', named, (one) => toBase64(leafHash(utf8(one.leaf!))) === one.leafHash)
  const consistency = readLines<Consistency & { valid: boolean }>('merkle-go/consistency.jsonl')
  agree(t, 'merkle-go consistency', consistency, (one) => isConsistent(one) === one.valid)
})

test('merkle-go roots, from leaves by growing one tree', needsVectors, (t) => {
  const roots = readLines<{ size: number; root: string }>('merkle-go/roots.jsonl')
  const largest = Math.max(...roots.map(({ size }) => size))
  const leaves = numbered(largest)
  const tiles = new Map<string, Uint8Array>()
  const lookup = (level: number, index: number) => tiles.get(`${level}/${index}`) ?? noTiles()
  const made = new Map<number, string>()
  let size = 0
  for (const { size: next } of roots.toSorted((a, b) => a.size - b.size)) {
    const grown = growTree(size, lookup, leaves.slice(size, next))
    for (const { ref, hashes } of grown.tiles) tiles.set(`${ref.level}/${ref.index}`, hashes)
    made.set(next, toBase64(grown.root))
    size = grown.size
  }
  agree(t, 'merkle-go roots', roots, (one) => made.get(one.size) === one.root)
})

test('transparency-dev merkle (the draft subtree sets are left out)', needsVectors, (t) => {
  const inclusion = listFiles('merkle-transparency-dev/inclusion').map((path) =>
    readJson<Inclusion & { wantErr: boolean }>(path),
  )
  agree(t, 'transparency-dev inclusion', inclusion, (one) => isIncluded(one) !== one.wantErr)
  const consistency = listFiles('merkle-transparency-dev/consistency').map((path) =>
    readJson<Consistency & { wantErr: boolean }>(path),
  )
  agree(t, 'transparency-dev consistency', consistency, (one) => isConsistent(one) !== one.wantErr)
})

test('RFC 6962 known tree', needsVectors, (t) => {
  type KnownTree = { leafInputsHex: string[]; rootsBySizeHex: string[]; nodeHashesFlatHex: string[] }
  const tree = readJson<KnownTree>('rfc6962-known-tree.json')
  const leaves = tree.leafInputsHex.map((hex) => leafHash(fromHex(hex)!))
  const rootAt = (size: number) => toHex(growTree(0, noTiles, leaves.slice(0, size)).root)
  agree(t, 'rfc6962 roots', [...tree.rootsBySizeHex.entries()], ([size, root]) => rootAt(size) === root)
  agree(
    t,
    'rfc6962 leaf hashes',
    [...leaves.entries()],
    ([i, leaf]) => toHex(leaf) === tree.nodeHashesFlatHex[i],
  )
})

test('tlog-tiles manifest', needsVectors, (t) => {
  type Manifest = { size: number; root: string; files: Record<string, { len: number; sha256: string }> }
  const manifests = readLines<Manifest>('tlog-tiles/manifest.jsonl')
  agree(t, 'tlog-tiles trees', manifests, ({ size, root, files }) => {
    const grown = growTree(0, noTiles, numbered(size))
    const made = grown.tiles.map(({ ref, hashes }) => [
      tilePath(ref),
      { len: hashes.length, sha256: sha256Hex(hashes) },
    ])
    assert.deepEqual(Object.fromEntries(made), files)
    return toBase64(grown.root) === root
  })
})

test('a Tessera log: checkpoints verify, and tiles of every size give their roots', needsVectors, (t) => {
  const logKey = expectOk(parseVerifierKey(readText('tessera-log/log.vkey').trimEnd()))
  const sizes = listFiles('tessera-log')
    .filter((path) => path.includes('checkpoint.'))
    .map((path) => Number(path.split('.').at(-1)))
  agree(t, 'tessera checkpoints', sizes, (size) => {
    const opened = expectOk(openCheckpoint(readText(`tessera-log/checkpoint.${size}`), logKey))
    assert.equal(opened.checkpoint.size, size)
    const paths = new Map(
      tilesForGrowth(size).map((ref) => [`${ref.level}/${ref.index}`, `tessera-log/${tilePath(ref)}`]),
    )
    const root = rootOf(size, (level, index) => readBytes(paths.get(`${level}/${index}`)!))
    return equalBytes(root, opened.checkpoint.root)
  })
})

test('the empty tree has the hash of nothing', () => {
  assert.equal(toHex(emptyRoot), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})
