import { open, stat } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import type { TBI } from '@gmod/tabix'
import { contigName, type Position, reachOf } from '#genome'
import { unlessErrno } from '../files/errno.ts'

/** A place in a BGZF file: where a block begins, and how far into its text. */
export type Place = { readonly blockPosition: number; readonly dataPosition: number }

/** Text of one contig that holds every record of interest, from the start of a line to the end of one. */
export type Stretch = { readonly contig: string; readonly from: Place; readonly to: Place }

export type TabixIndex = {
  /** Contigs with records, as the file spells them. */
  readonly contigs: readonly string[]
  readonly records: number | null
  readonly stretches: readonly Stretch[]
  /** Behind the last record of the file. */
  readonly end: Place
}

/** An index of a whole genome has some megabytes; unpacked it may have ten times as many. */
const mostBytes = 1 << 25
const mostUnpacked = 1 << 28
/** The library takes intervals half-open and moves both ends by one: wider ones leave nothing to doubt. */
const margin = 3

/** The index beside a file: `.tbi` or `.csi`. */
export async function findIndex(path: string) {
  for (const kind of ['tbi', 'csi'] as const) {
    const file = `${path}.${kind}`
    const found = await unlessErrno(stat(file), 'ENOENT', 'ENOTDIR')
    if (found?.isFile()) return { file, kind, changed: found.mtimeMs, size: found.size }
  }
  return undefined
}

/** Where records stand that can speak of the positions. Throws whatever the library throws at a damaged index. */
export async function readIndex(
  { file, kind, size }: { readonly file: string; readonly kind: 'tbi' | 'csi'; readonly size: number },
  positions: readonly Position[],
): Promise<TabixIndex> {
  if (size > mostBytes) throw new RangeError('an index of this size is none')
  const bytes = new Uint8Array(await readWhole(file))
  gunzipSync(bytes, { maxOutputLength: mostUnpacked })
  const { CSI, TBI } = await import('@gmod/tabix')
  const index = new (kind === 'tbi' ? TBI : CSI)({ filehandle: inMemory(bytes) })
  const { refIdToName, indices } = await index.parse()
  const contigs: string[] = []
  const stretches: Stretch[] = []
  let end: Place = { blockPosition: 0, dataPosition: 0 }
  let records: number | null = 0
  for (const [i, contig] of refIdToName.entries()) {
    const bins = Object.values(indices(i)?.binIndex ?? {}).flat()
    if (bins.length === 0) continue
    contigs.push(contig)
    for (const { maxv } of bins) if (isBefore(end, maxv)) end = maxv
    const count = await index.lineCount(contig)
    records = records === null || count < 0 ? null : records + count
    const found = await Promise.all(
      windowsOf(contig, positions).map(([from, to]) => index.blocksForRange(contig, from, to, {})),
    )
    stretches.push(...join(found.flat().map(({ minv, maxv }) => ({ contig, from: minv, to: maxv }))))
  }
  return { contigs, records, stretches, end }
}

async function readWhole(file: string): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

/** What the library calls a file. */
const inMemory = (bytes: Uint8Array<ArrayBuffer>): ConstructorParameters<typeof TBI>[0]['filehandle'] => ({
  read: async (length, position) => bytes.slice(position, position + length),
  // Its second form, with an encoding, is never called for an index.
  readFile: (async () => bytes) as never,
  stat: async () => ({ size: bytes.length }),
  close: async () => {},
})

const isBefore = (a: Place, b: Place): boolean =>
  a.blockPosition < b.blockPosition ||
  (a.blockPosition === b.blockPosition && a.dataPosition < b.dataPosition)

/** Zero-based intervals, those that meet joined. */
function windowsOf(contig: string, positions: readonly Position[]): (readonly [number, number])[] {
  const chrom = contigName(contig)
  const wanted = positions
    .filter((position) => position.chrom === chrom)
    .map((position) => [Math.max(0, position.pos - margin), reachOf(position) + margin] as const)
    .sort(([a], [b]) => a - b)
  const windows: [number, number][] = []
  for (const [from, to] of wanted) {
    const last = windows.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else windows.push([from, to])
  }
  return windows
}

/** No byte twice: a record read twice would look like one that stands in the file twice. */
function join(stretches: Stretch[]): Stretch[] {
  const joined: Stretch[] = []
  for (const stretch of stretches.sort((a, b) => (isBefore(a.from, b.from) ? -1 : 1))) {
    const last = joined.at(-1)
    if (last === undefined || isBefore(last.to, stretch.from)) joined.push(stretch)
    else if (isBefore(last.to, stretch.to)) joined[joined.length - 1] = { ...last, to: stretch.to }
  }
  return joined
}
