import type { Session } from '../database.ts'
import type { TextRow } from './copyText.ts'
import type { KeptTable } from './tables.ts'

const mostRows = 1000
const mostCharacters = 4 << 20

/** Lays down rows in batches; an identity column keeps what it had. (COPY … FROM is refused under row-level security.) */
export async function insertRows(
  session: Session,
  table: KeptTable,
  pieces: AsyncIterable<readonly TextRow[]>,
  onRows: (rows: number) => void,
): Promise<void> {
  let batch: TextRow[] = []
  let characters = 0
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await insert(session, table, batch)
    onRows(batch.length)
    batch = []
    characters = 0
  }
  for await (const rows of pieces) {
    for (const row of rows) {
      batch.push(row)
      for (const field of row) characters += field?.length ?? 0
      if (batch.length >= mostRows || characters >= mostCharacters) await flush()
    }
  }
  await flush()
}

async function insert(
  session: Session,
  { name, columns }: KeptTable,
  rows: readonly TextRow[],
): Promise<void> {
  const names = columns.map(([column]) => column).join(', ')
  const arrays = columns.map((_, i) => `$${i + 1}::text[]`).join(', ')
  const values = columns.map(([column, type]) => `${column}::${type}`).join(', ')
  await session.query(
    `insert into ${name} (${names}) overriding system value
       select ${values} from unnest(${arrays}) as given (${names})`,
    columns.map((_, i) => rows.map((row) => row[i])),
  )
}
