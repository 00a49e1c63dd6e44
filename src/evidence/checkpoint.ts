import { equalBytes, err, fromBase64, ok, type Result, toBase64, utf8 } from '#kernel'
import { parseDecimal } from './decimal.ts'
import { emptyRoot, hashLength } from './merkle.ts'
import { formatNote, type NoteFault, openNote, type Signer } from './note.ts'
import { isSameKey, type VerifierKey } from './verifierKey.ts'

/** Head of a log: which log, how many entries, under which root (32 bytes). */
export type TreeHead = { readonly origin: string; readonly size: number; readonly root: Uint8Array }
/** C2SP tlog-checkpoint 1.0.0. We write no extension lines; others' are read. */
export type Checkpoint = TreeHead & { readonly extensions: readonly string[] }

export type CheckpointFault =
  | 'checkpoint.lines'
  | 'checkpoint.size'
  | 'checkpoint.root'
  | 'checkpoint.origin'
  | 'checkpoint.not-by-log'

export const formatCheckpoint = (
  { origin, size, root }: TreeHead,
  extensions: readonly string[] = [],
): string => [origin, size, toBase64(root), ...extensions].map((line) => `${line}\n`).join('')

/** Of a note's text, strictly: sizes without leading zeros, roots of 32 bytes in canonical base64. */
export function parseCheckpoint(text: string): Result<Checkpoint, CheckpointFault> {
  const lines = text.split('\n')
  const last = lines.pop()
  const [origin, sizeLine, rootLine, ...extensions] = lines
  if (last !== '' || origin === undefined || sizeLine === undefined || rootLine === undefined) {
    return err('checkpoint.lines')
  }
  if (lines.includes('')) return err('checkpoint.lines')
  const size = parseDecimal(sizeLine)
  if (size === undefined) return err('checkpoint.size')
  const root = fromBase64(rootLine)
  if (root?.length !== hashLength) return err('checkpoint.root')
  if (size === 0 && !equalBytes(root, emptyRoot)) return err('checkpoint.root')
  return ok({ origin, size, root, extensions })
}

/** A checkpoint signed by its own log, with every known key that signed it. */
export function openCheckpoint(
  note: string,
  logKey: VerifierKey,
  otherKeys: readonly VerifierKey[] = [],
): Result<
  { readonly checkpoint: Checkpoint; readonly verified: readonly VerifierKey[] },
  NoteFault | CheckpointFault
> {
  const opened = openNote(note, [logKey, ...otherKeys])
  if (!opened.ok) return opened
  const { text, verified } = opened.value
  if (!verified.some((key) => isSameKey(key, logKey))) return err('checkpoint.not-by-log')
  const checkpoint = parseCheckpoint(text)
  if (!checkpoint.ok) return checkpoint
  if (checkpoint.value.origin !== logKey.name) return err('checkpoint.origin')
  return ok({ checkpoint: checkpoint.value, verified })
}

/** The signed note of a tree head. The signer's key must be the log's own, named like it; anything else is a bug. */
export async function signCheckpoint(signer: Signer, head: TreeHead): Promise<string> {
  const { name, id, type } = signer.key
  const text = formatCheckpoint(head)
  if (type !== 'ed25519' || name !== head.origin || !parseCheckpoint(text).ok) {
    throw new RangeError('this key cannot sign this checkpoint')
  }
  const signature = await signer.sign(utf8(text))
  return formatNote({ text, signatures: [{ name, id, signature }] })
}
