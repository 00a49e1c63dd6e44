import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { formatVerifierKey, type Signer, type VerifierKey, verifierKey } from '#evidence'
import {
  concatBytes,
  err,
  type Fault,
  fromBase64,
  fromHex,
  ok,
  type Result,
  surroundingsFault,
  toBase64,
  utf8,
} from '#kernel'
import { unlessErrno } from '../files/errno.ts'
import { createOnce } from '../files/place.ts'

const seedLength = 32
const ed25519Type = 0x01
/** RFC 8410 §7: everything of a PKCS #8 Ed25519 key before its 32 bytes. */
const pkcs8Prefix = fromHex('302e020100300506032b657004220420')!

/**
 * The log's signing key in the notation of Go's sumdb/note, `PRIVATE+KEY+<origin>+<id>+<base64 of 0x01 and the seed>`, so that
 * the file alone says whose key it is. Undefined when there is none.
 */
export async function readLogKey(file: string): Promise<Result<Signer | undefined, Fault>> {
  const text = await unlessErrno(readFile(file, 'utf8'), 'ENOENT')
  if (text === undefined) return ok(undefined)
  const signer = parseLogKey(text)
  return signer
    ? ok(signer)
    : err(surroundingsFault('key.damaged', file, 'no signing key', 'the key of the log'))
}

/** Makes the key of a new log from 32 fresh random bytes; a key that is there already stays and is answered. */
export async function makeLogKey(
  file: string,
  origin: string,
  seed: Uint8Array,
): Promise<Result<Signer, Fault>> {
  await createOnce(file, utf8(formatLogKey(signerOf(origin, seed).key, seed)))
  const read = await readLogKey(file)
  if (!read.ok) return read
  return read.value
    ? ok(read.value)
    : err(surroundingsFault('key.missing', file, 'no file', 'the key that was just written there'))
}

function signerOf(origin: string, seed: Uint8Array): Signer {
  const privateKey = createPrivateKey({
    key: Buffer.from(concatBytes(pkcs8Prefix, seed)),
    format: 'der',
    type: 'pkcs8',
  })
  return {
    key: verifierKey(origin, 'ed25519', publicBytes(privateKey)),
    sign: async (message) => Uint8Array.from(sign(null, message, privateKey)),
  }
}

function publicBytes(privateKey: KeyObject): Uint8Array {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return Uint8Array.from(der.subarray(-seedLength))
}

const formatLogKey = ({ name, id }: VerifierKey, seed: Uint8Array): string =>
  `PRIVATE+KEY+${name}+${id}+${toBase64(concatBytes(Uint8Array.of(ed25519Type), seed))}\n`

function parseLogKey(text: string): Signer | undefined {
  const [, name, id, base64] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\n$/.exec(text) ?? []
  const bytes = base64 === undefined ? undefined : fromBase64(base64)
  if (name === undefined || bytes?.length !== 1 + seedLength || bytes[0] !== ed25519Type) return undefined
  const signer = signerOf(name, bytes.subarray(1))
  return signer.key.id === id ? signer : undefined
}

/** Refuses a key that is not the one whose checkpoints the database holds. */
export function matchIdentity(signer: Signer, vkey: string, file: string): Result<Signer, Fault> {
  if (formatVerifierKey(signer.key) === vkey) return ok(signer)
  const found = `the key of another log (${signer.key.name})`
  return err(surroundingsFault('key.other-log', file, found, 'the key that signed the log in the database'))
}
