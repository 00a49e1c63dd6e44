import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type Fault, FaultError } from '#kernel'
import { readFault } from '../../files/readFile.ts'
import { parseCopyLine, type TextRow } from './copyText.ts'
import { damaged, type TablePart } from './manifest.ts'
import { type KeptTable, partName } from './tables.ts'

/** One row of ours is a few megabytes at the very most; a reader must not be led to hold more. */
const longestRow = 256 << 20

/**
 * The rows of a part, in the pieces in which they come. Throws a fault as soon as it is not what the manifest says, at the
 * latest after the last row: whoever used rows before that must be able to take it back.
 */
export async function* readPart(
  folder: string,
  table: KeptTable,
  part: TablePart,
): AsyncGenerator<TextRow[], void> {
  const path = join(folder, partName(table))
  const hash = createHash('sha256')
  let fileBytes = 0
  async function* fromFile() {
    for await (const chunk of chunksOf(path)) {
      fileBytes += chunk.length
      hash.update(chunk)
      if (fileBytes > part.fileBytes) throw new FaultError(other(path, 'a longer file'))
      yield chunk
    }
  }
  let rows = 0
  for await (const lines of linesOf(unzipped(fromFile(), path, part.bytes), path)) {
    rows += lines.length
    if (rows > part.rows) throw new FaultError(other(path, 'more rows'))
    yield lines.map((line, i) => {
      const row = parseCopyLine(line, table.columns.length)
      if (row) return row
      const place = `${path} row ${rows - lines.length + i + 1}`
      throw new FaultError(damaged(place, 'no row of this table', `${table.columns.length} fields`))
    })
  }
  if (rows !== part.rows) throw new FaultError(other(path, `${rows} rows`))
  if (fileBytes !== part.fileBytes || hash.digest('hex') !== part.sha256) {
    throw new FaultError(other(path, 'other bytes'))
  }
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>
  } catch (error) {
    throw new FaultError(readFault(path, error))
  }
}

/** Never more than `bytes` come out, whatever a few bytes that go in would unfold to. */
async function* unzipped(file: AsyncIterable<Buffer>, path: string, bytes: number): AsyncGenerator<Buffer> {
  const gunzip = createGunzip()
  pipeline(file, gunzip, () => undefined)
  let total = 0
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      total += chunk.length
      if (total > bytes) throw new FaultError(other(path, 'more bytes'))
      yield chunk
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw code?.startsWith('Z_') ? new FaultError(other(path, 'damaged gzip data')) : error
  }
  if (total !== bytes) throw new FaultError(other(path, `${total} bytes`))
}

async function* linesOf(chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<string[]> {
  let rest: Buffer[] = []
  let held = 0
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf('\n')
    if (end >= 0) {
      yield Buffer.concat([...rest, chunk.subarray(0, end)])
        .toString('utf8')
        .split('\n')
      rest = []
      held = 0
    }
    rest.push(chunk.subarray(end + 1))
    held += chunk.length - end - 1
    if (held > longestRow) throw new FaultError(other(path, 'a row without an end'))
  }
  if (held > 0) throw new FaultError(other(path, 'half a row'))
}

const other = (path: string, found: string): Fault =>
  damaged(path, found, 'what the manifest of the backup says')
