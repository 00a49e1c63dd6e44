import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Leaf hash at an index of an exported log, read as a stranger would. */
export function exportedLeaf(log: string, index: number): Uint8Array {
  const tile = String(Math.floor(index / 256)).padStart(3, '0')
  const full = join(log, 'tile/0', tile)
  const widths = Array.from({ length: 255 }, (_, i) => `${full}.p/${255 - i}`)
  const path = [full, ...widths].find((candidate) => existsSync(candidate))
  assert.ok(path, `no tile ${tile}`)
  const offset = 32 * (index % 256)
  return readFileSync(path).subarray(offset, offset + 32)
}
