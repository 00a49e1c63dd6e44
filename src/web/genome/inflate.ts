import { Inflate, ungzip } from 'pako'
import { type Inflater, refusePacked } from '#genome'

type Chunks = AsyncIterable<Uint8Array>

/**
 * What gzip of laboratories needs and `DecompressionStream` of browsers does not do: a file of several members, as BGZF is,
 * is refused there behind the first.
 */
export const inflater: Inflater = { members: (bytes) => ungzip(bytes), stream: inflateGzip }

async function* inflateGzip(chunks: Chunks, file: string): Chunks {
  let member = startMember()
  for await (const chunk of inPieces(chunks)) {
    // A member that ended with the last chunk: here begins another one.
    if (member.hasEnded()) member = startMember()
    yield* member.push(chunk)
    if (member.isDamaged())
      refusePacked(file, 'a gzip stream that is damaged or cut short', 'the whole file, undamaged')
    if (member.hasEnded() && member.left() > 0)
      refusePacked(file, 'bytes after the gzip stream', 'one or several gzip streams')
  }
  if (!member.hasEnded())
    refusePacked(file, 'a gzip stream that is damaged or cut short', 'the whole file, undamaged')
}

/** Little enough that what it unpacks to, a thousand times as much at most, fits into the memory. */
const pieceSize = 1 << 16

async function* inPieces(chunks: Chunks): Chunks {
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += pieceSize) yield chunk.subarray(at, at + pieceSize)
}

/** Members that follow in the same chunk are read through; what is left behind the last one is counted. */
function startMember() {
  const inflate = new Inflate({ windowBits: 31, chunkSize: 1 << 18 })
  let unpacked: Uint8Array[] = []
  let left = () => 0
  inflate.onStart = (stream) => {
    left = () => stream.avail_in
  }
  inflate.onData = (bytes) => void unpacked.push(bytes)
  return {
    push: (chunk: Uint8Array): readonly Uint8Array[] => {
      unpacked = []
      inflate.push(chunk)
      return unpacked
    },
    hasEnded: () => inflate.ended && inflate.err === 0,
    isDamaged: () => inflate.err !== 0,
    left: () => left(),
  }
}
