import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { err, type Fault, ok, type Result, surroundingsFault, toHex, utf8 } from '#kernel'
import { unlessErrno } from '../../files/errno.ts'
import { createOnce, syncFolder } from '../../files/place.ts'
import type { Binaries } from './binaries.ts'
import type { DatabaseUser } from './databaseUser.ts'
import { startFault } from './fault.ts'
import type { Home } from './home.ts'
import { ended, runProgram } from './run.ts'

/** Superuser of the embedded cluster; only this program knows its secret. */
export const ownerName = 'habeas'
const unfinished = 'cluster.new-'

/** A random secret, made once, readable by us alone. */
export async function readSecret(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'database.secret')
  await createOnce(path, utf8(`${toHex(randomBytes(32))}\n`))
  return (await readFile(path, 'utf8')).trim()
}

/** Makes the cluster when there is none, under another name until it is whole. True when it was made now. */
export async function ensureCluster(
  home: Home,
  binaries: Binaries,
  secret: string,
  show: (text: string) => void,
): Promise<Result<boolean, Fault>> {
  await removeUnfinished(home.folder)
  const version = await unlessErrno(readFile(join(home.cluster, 'PG_VERSION'), 'utf8'), 'ENOENT')
  if (version !== undefined) return checkMajor(home, binaries, version)
  if (await unlessErrno(stat(home.cluster), 'ENOENT')) {
    return err(surroundingsFault('store.damaged', home.cluster, 'no PG_VERSION', 'a whole database cluster'))
  }
  const temporary = join(home.folder, unfinished + randomBytes(6).toString('hex'))
  show('making the database (once)')
  try {
    const failed = await initialise(home, binaries, secret, temporary)
    if (failed) return err(failed)
    await rename(temporary, home.cluster)
    await syncFolder(home.folder)
    return ok(true)
  } finally {
    await removeTree(temporary)
  }
}

function checkMajor({ cluster }: Home, { major }: Binaries, version: string): Result<boolean, Fault> {
  if (Number(version) === major) return ok(false)
  const code = Number(version) > major ? 'store.newer' : 'store.older-postgres'
  return err(
    surroundingsFault(code, cluster, `data of PostgreSQL ${version.trim()}`, `data of PostgreSQL ${major}`),
  )
}

async function initialise(
  { user }: Home,
  binaries: Binaries,
  secret: string,
  folder: string,
): Promise<Fault | undefined> {
  await makePrivate(folder, user)
  const secretFile = `${folder}.secret`
  try {
    await writeFile(secretFile, secret, { mode: 0o600, flag: 'wx' })
    if (user) await chown(secretFile, user.uid, user.gid)
    const running = runProgram(binaries, user, 'initdb', [
      ...['-D', folder, '-U', ownerName, `--pwfile=${secretFile}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C', '--data-checksums', '--no-instructions'],
    ])
    const status = await ended(running)
    return status === 0 ? undefined : startFault(folder, status, running.said())
  } finally {
    await rm(secretFile, { force: true })
  }
}

/** A folder of the database user's that nobody else can look into, whatever the umask. */
export async function makePrivate(folder: string, user: DatabaseUser | undefined): Promise<void> {
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o700)
  if (user) await chown(folder, user.uid, user.gid)
}

/** What a killed start left; an initdb that outlived it may still write there, which is why a few tries are made. */
async function removeUnfinished(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(unfinished))
  for (const name of names) await removeTree(join(folder, name))
}

const removeTree = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
