import { chmod, mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { err, type Fault, ok, type Result, surroundingsFault, utf8 } from '#kernel'
import type { DataFolder } from '../../files/dataFolder.ts'
import { unlessErrno } from '../../files/errno.ts'
import { createOnce } from '../../files/place.ts'
import { type DatabaseUser, databaseUser, userCan } from './databaseUser.ts'

/** Where root keeps what the database user must be able to enter. */
export const rootsPlace = '/var/lib/habeas'
const pointerName = 'cluster.place'

/** The folder that the cluster lies in, which is not always the data folder, and whom it runs as. */
export type Home = {
  readonly folder: string
  readonly cluster: string
  readonly user: DatabaseUser | undefined
}

/**
 * The data folder itself; under /var/lib/habeas where the database user cannot enter that (root's home, say), with a file
 * in the data folder that says so.
 */
export async function findHome(data: DataFolder): Promise<Result<Home, Fault>> {
  const pointed = await unlessErrno(readFile(join(data.path, pointerName), 'utf8'), 'ENOENT')
  if (pointed !== undefined) return homeElsewhere(data, pointed.trim())
  const home = await homeAt(data.path)
  if (!home.ok || (await userCan(home.value.user, 'enter', data.path))) return home
  if (await unlessErrno(stat(home.value.cluster), 'ENOENT')) {
    const found = 'a folder that the database user can no longer enter'
    return err(
      surroundingsFault('store.denied', data.path, found, 'leave to pass (mode o+x) on it and all above it'),
    )
  }
  const folder = join(rootsPlace, 'clusters', data.id)
  await mkdir(folder, { recursive: true })
  for (const made of [folder, dirname(folder), rootsPlace]) await chmod(made, 0o755)
  await createOnce(join(data.path, pointerName), utf8(`${folder}\n`))
  return homeAt(folder)
}

async function homeElsewhere(data: DataFolder, folder: string): Promise<Result<Home, Fault>> {
  if (await unlessErrno(stat(folder), 'ENOENT', 'ENOTDIR')) return homeAt(folder)
  const found = 'no folder where the database of this data folder lies'
  return err(
    surroundingsFault('store.cluster-missing', folder, found, `what ${join(data.path, pointerName)} names`),
  )
}

async function homeAt(folder: string): Promise<Result<Home, Fault>> {
  const cluster = join(folder, 'cluster')
  const user = await databaseUser(cluster)
  return user.ok ? ok({ folder, cluster, user: user.value }) : user
}
