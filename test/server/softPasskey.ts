import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** What keys passkeys may have, with their numbers of COSE (RFC 9053, 8230). */
export const algorithms = { ES256: -7, EdDSA: -8, RS256: -257 } as const
export type Algorithm = keyof typeof algorithms

const pairOf = (algorithm: Algorithm) => {
  if (algorithm === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return algorithm === 'EdDSA'
    ? generateKeyPairSync('ed25519')
    : generateKeyPairSync('rsa', { modulusLength: 2048 })
}
const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest()
const base64url = (data: Uint8Array | string): string => Buffer.from(data).toString('base64url')

/** The public key as an authenticator writes it. */
function coseOf(key: KeyObject, algorithm: Algorithm): Uint8Array {
  const { x = '', y = '', n = '', e = '' } = key.export({ format: 'jwk' })
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'))
  const members: [number, number | Uint8Array][] = [
    [1, { ES256: 2, EdDSA: 1, RS256: 3 }[algorithm]],
    [3, algorithms[algorithm]],
  ]
  if (algorithm === 'RS256') members.push([-1, bytes(n)], [-2, bytes(e)])
  else members.push([-1, algorithm === 'ES256' ? 1 : 6], [-2, bytes(x)])
  if (algorithm === 'ES256') members.push([-3, bytes(y)])
  return isoCBOR.encode(new Map(members))
}

type Odd = {
  readonly origin?: string
  readonly counter?: number
  /** User present 1, verified 4. */
  readonly flags?: number
  /** Of the client data, after it was signed. */
  readonly tamper?: (clientData: string) => string
}

/** A passkey in software, bound to an origin, which answers as its owner tells it. */
export class SoftPasskey {
  readonly id = base64url(randomBytes(16))
  readonly publicKey: Uint8Array
  readonly #algorithm: Algorithm
  readonly #privateKey: KeyObject
  readonly #origin: string
  #counter = 0

  constructor(origin: string, algorithm: Algorithm = 'ES256') {
    const { publicKey, privateKey } = pairOf(algorithm)
    this.#algorithm = algorithm
    this.#privateKey = privateKey
    this.#origin = origin
    this.publicKey = coseOf(publicKey, algorithm)
  }

  /** The PKCS #8 of it, as another device takes it over. */
  get secret(): string {
    return this.#privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  }

  #clientData(type: string, challenge: string, origin = this.#origin): string {
    return base64url(JSON.stringify({ type, challenge, origin }))
  }

  #data(flags: number, counter: number, rest: Uint8Array = new Uint8Array()): Buffer {
    const head = Buffer.from([flags, 0, 0, 0, 0])
    head.writeUInt32BE(counter, 1)
    return Buffer.concat([sha256(new URL(this.#origin).hostname), head, rest])
  }

  #named(response: object) {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response }
  }

  registration(challenge: string) {
    const id = Buffer.from(this.id, 'base64url')
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, this.publicKey])
    const attested = isoCBOR.encode(
      new Map<string, string | Uint8Array | Map<string, never>>([
        ['fmt', 'none'],
        ['attStmt', new Map<string, never>()],
        ['authData', Uint8Array.from(this.#data(0x45, 0, credential))],
      ]),
    )
    const clientDataJSON = this.#clientData('webauthn.create', challenge)
    return this.#named({ clientDataJSON, attestationObject: base64url(attested) })
  }

  answer(challenge: string, { origin, counter, flags = 0x05, tamper = (same) => same }: Odd = {}) {
    this.#counter += 1
    const data = this.#data(flags, counter ?? this.#counter)
    const clientData = this.#clientData('webauthn.get', challenge, origin)
    const signed = Buffer.concat([data, sha256(Buffer.from(clientData, 'base64url'))])
    const hash = this.#algorithm === 'EdDSA' ? null : 'sha256'
    const signature = base64url(sign(hash, signed, this.#privateKey))
    return this.#named({
      clientDataJSON: tamper(clientData),
      authenticatorData: base64url(data),
      signature,
    })
  }
}
