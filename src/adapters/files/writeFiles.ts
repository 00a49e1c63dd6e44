import { link, lstat, mkdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize, resolve } from 'node:path'
import { err, type Fault, ok, type Result } from '#kernel'
import { unlessErrno } from './errno.ts'
import { folderFault } from './folderFault.ts'
import { removeAbandoned, syncFolder, temporaryName, writeBeside } from './place.ts'

/** What has been done so far, so that it can be undone. */
type Progress = {
  /** First folder that was made for a file; everything in it is ours. */
  readonly folders: string[]
  readonly temporaries: string[]
  readonly placed: { readonly path: string; readonly kept: string | undefined }[]
}

/**
 * Writes all files (relative path → bytes) into `folder`, or none: each goes to the disk under another name first, then all
 * take their places. A failure puts back what was there. `remove` names files to take away once all are in place.
 */
export async function writeFilesAtomically(
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
  { remove }: { readonly remove: readonly string[] },
): Promise<Result<undefined, Fault>> {
  const root = resolve(folder)
  for (const path of [...files.keys(), ...remove]) assertInside(path)
  const progress: Progress = { folders: [], temporaries: [], placed: [] }
  try {
    await makeFolder(root, progress)
    const ready = await prepare(root, files, progress)
    for (const [temporary, path] of ready) await place(temporary, path, progress)
    for (const path of remove) await takeAway(join(root, path), progress)
    for (const path of new Set(progress.placed.map(({ path }) => dirname(path)))) await syncFolder(path)
  } catch (error) {
    await undo(progress)
    return err(folderFault(folder, error))
  }
  await dropKept(progress)
  return ok(undefined)
}

function assertInside(path: string): void {
  if (path === '' || isAbsolute(path) || normalize(path) !== path || path.split('/')[0] === '..') {
    throw new RangeError('a file name that leads out of its folder')
  }
}

async function makeFolder(path: string, progress: Progress): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first !== undefined) progress.folders.push(path, ...(first === path ? [] : between(first, path)))
}

/** Folders from `first` down to, but not including, `last`; deepest first. */
function between(first: string, last: string): string[] {
  const parent = dirname(last)
  return parent === first ? [first] : [parent, ...between(first, parent)]
}

async function prepare(root: string, files: ReadonlyMap<string, Uint8Array>, progress: Progress) {
  const ready: [temporary: string, path: string][] = []
  for (const [name, bytes] of files) {
    const path = join(root, name)
    await makeFolder(dirname(path), progress)
    const temporary = await writeBeside(path, bytes)
    progress.temporaries.push(temporary)
    ready.push([temporary, path])
  }
  for (const path of new Set(ready.map(([, path]) => dirname(path)))) await removeAbandoned(path)
  return ready
}

/** The old file keeps a second name until all is done. */
async function place(temporary: string, path: string, progress: Progress): Promise<void> {
  const old = await unlessErrno(lstat(path), 'ENOENT')
  const kept = old === undefined ? undefined : join(dirname(path), temporaryName())
  if (kept !== undefined && old?.isDirectory() !== true) await link(path, kept)
  try {
    await rename(temporary, path)
  } catch (error) {
    if (kept !== undefined) await rm(kept, { force: true })
    throw error
  }
  progress.placed.push({ path, kept })
}

async function takeAway(path: string, progress: Progress): Promise<void> {
  const old = await unlessErrno(lstat(path), 'ENOENT', 'ENOTDIR')
  if (old === undefined || old.isDirectory()) return
  const kept = join(dirname(path), temporaryName())
  await rename(path, kept)
  progress.placed.push({ path, kept })
}

async function undo({ placed, temporaries, folders }: Progress): Promise<void> {
  for (const { path, kept } of [...placed].reverse()) {
    await (kept === undefined ? rm(path, { force: true }) : rename(kept, path)).catch(() => undefined)
  }
  for (const temporary of temporaries) await rm(temporary, { force: true }).catch(() => undefined)
  const deepestFirst = [...new Set(folders)].sort((a, b) => b.length - a.length)
  for (const folder of deepestFirst) await rmdir(folder).catch(() => undefined)
}

async function dropKept({ placed }: Progress): Promise<void> {
  for (const { kept } of placed)
    if (kept !== undefined) await rm(kept, { force: true }).catch(() => undefined)
}
