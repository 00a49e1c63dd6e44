import {
  concatBytes,
  equalBytes,
  err,
  fromBase64,
  ok,
  type Result,
  sha256,
  toBase64,
  toHex,
  utf8,
} from '#kernel'
import { publicKeyLength } from './ed25519.ts'

/** A key that signs checkpoints as their log (0x01), or cosigns them as a witness (0x04). */
export type KeyType = 'ed25519' | 'cosignature'
const typeBytes: Record<KeyType, number> = { ed25519: 0x01, cosignature: 0x04 }

/** C2SP signed-note "verifier key". Name and id, together, say which key a signature line is by. */
export type VerifierKey = {
  readonly name: string
  /** Lower-case hex of four bytes. */
  readonly id: string
  readonly type: KeyType
  readonly publicKey: Uint8Array
}

export type VerifierKeyFault = 'vkey.syntax' | 'vkey.unsupported-type' | 'vkey.wrong-id'

/** Not empty, no Unicode space, no `+`, and nothing that a note must not contain. */
export const isKeyName = (name: string): boolean =>
  name !== '' && name.isWellFormed() && !/[\p{White_Space}+]/u.test(name) && !hasControl(name)

/** Control characters below U+0020; a newline is none here, since notes are made of lines. */
export const hasControl = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x20 && text[i] !== '\n') return true
  return false
}

/** A verifier key from its parts; a bad name or length is a bug and throws. */
export function verifierKey(name: string, type: KeyType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new RangeError('a key name that no signature line can carry')
  if (publicKey.length !== publicKeyLength) throw new RangeError(`a public key of ${publicKey.length} bytes`)
  return { name, id: keyId(name, type, publicKey), type, publicKey }
}

const encodedKey = (type: KeyType, publicKey: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(typeBytes[type]), publicKey)

const keyId = (name: string, type: KeyType, publicKey: Uint8Array): string =>
  toHex(sha256(concatBytes(utf8(`${name}\n`), encodedKey(type, publicKey))).subarray(0, 4))

export const formatVerifierKey = ({ name, id, type, publicKey }: VerifierKey): string =>
  `${name}+${id}+${toBase64(encodedKey(type, publicKey))}`

/** Name, eight digits of lower-case hex, base64; that last part may itself contain `+`. */
const pattern = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/

/** Strict: what parses formats to the very same text. */
export function parseVerifierKey(text: string): Result<VerifierKey, VerifierKeyFault> {
  const [, name, id, base64] = pattern.exec(text) ?? []
  const encoded = base64 === undefined ? undefined : fromBase64(base64)
  if (name === undefined || encoded === undefined || !isKeyName(name)) return err('vkey.syntax')
  const type = (Object.keys(typeBytes) as KeyType[]).find((key) => typeBytes[key] === encoded[0])
  if (type === undefined) return err('vkey.unsupported-type')
  if (encoded.length !== 1 + publicKeyLength) return err('vkey.syntax')
  const key = verifierKey(name, type, encoded.slice(1))
  return key.id === id ? ok(key) : err('vkey.wrong-id')
}

export const isSameKey = (a: VerifierKey, b: VerifierKey): boolean =>
  a.name === b.name && a.type === b.type && equalBytes(a.publicKey, b.publicKey)
