import { crc32, deflateRawSync } from 'node:zlib'

const endBlock = Buffer.from('1f8b08040000000000ff0600424302001b0003000000000000000000', 'hex')

/** One BGZF block, as section 4.1 of the SAM specification lays it out. */
function block(data: Buffer): Buffer {
  const body = deflateRawSync(data)
  const head = Buffer.from('1f8b08040000000000ff060042430200', 'hex')
  const size = Buffer.alloc(2)
  size.writeUInt16LE(head.length + 2 + body.length + 8 - 1)
  const tail = Buffer.alloc(8)
  tail.writeUInt32LE(crc32(data))
  tail.writeUInt32LE(data.length, 4)
  return Buffer.concat([head, size, body, tail])
}

export function bgzip(data: Buffer): Buffer {
  const blocks = Array.from({ length: Math.ceil(data.length / 60_000) }, (_, i) =>
    block(data.subarray(i * 60_000, (i + 1) * 60_000)),
  )
  return Buffer.concat([...blocks, endBlock])
}
