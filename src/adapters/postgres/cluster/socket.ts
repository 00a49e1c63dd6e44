import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { userCan } from './databaseUser.ts'
import type { Home } from './home.ts'
import { makePrivate } from './init.ts'

/** A socket's path must fit sockaddr_un: 103 bytes on the strictest system. */
const longestPath = 103
const socketName = '.s.PGSQL.5432'
const prefix = 'habeas-'

const fits = (folder: string): boolean => Buffer.byteLength(join(folder, socketName)) <= longestPath

export const isOurSocketFolder = (name: string): boolean => name.startsWith(prefix)

export type SocketFolder = { readonly path: string; remove(): Promise<void> }

/** Beside the cluster; in a fresh folder of a random short name where that path is too long. The user's alone. */
export async function makeSocketFolder({ folder, user }: Home): Promise<SocketFolder> {
  const own = join(folder, 'socket')
  if (fits(own)) {
    await makePrivate(own, user)
    return { path: own, remove: async () => undefined }
  }
  for (const parent of [tmpdir(), '/tmp', '/run', '/var/tmp']) {
    if (!fits(join(parent, `${prefix}XXXXXX`)) || !(await userCan(user, 'enter', parent))) continue
    const path = await mkdtemp(join(parent, prefix))
    await chmod(path, 0o700)
    if (user) await chown(path, user.uid, user.gid)
    return { path, remove: () => rm(path, { recursive: true, force: true }) }
  }
  throw new RangeError('no folder for a socket with a path short enough')
}
