import type { ConnectionOptions } from 'node:tls'
import pg from 'pg'
import { type Fault, inputFault } from '#kernel'

const where = 'DATABASE_URL'

/**
 * What is wrong with the address of a database, if anything. What goes to another machine is health data and a password: that
 * one must show by its certificate that it is the one that is named. As the driver reads it, which takes more than the URL
 * standard does (no host, for a socket's folder) and the usual variables (`PGHOST`) too.
 */
export function flawOfDatabaseUrl(text: string): Fault | undefined {
  const read = readAsDriver(text)
  if (read === undefined) {
    return inputFault('store.bad-url', where, 'no such URL', 'postgres://user:secret@host/database')
  }
  if (isHere(read.host) || (modeOf(text) === 'verify-full' && checksCertificates(read.ssl))) return undefined
  const found = 'a database on another machine without sslmode=verify-full'
  const expected =
    'postgres://user:secret@host/database?sslmode=verify-full (and sslrootcert=file, for an own authority)'
  return inputFault('store.not-verified', where, found, expected)
}

type Read = { readonly host: string; readonly ssl: unknown }

function readAsDriver(text: string): Read | undefined {
  try {
    const client = new pg.Client({ connectionString: text })
    const { host, port, ssl } = client as typeof client & { readonly ssl: unknown }
    return /^postgres(ql)?:\/\//.test(text) && port > 0 ? { host, ssl } : undefined
  } catch {
    return undefined
  }
}

/** A socket, or an address that never leaves this machine. */
const isHere = (host: string): boolean =>
  host.startsWith('/') || host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

/** The driver takes weaker modes for this one today and says that it will not for long; the last one given counts. */
const modeOf = (text: string): string | undefined =>
  new URLSearchParams(/\?(.*)$/.exec(text)?.[1]).getAll('sslmode').at(-1)

function checksCertificates(ssl: unknown): boolean {
  if (typeof ssl !== 'object' || ssl === null) return false
  const { rejectUnauthorized, checkServerIdentity } = ssl as ConnectionOptions
  return rejectUnauthorized !== false && checkServerIdentity === undefined
}
