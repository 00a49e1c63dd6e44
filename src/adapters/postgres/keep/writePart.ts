import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Sha256Hex } from '#kernel'
import type { Session } from '../database.ts'
import type { TablePart } from './manifest.ts'
import { type KeptTable, partName } from './tables.ts'

const newline = 0x0a

/** Copies one table into a file, which is on the disk when this resolves. Nothing of it is held in memory. */
export async function writePart(
  session: Session,
  table: KeptTable,
  folder: string,
  onRows: (rows: number) => void,
): Promise<TablePart> {
  const columns = table.columns.map(([name]) => name).join(', ')
  const sql = `copy (select ${columns} from ${table.name} order by ${table.key.join(', ')}) to stdout`
  const counts = { rows: 0, bytes: 0, fileBytes: 0 }
  const hash = createHash('sha256')
  async function* counted() {
    for await (const chunk of session.copyOut(sql)) {
      counts.bytes += chunk.length
      const rows = linesIn(chunk)
      counts.rows += rows
      onRows(rows)
      yield chunk
    }
  }
  const handle = await open(join(folder, partName(table)), 'wx', 0o600)
  try {
    const zip: Transform = createGzip({ level: 6 })
    await pipeline(Readable.from(counted(), { objectMode: false }), zip, async (zipped) => {
      for await (const chunk of zipped as AsyncIterable<Uint8Array>) {
        hash.update(chunk)
        counts.fileBytes += chunk.length
        await writeAll(handle, chunk)
      }
    })
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { table: table.name, ...counts, sha256: hash.digest('hex') as Sha256Hex }
}

/** A write may take less than it was given, on a disk that is getting full. */
async function writeAll(handle: Awaited<ReturnType<typeof open>>, chunk: Uint8Array): Promise<void> {
  for (let from = 0; from < chunk.length; ) {
    from += (await handle.write(chunk, from, chunk.length - from)).bytesWritten
  }
}

/** COPY escapes the newlines of values, so each of these ends a row. */
function linesIn(chunk: Uint8Array): number {
  let lines = 0
  for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, at + 1)) lines++
  return lines
}
