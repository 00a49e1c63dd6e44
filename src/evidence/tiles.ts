import { concatBytes, err, ok, type Result } from '#kernel'

/** C2SP tlog-tiles: 256 hashes of one level side by side; `width` tells how many of them are there. */
export type TileRef = { readonly level: number; readonly index: number; readonly width: number }

export const tileWidth = 256
const longestEntry = 0xffff

export const tilePath = ({ level, index, width }: TileRef): string =>
  `tile/${level}/${numbered(index, width)}`
export const entriesPath = ({ index, width }: { readonly index: number; readonly width: number }): string =>
  `tile/entries/${numbered(index, width)}`

/** Index 1234067 is `x001/x234/067`; a partial tile ends in `.p/` and its width. */
function numbered(index: number, width: number): string {
  let path = threeDigits(index)
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${threeDigits(rest)}/${path}`
  }
  return width === tileWidth ? path : `${path}.p/${width}`
}

const threeDigits = (n: number): string => String(n % 1000).padStart(3, '0')

/** Entries of up to 65,535 bytes, each after its length as big-endian uint16. A longer one is a bug and throws. */
export function encodeEntryBundle(leaves: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...leaves.flatMap((leaf) => {
      if (leaf.length > longestEntry) throw new RangeError(`an entry of ${leaf.length} bytes`)
      return [Uint8Array.of(leaf.length >> 8, leaf.length & 0xff), leaf]
    }),
  )
}

export type BundleFault = 'bundle.truncated' | 'bundle.too-many'

/** The entries, or why the bytes are not a bundle of at most 256 whole entries. */
export function decodeEntryBundle(bytes: Uint8Array): Result<Uint8Array[], BundleFault> {
  const leaves: Uint8Array[] = []
  let offset = 0
  while (offset < bytes.length) {
    const start = offset + 2
    if (start > bytes.length) return err('bundle.truncated')
    offset = start + bytes[start - 2]! * 256 + bytes[start - 1]!
    if (offset > bytes.length) return err('bundle.truncated')
    if (leaves.length === tileWidth) return err('bundle.too-many')
    leaves.push(bytes.slice(start, offset))
  }
  return ok(leaves)
}
