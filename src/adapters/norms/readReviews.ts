import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Type from 'typebox'
import { readShape } from '#consent'
import {
  type Day,
  err,
  type Fault,
  inputFault,
  jsonPath,
  ok,
  parseDay,
  type Result,
  type Sha256Hex,
} from '#kernel'
import type { ReviewRecord } from '#usecases'
import { readJsonFile } from '../files/readJson.ts'

const Row = Type.Object(
  {
    instrument: Type.String({ minLength: 1 }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    by: Type.String({ minLength: 1 }),
    on: Type.String({ format: 'date' }),
    verdict: Type.Union([Type.Literal('agreed'), Type.Literal('objected')]),
    note: Type.String(),
  },
  { additionalProperties: false },
)
const Reviews = Type.Object(
  { version: Type.String(), source: Type.String(), licence: Type.String(), rows: Type.Array(Row) },
  { additionalProperties: false },
)

/** Who reviewed which instrument, as it was then; a folder without the file has had no review. */
export async function readReviews(folder: string): Promise<Result<readonly ReviewRecord[], Fault>> {
  const file = join(folder, 'reviews.json')
  if (!existsSync(file)) return ok([])
  const document = await readJsonFile(file)
  if (!document.ok) return document
  const reviews = readShape(Reviews, document.value, `${file} $`, 'reviews.shape')
  if (!reviews.ok) return reviews
  const { rows } = reviews.value
  const undated = rows.findIndex(({ on }) => parseDay(on) === undefined)
  if (undated >= 0)
    return err(
      inputFault(
        'reviews.date',
        `${file} $${jsonPath(['rows', String(undated), 'on'])}`,
        'no day',
        'a day, YYYY-MM-DD',
      ),
    )
  return ok(rows.map((row) => ({ ...row, on: row.on as Day, sha256: row.sha256 as Sha256Hex })))
}
