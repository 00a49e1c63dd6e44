import { err, fromBase64, ok, type Result, toBase64 } from '#kernel'
import { parseDecimal } from './decimal.ts'
import { hashLength } from './merkle.ts'

/** c2sp.org/tlog-proof@v1: where an entry stands in a log, and the checkpoint (a signed note) that says so. */
export type Proof = {
  /** Opaque and not authenticated: nobody may believe it. */
  readonly extra?: Uint8Array
  readonly index: number
  readonly hashes: readonly Uint8Array[]
  readonly checkpoint: string
}

export type ProofFault = 'proof.version' | 'proof.syntax' | 'proof.index' | 'proof.hash'

const version = 'c2sp.org/tlog-proof@v1'
/** Sizes are below 2^53, so no path is longer than that. */
const longestPath = 53

export function formatProof({ extra, index, hashes, checkpoint }: Proof): string {
  const lines = [
    version,
    ...(extra ? [`extra ${toBase64(extra)}`] : []),
    `index ${index}`,
    ...hashes.map(toBase64),
  ]
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/** Strict: what parses formats to the very same text. The checkpoint is handed on as it stands. */
export function parseProof(text: string): Result<Proof, ProofFault> {
  const end = text.indexOf('\n\n')
  const [first, ...lines] = text.slice(0, Math.max(end, 0)).split('\n')
  if (first !== version) return err('proof.version')
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()!.slice('extra '.length)) : null
  const indexLine = lines.shift()
  // No extra data is told by leaving the line out, so an empty one would be a second spelling.
  if (extra === undefined || extra?.length === 0 || !indexLine?.startsWith('index '))
    return err('proof.syntax')
  const index = parseDecimal(indexLine.slice('index '.length))
  if (index === undefined) return err('proof.index')
  const hashes = lines.map(fromBase64).filter((hash) => hash?.length === hashLength) as Uint8Array[]
  if (hashes.length !== lines.length || hashes.length > longestPath) return err('proof.hash')
  return ok({ ...(extra && { extra }), index, hashes, checkpoint: text.slice(end + 2) })
}
