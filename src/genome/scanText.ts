import type { VcfScanner } from './scan.ts'

type Reading = {
  /** Whether the file is packed; asked once its first bytes were read. */
  readonly isPacked: () => boolean
  readonly most?: number
  readonly isStopped?: () => boolean
}

/** So much is unpacked behind a fault, to see whether the file is damaged. */
const mostBeyondFault = 1024 ** 3
const gzip = [0x1f, 0x8b]

/** Whether a file that begins so is gzip, or BGZF, which is gzip. */
export const beginsPacked = (head: Uint8Array): boolean => gzip.every((byte, i) => head[i] === byte)

/**
 * Gives a scanner all text of a file, up to a fault. Behind one, what is packed is unpacked on: the sum at its end says whether it is
 * as it was packed, and damage is told as that (thrown), not as the line that it shows in.
 */
export async function scanText(
  texts: AsyncIterable<Uint8Array>,
  scanner: VcfScanner,
  { isPacked, most = Number.POSITIVE_INFINITY, isStopped = () => false }: Reading,
): Promise<'read' | 'too-long' | 'stopped'> {
  let length = 0
  let end = most
  for await (const text of texts) {
    if (isStopped()) return 'stopped'
    length += text.length
    if (length > end) break
    if (scanner.push(text)) continue
    if (!isPacked()) break
    end = Math.min(end, length + mostBeyondFault)
  }
  return length > most ? 'too-long' : 'read'
}
