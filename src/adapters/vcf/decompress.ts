import { createGunzip, gunzipSync } from 'node:zlib'
import { FaultError, inputFault } from '#kernel'

/** The empty block that ends a BGZF file (SAM specification, section 4.1.2). */
export const endOfBgzf = Buffer.from('1f8b08040000000000ff0600424302001b0003000000000000000000', 'hex')
/** Compressed bytes that are inflated at once: enough to make calls into zlib cheap, little enough to stay small. */
const groupSize = 1 << 18
const headerSize = 18

type Bytes = AsyncIterable<Buffer>

function fail(file: string, found: string, expected: string): never {
  throw new FaultError(inputFault('vcf.compression', file, found, expected))
}

/** Plain bytes of a file that is plain, gzip or BGZF; which of them it is, its first bytes say. Checks sums and endings. */
export async function* decompress(chunks: Bytes, file: string): AsyncIterable<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]()
  let head: Buffer = Buffer.alloc(0)
  while (head.length < headerSize) {
    const { value, done } = await source.next()
    if (done === true) break
    head = Buffer.concat([head, value])
  }
  const rest = resume(head, source)
  if (head[0] !== 0x1f || head[1] !== 0x8b) yield* rest
  else if (isBgzfBlock(head, 0)) yield* inflateBgzf(rest, file)
  else yield* inflateGzip(rest, file)
}

async function* resume(head: Buffer, source: AsyncIterator<Buffer>): Bytes {
  if (head.length > 0) yield head
  try {
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value
  } finally {
    await source.return?.()
  }
}

/** A gzip member whose first extra field is `BC` of two bytes: the size of the block. */
const isBgzfBlock = (bytes: Buffer, at: number): boolean =>
  bytes.length >= at + headerSize &&
  bytes.readUInt32BE(at) === 0x1f8b0804 &&
  bytes.readUInt16LE(at + 10) >= 6 &&
  bytes.readUInt32BE(at + 12) === 0x42430200

async function* inflateBgzf(chunks: Bytes, file: string): AsyncIterable<Uint8Array> {
  let last: Buffer = Buffer.alloc(0)
  const keepEnd = (group: Buffer) => {
    last = Buffer.from(group.subarray(-endOfBgzf.length))
  }
  yield* inflateBlocks(chunks, file, keepEnd)
  if (!last.equals(endOfBgzf)) fail(file, 'no BGZF end block, so the file is cut short', 'the whole file')
}

/** A run of whole BGZF blocks, which need not be a whole file. */
export async function* inflateBlocks(
  chunks: Bytes,
  file: string,
  onGroup: (group: Buffer) => void = () => {},
): AsyncIterable<Uint8Array> {
  let pending: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    pending = Buffer.concat([pending, chunk])
    for (let size = groupOf(pending, file); size > 0; size = groupOf(pending, file)) {
      const group = pending.subarray(0, size)
      yield inflateGroup(group, file)
      onGroup(group)
      pending = pending.subarray(size)
    }
  }
  if (pending.length > 0) fail(file, 'a BGZF block cut short', 'the whole file')
}

/** Compressed length of the block that begins the bytes. */
export function blockLength(bytes: Buffer, file: string): number {
  if (!isBgzfBlock(bytes, 0)) fail(file, 'no BGZF block where one should begin', 'a BGZF block')
  return bytes.readUInt16LE(16) + 1
}

/** Length of the whole blocks at the front, up to a group; 0 when there is none yet. Each must begin like a block. */
function groupOf(bytes: Buffer, file: string): number {
  let size = 0
  while (size < groupSize && bytes.length - size >= headerSize) {
    if (!isBgzfBlock(bytes, size)) fail(file, 'bytes between BGZF blocks that are none', 'BGZF blocks')
    const next = size + bytes.readUInt16LE(size + 16) + 1
    if (next > bytes.length) break
    size = next
  }
  return size
}

function inflateGroup(group: Buffer, file: string): Uint8Array {
  try {
    return gunzipSync(group, { maxOutputLength: 1 << 28 })
  } catch {
    return fail(file, 'a BGZF block that is damaged', 'an undamaged file')
  }
}

async function* inflateGzip(chunks: Bytes, file: string): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip()
  let given = 0
  const feed = async () => {
    for await (const chunk of chunks) {
      given += chunk.length
      if (gunzip.destroyed) return
      if (!gunzip.write(chunk)) await drained(gunzip)
    }
    gunzip.end()
  }
  const feeding = feed().catch((error: unknown) => void gunzip.destroy(error as Error))
  try {
    for await (const chunk of gunzip) yield chunk as Buffer
  } catch (error) {
    if (error instanceof FaultError || !isZlibError(error)) throw error
    fail(file, 'a gzip stream that is damaged or cut short', 'the whole file, undamaged')
  } finally {
    gunzip.destroy()
    await feeding
  }
  if (gunzip.bytesWritten !== given) fail(file, 'bytes after the gzip stream', 'one or several gzip streams')
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')

const drained = (gunzip: ReturnType<typeof createGunzip>): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      gunzip.off('drain', done).off('close', done)
      resolve()
    }
    gunzip.on('drain', done).on('close', done)
  })
