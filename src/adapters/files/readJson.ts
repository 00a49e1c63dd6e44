import { err, type Fault, fromUtf8, inputFault, type Json, parseJson, type Result } from '#kernel'
import { readFileBounded } from './readFile.ts'

const limit = 256 << 20

/** I-JSON from a file; faults name file and line. */
export async function readJsonFile(file: string): Promise<Result<Json, Fault>> {
  const bytes = await readFileBounded(file, limit)
  if (!bytes.ok) return bytes
  const text = fromUtf8(bytes.value)
  return text === undefined
    ? err(inputFault('file.not-utf8', file, 'bytes that are not UTF-8', 'JSON in UTF-8'))
    : parseJson(text, file)
}
