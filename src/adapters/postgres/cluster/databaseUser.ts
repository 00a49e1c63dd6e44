import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { err, type Fault, ok, type Result, surroundingsFault } from '#kernel'
import { unlessErrno } from '../../files/errno.ts'

/** Whom PostgreSQL runs as; it refuses to run as root, and needs an account with a name. */
export type DatabaseUser = { readonly uid: number; readonly gid: number }

const accounts = ['postgres', 'nobody']

/** Undefined: as ourselves. A cluster that exists stays its owner's. */
export async function databaseUser(cluster: string): Promise<Result<DatabaseUser | undefined, Fault>> {
  if (process.getuid?.() !== 0) return ok(undefined)
  const owner = await unlessErrno(stat(cluster), 'ENOENT')
  if (owner) return ok({ uid: owner.uid, gid: owner.gid })
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const found = accounts
    .map((name) => lines.find((line) => line[0] === name))
    .find((line) => line !== undefined)
  return found
    ? ok({ uid: Number(found[2]), gid: Number(found[3]) })
    : err(
        surroundingsFault(
          'store.no-account',
          '/etc/passwd',
          'neither postgres nor nobody',
          'an account that the database can run as',
        ),
      )
}

type Right = 'read' | 'enter'

/** Whether the user can pass through every folder above `path` and has the right to `path` itself, by owner and mode. */
export async function userCan(user: DatabaseUser | undefined, right: Right, path: string): Promise<boolean> {
  if (user === undefined) return true
  const real = await unlessErrno(realpath(path), 'ENOENT')
  if (real === undefined || !(await permits(user, real, right === 'read' ? 0o4 : 0o1))) return false
  for (let folder = real; folder !== dirname(folder); ) {
    folder = dirname(folder)
    if (!(await permits(user, folder, 0o1))) return false
  }
  return true
}

async function permits({ uid, gid }: DatabaseUser, path: string, bit: number): Promise<boolean> {
  const found = await stat(path)
  const shift = found.uid === uid ? 6 : found.gid === gid ? 3 : 0
  return ((found.mode >> shift) & bit) === bit
}
