import { type Fault, surroundingsFault } from '#kernel'

/** Words of PostgreSQL's programs in the C locale, and what they mean here. */
const meanings: readonly (readonly [RegExp, code: string, found: string, expected: string])[] = [
  [
    /No space left on device|Disk quota exceeded/,
    'store.disk-full',
    'no space left on the disk',
    'room for the database',
  ],
  [
    /Permission denied|Operation not permitted/,
    'store.denied',
    'no permission',
    'folders that the database user may use',
  ],
  [/Read-only file system/, 'store.read-only', 'a read-only file system', 'a folder that can be written'],
  [
    /error while loading shared libraries/,
    'store.no-postgres',
    'libraries missing',
    'a PostgreSQL that runs on this system',
  ],
  [
    /could not (?:create|map|open|resize) (?:shared|semaphores)|Cannot allocate memory/,
    'store.no-memory',
    'too little shared memory',
    'memory for the database',
  ],
  [
    /checksum|could not locate a valid checkpoint|invalid (?:page|magic)/,
    'store.damaged',
    'damaged data',
    'a whole database cluster',
  ],
  [
    /pre-existing shared memory block|lock file "[^"]*" already exists/,
    'store.in-use',
    'remains of an earlier run that do not end',
    'a free database cluster',
  ],
]

/** Why a program of PostgreSQL did not start. Its own words are not passed on: they may quote what it was given. */
export function startFault(where: string, status: number | string | Error, said: string): Fault {
  const known = meanings.find(([pattern]) => pattern.test(said))
  if (known) return surroundingsFault(known[1], where, known[2], known[3])
  const found =
    status instanceof Error ? 'a PostgreSQL that cannot be run here' : `PostgreSQL ended with ${status}`
  return surroundingsFault('store.no-start', where, found, 'a running PostgreSQL')
}

export const saysDiskFull = (said: string): boolean =>
  /No space left on device|Disk quota exceeded/.test(said)
