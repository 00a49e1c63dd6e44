import { concatBytes, equalBytes, FaultError, fromHex, inputFault } from '#kernel'

type Chunks = AsyncIterable<Uint8Array>

/** What a platform does for us: both check the sums that the file carries. */
export type Inflater = {
  /** All of some whole gzip members, which unpack to `size` bytes by what they say of themselves; throws when they are damaged. */
  readonly members: (bytes: Uint8Array, size: number) => Uint8Array | Promise<Uint8Array>
  /** One or several gzip members, as their bytes come. Refuses by `refusePacked` what is damaged, cut short or followed by other bytes. */
  readonly stream: (chunks: Chunks, file: string) => Chunks
}

/** The empty block that ends a BGZF file (SAM specification, section 4.1.2). */
export const endOfBgzf = fromHex('1f8b08040000000000ff0600424302001b0003000000000000000000')!
/** Compressed bytes that are inflated at once: enough to make calls into zlib cheap, little enough to stay small. */
const groupSize = 1 << 18
/** Text of a group, but for its last block: what was made to unpack to much more than it is fills no memory. */
const groupText = 1 << 22
const headerSize = 18
/** What a block unpacks to at most (SAM specification, section 4.1). */
const longestText = 1 << 16
/** Groups that are inflated while an earlier one is read: on another core, where the platform has one for it. */
const groupsAhead = 2

export function refusePacked(file: string, found: string, expected: string): never {
  throw new FaultError(inputFault('vcf.compression', file, found, expected))
}

/** Plain bytes of a file that is plain, gzip or BGZF; which of them it is, its first bytes say. Checks sums and endings. */
export async function* unpack(chunks: Chunks, file: string, inflater: Inflater): Chunks {
  const source = chunks[Symbol.asyncIterator]()
  let head: Uint8Array = new Uint8Array()
  while (head.length < headerSize) {
    const { value, done } = await source.next()
    if (done === true) break
    head = concatBytes(head, value)
  }
  const rest = resume(head, source)
  if (head[0] !== 0x1f || head[1] !== 0x8b) yield* rest
  else if (isBgzfBlock(head, 0)) yield* inflateBgzf(rest, file, inflater)
  else yield* inflater.stream(rest, file)
}

async function* resume(head: Uint8Array, source: AsyncIterator<Uint8Array>): Chunks {
  if (head.length > 0) yield head
  try {
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value
  } finally {
    await source.return?.()
  }
}

/** A gzip member whose first extra field is `BC` of two bytes: the size of the block. */
const isBgzfBlock = (bytes: Uint8Array, at: number): boolean =>
  bytes.length >= at + headerSize &&
  [0x1f, 0x8b, 0x08, 0x04].every((byte, i) => bytes[at + i] === byte) &&
  uint16(bytes, at + 10) >= 6 &&
  [0x42, 0x43, 0x02, 0x00].every((byte, i) => bytes[at + 12 + i] === byte)

const uint16 = (bytes: Uint8Array, at: number): number => bytes[at]! | (bytes[at + 1]! << 8)

async function* inflateBgzf(chunks: Chunks, file: string, inflater: Inflater): Chunks {
  let last: Uint8Array = new Uint8Array()
  yield* unpackBlocks(chunks, file, inflater, (group) => {
    last = group.slice(-endOfBgzf.length)
  })
  if (!equalBytes(last, endOfBgzf))
    refusePacked(file, 'no BGZF end block, so the file is cut short', 'the whole file')
}

/** A run of whole BGZF blocks, which need not be a whole file. */
export async function* unpackBlocks(
  chunks: Chunks,
  file: string,
  { members }: Inflater,
  onGroup: (group: Uint8Array) => void = () => {},
): Chunks {
  const groups = groupBlocks(chunks, file)
  const inflateNext = async (): Promise<Uint8Array | undefined> => {
    const { value, done } = await groups.next()
    if (done === true) return undefined
    onGroup(value.bytes)
    return inflateGroup(value, file, members)
  }
  // Awaited in order, so that the first fault of the file is the one that is told, wherever a later one was found first.
  const begun: Promise<Uint8Array | undefined>[] = []
  const begin = () => {
    const next = inflateNext()
    next.catch(() => {})
    begun.push(next)
  }
  for (let i = 0; i <= groupsAhead; i++) begin()
  try {
    for (let text = await begun.shift(); text !== undefined; text = await begun.shift()) {
      begin()
      yield text
    }
  } finally {
    await Promise.allSettled(begun)
    await groups.return(undefined)
  }
}

/** Some whole blocks, and what they unpack to. */
type Group = { readonly bytes: Uint8Array; readonly size: number }

async function* groupBlocks(chunks: Chunks, file: string): AsyncGenerator<Group, undefined, undefined> {
  let pending: Uint8Array = new Uint8Array()
  for await (const chunk of chunks) {
    pending = concatBytes(pending, chunk)
    for (let group = groupOf(pending, file); group.bytes.length > 0; group = groupOf(pending, file)) {
      yield group
      pending = pending.subarray(group.bytes.length)
    }
  }
  if (pending.length > 0) refusePacked(file, 'a BGZF block cut short', 'the whole file')
}

/** Compressed length of the block that begins the bytes. */
export function blockLength(bytes: Uint8Array, file: string): number {
  if (!isBgzfBlock(bytes, 0)) refusePacked(file, 'no BGZF block where one should begin', 'a BGZF block')
  return uint16(bytes, 16) + 1
}

/** The whole blocks at the front, up to a group; none when there is none yet. Each must begin like a block. */
function groupOf(bytes: Uint8Array, file: string): Group {
  let length = 0
  let size = 0
  while (length < groupSize && size < groupText && bytes.length - length >= headerSize) {
    if (!isBgzfBlock(bytes, length))
      refusePacked(file, 'bytes between BGZF blocks that are none', 'BGZF blocks')
    const next = length + uint16(bytes, length + 16) + 1
    if (next > bytes.length) break
    const text = uint16(bytes, next - 4) + uint16(bytes, next - 2) * 0x10000
    if (text > longestText) refusePacked(file, 'a BGZF block that is damaged', 'an undamaged file')
    size += text
    length = next
  }
  return { bytes: bytes.subarray(0, length), size }
}

async function inflateGroup(
  { bytes, size }: Group,
  file: string,
  members: Inflater['members'],
): Promise<Uint8Array> {
  try {
    return await members(bytes, size)
  } catch {
    return refusePacked(file, 'a BGZF block that is damaged', 'an undamaged file')
  }
}
