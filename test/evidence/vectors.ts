import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Other people's verdicts; read where they lie, never committed. */
export const vectorFolder = join(process.env.HABEAS_SHARED ?? '../shared', 'data/evidence')
export const needsVectors = { skip: !existsSync(vectorFolder) && 'the shared vectors are not here' }

export const readBytes = (path: string): Uint8Array => new Uint8Array(readFileSync(join(vectorFolder, path)))
export const readText = (path: string): string => readFileSync(join(vectorFolder, path), 'utf8')
export const readJson = <T>(path: string): T => JSON.parse(readText(path)) as T
export const readLines = <T>(path: string): T[] =>
  readText(path)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)

/** Every file below a folder of vectors, relative to `vectorFolder`, in name order. */
export const listFiles = (folder: string): string[] =>
  readdirSync(join(vectorFolder, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(vectorFolder.length + 1))
    .sort()

/** Base64 as test vectors write it; what they break on purpose stays broken. */
export const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))
