import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import type { Brand } from './brand.ts'
import { toHex } from './encoding.ts'

/** 32 bytes. Pure JavaScript, so that the verifier runs in a browser unchanged. */
export const sha256 = (bytes: Uint8Array): Uint8Array => nobleSha256(bytes)
export const hmacSha256 = (key: Uint8Array, bytes: Uint8Array): Uint8Array => hmac(nobleSha256, key, bytes)

/** Lower-case hex of SHA-256, 64 characters. */
export type Sha256Hex = Brand<string, 'Sha256Hex'>
export const sha256Hex = (bytes: Uint8Array): Sha256Hex => toHex(sha256(bytes)) as Sha256Hex

/** SHA-256 of bytes that come in parts. */
export function startSha256(): { update(bytes: Uint8Array): void; finish(): Sha256Hex } {
  const digest = nobleSha256.create()
  return {
    update: (bytes) => void digest.update(bytes),
    finish: () => toHex(digest.digest()) as Sha256Hex,
  }
}
