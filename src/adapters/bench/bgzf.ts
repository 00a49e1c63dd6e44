import { crc32, deflateRawSync } from 'node:zlib'

/** As section 4.1 of the SAM specification lays it out: gzip members that say how long they are. */
const head = Buffer.from('1f8b08040000000000ff060042430200', 'hex')
export const endOfBgzf = Buffer.from('1f8b08040000000000ff0600424302001b0003000000000000000000', 'hex')
export const blockSize = 65_280

/** One block of at most `blockSize` bytes of text. */
export function bgzfBlock(data: Buffer): Buffer {
  const body = deflateRawSync(data)
  const size = Buffer.alloc(2)
  size.writeUInt16LE(head.length + size.length + body.length + 8 - 1)
  const tail = Buffer.alloc(8)
  tail.writeUInt32LE(crc32(data))
  tail.writeUInt32LE(data.length, 4)
  return Buffer.concat([head, size, body, tail])
}
