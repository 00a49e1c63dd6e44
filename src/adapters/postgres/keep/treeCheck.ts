import { growTree, rootOf, type TileRef, tilesForGrowth, tileWidth } from '#evidence'
import { equalBytes } from '#kernel'
import type { Session } from '../database.ts'
import { readTiles } from '../log/tree.ts'

type Expected = { readonly ref: TileRef; readonly hashes: Uint8Array }

/** Grows the tree again from its leaves; holds its right edge and the tiles that are still to be compared. */
export class TreeCheck {
  size = 0
  root = rootOf(0, () => new Uint8Array(0))
  private readonly edge = new Map<string, Expected>()
  private full: Expected[] = []
  private tiles = 0

  grow(hashes: readonly Uint8Array[]): void {
    if (hashes.length === 0) return
    const lookup = (level: number, index: number) =>
      this.edge.get(`${level}/${index}`)?.hashes ?? new Uint8Array(0)
    const grown = growTree(this.size, lookup, hashes)
    for (const tile of grown.tiles) {
      if (tile.ref.width === tileWidth) this.full.push(tile)
      else this.edge.set(`${tile.ref.level}/${tile.ref.index}`, tile)
    }
    this.size = grown.size
    this.root = grown.root
    const needed = new Set(tilesForGrowth(this.size).map(({ level, index }) => `${level}/${index}`))
    for (const name of this.edge.keys()) if (!needed.has(name)) this.edge.delete(name)
  }

  /** Names of stored tiles that are not what the leaves make. */
  async compare(session: Session, last: boolean): Promise<string[]> {
    const expected = last ? [...this.full, ...this.edge.values()] : this.full
    this.full = []
    this.tiles += expected.length
    const refs = expected.map(({ ref }) => ref)
    const stored = await readTiles(session, refs)
    const wrong = expected
      .filter(({ ref, hashes }) => !equalBytes(stored(ref.level, ref.index), hashes))
      .map(({ ref }) => `tile ${ref.level}/${ref.index}`)
    if (!last) return wrong
    const [row] = await session.query<{ n: number }>('select count(*) as n from habeas_log.tiles')
    return row?.n === this.tiles ? wrong : [...wrong, 'tiles (number)']
  }
}
