import { concatBytes, utf8 } from '#kernel'
import { type SignatureCheck, verifyEd25519 } from './ed25519.ts'

const timestampLength = 8

/** C2SP tlog-cosignature: what a witness signs to say that it saw this checkpoint at this time. */
export const cosignedMessage = (seconds: bigint, text: string): Uint8Array =>
  utf8(`cosignature/v1\ntime ${seconds}\n${text}`)

/** The signature of a note line: seconds since 1970 as big-endian uint64, then Ed25519. */
export function cosignatureOf(seconds: bigint, signature: Uint8Array): Uint8Array {
  const timestamp = new Uint8Array(timestampLength)
  new DataView(timestamp.buffer).setBigUint64(0, seconds)
  return concatBytes(timestamp, signature)
}

/** Seconds since 1970; undefined for what is too short or beyond 2^63−1. */
export function cosignedAt(cosignature: Uint8Array): bigint | undefined {
  if (cosignature.length < timestampLength) return undefined
  const { buffer, byteOffset } = cosignature
  const seconds = new DataView(buffer, byteOffset, timestampLength).getBigUint64(0)
  return seconds < 2n ** 63n ? seconds : undefined
}

export function verifyCosignature(
  publicKey: Uint8Array,
  text: string,
  cosignature: Uint8Array,
  check: SignatureCheck = verifyEd25519,
): boolean {
  const seconds = cosignedAt(cosignature)
  return (
    seconds !== undefined &&
    check(publicKey, cosignedMessage(seconds, text), cosignature.subarray(timestampLength))
  )
}
