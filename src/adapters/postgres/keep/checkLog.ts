import { commit, leafHash, parseLeaf, parseOpening } from '#evidence'
import { equalBytes } from '#kernel'
import type { Session } from '../database.ts'
import type { Found } from './found.ts'
import { HeadCheck } from './headCheck.ts'
import { TreeCheck } from './treeCheck.ts'

type Row = { index: number; leaf: Uint8Array; leaf_hash: Uint8Array; opening: Uint8Array | null }

const batch = 500

/** Grows the tree again from its leaves; every tile and every checkpoint on the way must be what the leaves make. */
export async function checkLog(session: Session, vkey: string, found: Found) {
  const tree = new TreeCheck()
  const heads = new HeadCheck(session, vkey, found)
  let erased = 0
  await heads.closeAt(tree)
  await session.query(`declare entries no scroll cursor for select e.index, e.leaf, e.leaf_hash, o.opening
    from habeas_log.entries e left join (select entry_id, opening from habeas.openings
      union all select entry_id, opening from habeas_door.events) o using (entry_id) order by e.index`)
  for (;;) {
    const rows = await session.query<Row>(`fetch ${batch} from entries`)
    if (rows.length === 0) break
    erased += rows.filter(({ opening }) => opening === null).length
    await growBy(rows, tree, heads, found)
    for (const where of await tree.compare(session, false)) found('tile.other', where)
  }
  for (const where of await tree.compare(session, true)) found('tile.other', where)
  await heads.finishAt(tree)
  return { entries: tree.size, erased, checkpoints: heads.count }
}

/** The tree stops at every size that a checkpoint was signed for. */
async function growBy(rows: readonly Row[], tree: TreeCheck, heads: HeadCheck, found: Found): Promise<void> {
  let hashes: Uint8Array[] = []
  for (const row of rows) {
    if (row.index !== tree.size + hashes.length) found('entry.index', `entry ${row.index}`)
    hashes.push(checkEntry(row, found))
    if ((await heads.next())?.size !== tree.size + hashes.length) continue
    tree.grow(hashes)
    hashes = []
    await heads.closeAt(tree)
  }
  tree.grow(hashes)
}

function checkEntry({ index, leaf, leaf_hash, opening }: Row, found: Found): Uint8Array {
  const hash = leafHash(leaf)
  if (!equalBytes(hash, leaf_hash)) found('entry.leaf-hash', `entry ${index}`)
  const parsed = parseLeaf(leaf)
  if (!parsed.ok) found('entry.leaf', `entry ${index}`)
  if (opening === null) return hash
  const opened = parseOpening(opening)
  const same =
    opened.ok && parsed.ok && commit(opened.value.salt, opened.value.payload) === parsed.value.commitment
  if (!same) found('opening.other', `entry ${index}`)
  return hash
}
