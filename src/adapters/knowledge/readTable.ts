import { readFile } from 'node:fs/promises'
import { err, type Fault, type Json, ok, parseJson, type Result, surroundingsFault } from '#kernel'

/** A table that came with the program: if it is missing or damaged, the installation is, not what the user gave. */
export async function readTable(path: string): Promise<Result<Json, Fault>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch {
    return err(
      surroundingsFault('knowledge.missing', path, 'no readable file', 'a table of the installation'),
    )
  }
  try {
    // CI proves that the tables are what their command makes: what only I-JSON refuses cannot be in them.
    return ok(JSON.parse(text) as Json)
  } catch {
    const parsed = parseJson(text, path)
    return parsed.ok ? parsed : err({ ...parsed.error, kind: 'surroundings' })
  }
}
