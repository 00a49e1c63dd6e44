import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { err, type Fault, FaultError, inputFault, ok, type Sha256Hex, utf8 } from '#kernel'
import type { IntoPorts, OpenResultFolder, ResultFolder } from '#usecases'
import { unlessErrno } from './errno.ts'
import { folderFault } from './folderFault.ts'
import { lockFolder } from './folderLock.ts'
import { isTemporary, removeAbandoned, replaceFile, syncFolder, writeBeside } from './place.ts'
import { readFault } from './readFile.ts'

const manifestName = 'manifest.jsonl'
const isOurs = (name: string): boolean =>
  [manifestName, 'results', 'lost+found'].includes(name) || /^lock\.\d+$/.test(name) || isTemporary(name)

/**
 * Results of many samples, each file whole or not there, and the manifest that says what each was made of. A line of the
 * manifest is appended once the results that it names are on the disk. One process at a time.
 */
export const openResultFolder: OpenResultFolder = async (folder, show) => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    if (!(await readdir(folder)).every(isOurs)) return err(notOurs(folder))
    const lock = await lockFolder(folder, { waitMs: 0, onProgress: show })
    if (!lock.ok) return lock
    try {
      await removeAbandoned(folder)
      const { handle, lines } = await openManifest(join(folder, manifestName))
      return ok(new DiskResults(folder, lines, handle, () => lock.value.release()))
    } catch (error) {
      lock.value.release()
      throw error
    }
  } catch (error) {
    return err(error instanceof FaultError ? error.fault : folderFault(folder, error))
  }
}

const notOurs = (folder: string): Fault =>
  inputFault(
    'genome.folder-not-ours',
    folder,
    'a folder with other content',
    'an empty folder, or one that an earlier run of this command made',
  )

/** A line without its end was being written when the process was killed: what it named counts as not done. */
async function openManifest(path: string): Promise<{ handle: FileHandle; lines: string[] }> {
  const handle = await open(path, 'a+', 0o600)
  const bytes = await handle.readFile()
  const whole = bytes.subarray(0, bytes.lastIndexOf(10) + 1)
  if (whole.length < bytes.length) await handle.truncate(whole.length)
  return { handle, lines: whole.toString('utf8').split('\n').slice(0, -1) }
}

class DiskResults implements ResultFolder {
  readonly lines: readonly string[]
  readonly manifest: string
  readonly #folder: string
  readonly #release: () => void
  readonly #tidied = new Set<string>()
  #handle: FileHandle

  constructor(folder: string, lines: readonly string[], handle: FileHandle, release: () => void) {
    this.#folder = folder
    this.#handle = handle
    this.#release = release
    this.lines = lines
    this.manifest = join(folder, manifestName)
  }

  async digest(file: string): Promise<Sha256Hex | undefined> {
    const bytes = await unlessErrno(readFile(join(this.#folder, file)), 'ENOENT', 'ENOTDIR', 'EISDIR')
    return bytes === undefined ? undefined : sha256(bytes)
  }

  write(files: ReadonlyMap<string, Uint8Array>): Promise<ReadonlyMap<string, Sha256Hex>> {
    return this.#attempt(async () => {
      for (const folder of new Set([...files.keys()].map((file) => dirname(file))))
        await this.#prepare(folder)
      const ready: (readonly [temporary: string, path: string])[] = []
      try {
        for (const [file, bytes] of files) {
          const path = join(this.#folder, file)
          ready.push([await writeBeside(path, bytes, 0o600), path])
        }
        for (const [temporary, path] of ready) await rename(temporary, path)
      } catch (error) {
        for (const [temporary] of ready) await rm(temporary, { force: true })
        throw error
      }
      for (const path of new Set(ready.map(([, path]) => dirname(path)))) await syncFolder(path)
      return new Map([...files].map(([file, bytes]) => [file, sha256(bytes)]))
    })
  }

  remove(files: readonly string[]): Promise<void> {
    return this.#attempt(async () => {
      for (const file of files) await rm(join(this.#folder, file), { force: true })
      for (const folder of new Set(files.map((file) => dirname(file))))
        await unlessErrno(syncFolder(join(this.#folder, folder)), 'ENOENT')
    })
  }

  append(line: string): Promise<void> {
    return this.#attempt(async () => {
      const { size } = await this.#handle.stat()
      try {
        await this.#handle.appendFile(utf8(`${line}\n`))
        await this.#handle.sync()
      } catch (error) {
        await this.#handle.truncate(size)
        throw error
      }
    })
  }

  replace(lines: readonly string[]): Promise<void> {
    return this.#attempt(() => replaceFile(this.manifest, utf8(`${lines.join('\n')}\n`)))
  }

  async close(): Promise<void> {
    await this.#handle.close()
    this.#release()
  }

  /** Makes a folder that outlasts a loss of power, and clears away what a killed process was writing in it. */
  async #prepare(folder: string): Promise<void> {
    if (this.#tidied.has(folder)) return
    const path = join(this.#folder, folder)
    const first = await mkdir(path, { recursive: true, mode: 0o700 })
    for (let made = path; first !== undefined && made.length >= first.length; made = dirname(made))
      await syncFolder(dirname(made))
    await removeAbandoned(path)
    this.#tidied.add(folder)
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw new FaultError(folderFault(this.#folder, error))
    }
  }
}

const sha256 = (bytes: Uint8Array): Sha256Hex => createHash('sha256').update(bytes).digest('hex') as Sha256Hex

export const identifyFile: IntoPorts['identify'] = async (file, withDigest) => {
  try {
    const { size } = await stat(file)
    return ok({ path: resolve(file), size, sha256: withDigest ? await digestOf(file) : null })
  } catch (error) {
    return err(readFault(file, error))
  }
}

async function digestOf(file: string): Promise<Sha256Hex> {
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) digest.update(chunk as Buffer)
  return digest.digest('hex') as Sha256Hex
}
