import { promisify } from 'node:util'
import { createGunzip, gunzip, type ZlibOptions } from 'node:zlib'
import { type Inflater, refusePacked, unpack, unpackBlocks } from '#genome'
import { FaultError } from '#kernel'

type Chunks = AsyncIterable<Uint8Array>

const inflateMembers = promisify<Uint8Array, ZlibOptions, Uint8Array>(gunzip)

const inflater: Inflater = {
  // One piece that everything fits into: each further one would be a turn of its own.
  members: (bytes, size) => inflateMembers(bytes, { chunkSize: size + 64, maxOutputLength: size + 64 }),
  stream: inflateGzip,
}

/** Plain bytes of a file that is plain, gzip or BGZF, by Node's zlib. */
export const decompress = (chunks: Chunks, file: string): Chunks => unpack(chunks, file, inflater)

/** A run of whole BGZF blocks, which need not be a whole file. */
export const inflateBlocks = (chunks: Chunks, file: string): Chunks => unpackBlocks(chunks, file, inflater)

async function* inflateGzip(chunks: Chunks, file: string): Chunks {
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
    refusePacked(file, 'a gzip stream that is damaged or cut short', 'the whole file, undamaged')
  } finally {
    gunzip.destroy()
    await feeding
  }
  if (gunzip.bytesWritten !== given)
    refusePacked(file, 'bytes after the gzip stream', 'one or several gzip streams')
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
