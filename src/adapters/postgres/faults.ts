import pg from 'pg'
import { type Fault, surroundingsFault } from '#kernel'
import { errnoOf } from '../files/errno.ts'

type StoreFaultCode =
  | 'store.disk-full'
  | 'store.unavailable'
  | 'store.denied'
  | 'store.conflict'
  | 'store.damaged'
  | 'store.read-only'
  | 'store.busy'
  | 'store.not-verified'
  | 'store.failed'

type Meaning = readonly [StoreFaultCode, found: string, expected: string]

const diskFull: Meaning = ['store.disk-full', 'no space left on the disk', 'room for the database']
const unavailable: Meaning = ['store.unavailable', 'no connection to the database', 'a database that answers']

/** SQLSTATE by its first characters, the longer ones first (PostgreSQL manual, appendix A). */
const sqlStates: readonly (readonly [start: string, Meaning])[] = [
  ['53100', diskFull],
  ['53300', ['store.busy', 'too many connections', 'a free connection of the database']],
  ['53', ['store.busy', 'too little memory for the database', 'memory for the database']],
  ['57P', unavailable],
  ['57', ['store.conflict', 'a statement that was cancelled', 'a database that lets it finish']],
  ['08', unavailable],
  ['28', ['store.denied', 'a sign-in that the database refuses', 'a user and secret that it accepts']],
  ['3D', ['store.unavailable', 'no such database', 'a database that exists']],
  [
    '42501',
    [
      'store.denied',
      'too few rights in the database',
      'leave to make roles and schemas, or the roles of habeas granted',
    ],
  ],
  ['40', ['store.conflict', 'two transactions in each other’s way', 'the same again, alone']],
  ['25006', ['store.read-only', 'a database that only answers reads', 'one that can be written']],
  ['XX001', ['store.damaged', 'damaged data', 'a whole database']],
  ['XX002', ['store.damaged', 'a damaged index', 'a whole database']],
]

const errnos: Readonly<Record<string, Meaning>> = {
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  EACCES: ['store.denied', 'no permission', 'files that this user may use'],
  EPERM: ['store.denied', 'no permission', 'files that this user may use'],
  EROFS: ['store.read-only', 'a read-only file system', 'a folder that can be written'],
  ENOTDIR: ['store.denied', 'a file where a folder is needed', 'a folder'],
  EEXIST: ['store.denied', 'a file where a folder is needed', 'a folder'],
  ENOENT: unavailable,
  ECONNREFUSED: unavailable,
  ECONNRESET: unavailable,
  EPIPE: unavailable,
  ETIMEDOUT: unavailable,
  EHOSTUNREACH: unavailable,
  ENETUNREACH: unavailable,
  ENOTFOUND: unavailable,
  EAI_AGAIN: unavailable,
}

const notVerified: Meaning = [
  'store.not-verified',
  'a database that does not show that it is the one that is named',
  'a certificate for its name, by an authority that is trusted (sslrootcert=file in the URL names an own one)',
]

/** What Node says of a certificate that it does not take (its TLS documentation, “X509 certificate error codes”). */
const certificate = /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_|ERR_TLS_|ERR_SSL_|HOSTNAME_)/
/** What the driver says, without a code, of a server that has no TLS. */
const noTls = /SSL connection/i

/** What the driver says, without a code, when the server is gone. */
const lostConnection =
  /connection terminated|timeout exceeded|timeout expired|not queryable|Connection ended/i

/**
 * What an error of the database or of its files means. Names the code at most: an error's own words may hold statements and
 * values. Undefined for an error that is neither; that is a bug, or the caller's own.
 */
export function storeFault(where: string, error: unknown): Fault<StoreFaultCode> | undefined {
  const meaning = meaningOf(error)
  return meaning && surroundingsFault(meaning[0], where, meaning[1], meaning[2])
}

function meaningOf(error: unknown): Meaning | undefined {
  if (error instanceof pg.DatabaseError) {
    const state = error.code ?? ''
    const known = sqlStates.find(([start]) => state.startsWith(start))
    return (
      known?.[1] ?? [
        'store.failed',
        `the database error ${state}`,
        'a statement that the database carries out',
      ]
    )
  }
  const errno = errnoOf(error)
  if (errno !== undefined)
    return errnos[errno] ?? ['store.failed', `the error ${errno}`, 'a database that answers']
  if (!(error instanceof Error)) return undefined
  const { code } = error as NodeJS.ErrnoException
  if (code !== undefined ? certificate.test(code) : noTls.test(error.message)) return notVerified
  return lostConnection.test(error.message) ? unavailable : undefined
}
