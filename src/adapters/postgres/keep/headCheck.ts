import { openCheckpoint, parseVerifierKey } from '#evidence'
import { equalBytes } from '#kernel'
import type { Session } from '../database.ts'
import type { Head } from '../log/tree.ts'
import type { Found } from './found.ts'

type Tree = { readonly size: number; readonly root: Uint8Array }

/** Walks the checkpoints beside the tree, by size. */
export class HeadCheck {
  count = 0
  private heads: readonly Head[] = []
  private after = -1
  private readonly key: ReturnType<typeof parseVerifierKey>
  private readonly session: Session
  private readonly found: Found

  constructor(session: Session, vkey: string, found: Found) {
    this.session = session
    this.key = parseVerifierKey(vkey)
    this.found = found
  }

  async next(): Promise<Head | undefined> {
    if (this.heads.length > 0) return this.heads[0]
    const sql = 'select size, root, note from habeas_log.checkpoints where size > $1 order by size limit 500'
    this.heads = await this.session.query<Head>(sql, [this.after])
    return this.heads[0]
  }

  /** Compares the checkpoint of this size, if there is one. */
  async closeAt(tree: Tree): Promise<void> {
    const head = await this.next()
    if (head?.size !== tree.size) return
    this.count++
    this.after = head.size
    this.heads = this.heads.slice(1)
    if (!equalBytes(head.root, tree.root)) this.found('checkpoint.root', `checkpoint ${head.size}`)
    if (!this.isSigned(head, tree)) this.found('checkpoint.note', `checkpoint ${head.size}`)
  }

  /** The whole tree is signed, and nothing beyond it. */
  async finishAt({ size }: Tree): Promise<void> {
    if (this.after !== size) this.found('checkpoint.missing', `size ${size}`)
    const beyond = await this.next()
    if (beyond) this.found('checkpoint.beyond', `checkpoint ${beyond.size}`)
  }

  private isSigned({ note, size }: Head, { root }: Tree): boolean {
    const opened = this.key.ok ? openCheckpoint(note, this.key.value) : this.key
    return (
      opened.ok && opened.value.checkpoint.size === size && equalBytes(opened.value.checkpoint.root, root)
    )
  }
}
