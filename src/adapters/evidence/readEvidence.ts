import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { err, type Fault, fromUtf8, inputFault, ok, type Result } from '#kernel'
import { type EvidenceFiles, type EvidenceReader, type Files, outputFiles } from '#usecases'
import { readFileBounded, readRegularFile } from '../files/readFile.ts'

/** No file of a folder that we wrote comes near this. */
const limit = 64 << 20
const fileCountLimit = 1000

async function readFolder(folder: string): Promise<Result<Files, Fault>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
  const files = new Map<string, Uint8Array>()
  for (const path of paths.sort()) {
    const name = relative(folder, path).replaceAll('\\', '/')
    if (files.size >= fileCountLimit)
      return err(inputFault('evidence.too-many-files', folder, 'over 1,000 files', 'an evidence folder'))
    const bytes = await readRegularFile(path, limit)
    if (!bytes.ok) return bytes
    files.set(name, bytes.value)
  }
  return ok(files)
}

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() === true

const exists = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined)) !== undefined

/**
 * A plan's folder holds `evidence/` with the outputs beside it. An evidence folder named `evidence` beside which outputs
 * still lie is read with them; one that was handed over alone is checked alone.
 */
export const evidenceReader: EvidenceReader = {
  async read(path) {
    const inner = join(path, 'evidence')
    if (await isFolder(inner)) return readBoth(inner, path)
    if (!(await isFolder(path)))
      return err(
        inputFault(
          'evidence.folder',
          path,
          (await exists(path)) ? 'a file' : 'no such folder',
          'an evidence folder',
        ),
      )
    const parent = dirname(resolve(path))
    const beside = await Promise.all(outputFiles.map((name) => exists(join(parent, name))))
    return basename(resolve(path)) === 'evidence' && beside.includes(true)
      ? readBoth(path, parent)
      : readAlone(path)
  },
  async readPolicy(path) {
    const bytes = await readFileBounded(path, limit)
    if (!bytes.ok) return bytes
    const text = fromUtf8(bytes.value)
    return text === undefined
      ? err(inputFault('file.not-utf8', path, 'bytes that are not UTF-8', 'a tlog-policy'))
      : ok(text)
  },
}

async function readAlone(folder: string): Promise<Result<EvidenceFiles, Fault>> {
  const files = await readFolder(folder)
  return files.ok ? ok({ files: files.value, outputs: undefined }) : files
}

async function readBoth(evidence: string, folder: string): Promise<Result<EvidenceFiles, Fault>> {
  const files = await readFolder(evidence)
  if (!files.ok) return files
  const outputs = new Map<string, Uint8Array>()
  for (const name of outputFiles) {
    if (!(await exists(join(folder, name)))) continue
    const bytes = await readRegularFile(join(folder, name), limit)
    if (!bytes.ok) return bytes
    outputs.set(name, bytes.value)
  }
  return ok({ files: files.value, outputs })
}
