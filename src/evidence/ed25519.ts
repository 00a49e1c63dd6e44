import { ed25519 } from '@noble/curves/ed25519.js'

export const publicKeyLength = 32
const signatureLength = 64

export type SignatureCheck = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean

/** RFC 8032 §5.1.7, strict: points and S in their only encoding (S < L), no key of small order. */
export const verifyEd25519: SignatureCheck = (publicKey, message, signature) =>
  publicKey.length === publicKeyLength &&
  signature.length === signatureLength &&
  ed25519.verify(signature, message, publicKey, { zip215: false })
