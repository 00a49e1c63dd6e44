import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import {
  blockLength,
  endOfBgzf,
  type GenomeFile,
  namesLine,
  type Position,
  type ReadOptions,
  type VcfScanner,
} from '#genome'
import type { Sha256Hex } from '#kernel'
import { inflateBlocks } from './decompress.ts'
import { findIndex, type Place, readIndex, type Stretch, type TabixIndex } from './tabixIndex.ts'

const newline = 10
const hash = 35
const longestBlock = 1 << 16

type Index = GenomeFile['source']['index']

/** The index cannot be relied on; then the whole file is read, and the message is told. */
class Unfit extends Error {}

/**
 * Reads only those parts of a BGZF file that its index names, when one lies beside it. The digest is still of every byte.
 * Where anything is odd, or a message would name a line, the answer is to read the whole file: both ways must say the same.
 * What is not read is not checked either: damage elsewhere in the file stays unseen.
 */
export async function readIndexed(
  path: string,
  positions: readonly Position[],
  scanner: VcfScanner,
  { onProgress, mostBytes }: Pick<ReadOptions, 'onProgress'> & { readonly mostBytes: number },
): Promise<{ readonly file: GenomeFile } | { readonly index: Index }> {
  const found = await findIndex(path)
  if (found === undefined) return { index: null }
  const handle = await open(path, 'r')
  try {
    const { mtimeMs, size } = await handle.stat()
    if (found.changed < mtimeMs) throw new Unfit('it is older than the file')
    // Beside the rest: while the one waits for the disk the other has work. Where the index is of no use nobody asks for it.
    const digest = digestOf(path, (read) => onProgress?.(read, size))
    digest.catch(() => undefined)
    const index = await readIndex(found, positions)
    await checkEnd(handle, size, index)
    const samples = await scanStretches({ handle, path, scanner, left: mostBytes }, index)
    const sha256 = await digest
    if ((await handle.stat()).mtimeMs !== mtimeMs) throw new Unfit('the file changed while it was read')
    const source = { file: path, sha256, records: index.records, index: { file: found.file, unused: null } }
    return { file: { source, assembly: 'GRCh38', samples } }
  } catch (error) {
    const unused = error instanceof Unfit ? error.message : 'it is damaged or of another file'
    return { index: { file: found.file, unused } }
  } finally {
    await handle.close()
  }
}

type Source = {
  readonly handle: FileHandle
  readonly path: string
  readonly scanner: VcfScanner
  left: number
}

async function scanStretches(source: Source, { contigs, stretches }: TabixIndex) {
  const { scanner } = source
  await pushHeader(source)
  for (const contig of contigs) scanner.noteContig(contig)
  for (const stretch of stretches) await pushStretch(source, stretch)
  scanner.jump()
  const scanned = scanner.finish()
  if (!scanned.ok) throw new Unfit('the file has a fault, which the whole of it locates')
  const { samples } = scanned.value
  if (samples.some(({ warnings }) => [...warnings.values()].flat().some(namesLine)))
    throw new Unfit('a remark names a line, which only the whole file tells')
  return samples
}

/** The library knows where the last record ends: an index that was made of a longer or shorter file ends elsewhere. */
async function checkEnd(handle: FileHandle, size: number, { end }: TabixIndex): Promise<void> {
  const tail = size - endOfBgzf.length
  const last = await readAt(handle, tail, endOfBgzf.length)
  if (!last.equals(endOfBgzf)) throw new Unfit('the file has no BGZF end block')
  if (end.blockPosition === tail && end.dataPosition === 0) return
  const [text, length] = await readBlock(handle, end.blockPosition)
  if (end.blockPosition + length !== tail || end.dataPosition !== text.length)
    throw new Unfit('it does not end where the file does')
}

/** Lines that begin with `#`, up to the first other one. */
async function pushHeader({ path, scanner }: Source): Promise<void> {
  let header = ''
  let isLineStart = true
  for await (const chunk of inflateBlocks(stream(path, 0), path)) {
    const end = headerEnd(chunk, isLineStart)
    const part = end < 0 ? chunk : chunk.subarray(0, end)
    header += Buffer.from(part).toString('latin1')
    scanner.push(part)
    if (end >= 0) break
    isLineStart = chunk.at(-1) === newline
  }
  // An index knows a record by its REF and END; a variant whose length stands in SVLEN alone may reach further than it says.
  if (/^##(?:INFO=<ID=SVLEN|ALT=<ID=(?:DEL|DUP|INV|CNV))\b/m.test(header))
    throw new Unfit('the file may have variants whose length an index does not know')
}

function headerEnd(chunk: Uint8Array, isLineStart: boolean): number {
  if (isLineStart && chunk.length > 0 && chunk[0] !== hash) return 0
  for (let at = chunk.indexOf(newline); at >= 0 && at + 1 < chunk.length; at = chunk.indexOf(newline, at + 1))
    if (chunk[at + 1] !== hash) return at + 1
  return -1
}

async function pushStretch(source: Source, { contig, from, to }: Stretch): Promise<void> {
  const { handle, path, scanner } = source
  const start = Buffer.from(`${contig}\t`)
  let isFirst = true
  let last = newline
  scanner.jump()
  for await (const text of textBetween(handle, path, from, to)) {
    if (text.length === 0) continue
    source.left -= text.length
    if (source.left < 0) throw new Unfit('it names more than is read at most')
    if (isFirst && !start.equals(text.subarray(0, start.length)))
      throw new Unfit('it does not point at lines of the file')
    isFirst = false
    last = text.at(-1)!
    if (!scanner.push(text)) return
  }
  if (last !== newline) throw new Unfit('it does not point at lines of the file')
}

async function* textBetween(
  handle: FileHandle,
  path: string,
  from: Place,
  to: Place,
): AsyncIterable<Uint8Array> {
  let skip = from.dataPosition
  if (from.blockPosition < to.blockPosition)
    for await (const text of inflateBlocks(stream(path, from.blockPosition, to.blockPosition - 1), path)) {
      yield text.subarray(Math.min(skip, text.length))
      skip = Math.max(0, skip - text.length)
    }
  if (to.dataPosition === 0) return
  const [text] = await readBlock(handle, to.blockPosition)
  if (to.dataPosition > text.length) throw new Unfit('it does not point into the file')
  yield text.subarray(skip, to.dataPosition)
}

const stream = (path: string, start: number, end = Number.POSITIVE_INFINITY): AsyncIterable<Buffer> =>
  createReadStream(path, { start, end, highWaterMark: 1 << 18 })

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, Math.max(0, position))
  return buffer.subarray(0, bytesRead)
}

async function readBlock(handle: FileHandle, position: number): Promise<readonly [Uint8Array, number]> {
  const bytes = await readAt(handle, position, longestBlock)
  const length = blockLength(bytes, '')
  const texts: Uint8Array[] = []
  const block = (async function* () {
    yield bytes.subarray(0, length)
  })()
  for await (const text of inflateBlocks(block, '')) texts.push(text)
  return [Buffer.concat(texts), length]
}

async function digestOf(path: string, show: (read: number) => void): Promise<Sha256Hex> {
  const digest = createHash('sha256')
  let read = 0
  for await (const chunk of stream(path, 0)) {
    digest.update(chunk)
    read += chunk.length
    show(read)
  }
  return digest.digest('hex') as Sha256Hex
}
