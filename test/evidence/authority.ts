import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import {
  commit,
  cosignatureOf,
  cosignedMessage,
  formatNote,
  formatPolicy,
  formatProof,
  growTree,
  inclusionProof,
  type KeyType,
  keyFileBytes,
  leafBytes,
  leafHash,
  openingBytes,
  type Payload,
  type Policy,
  parseNote,
  type Signer,
  signCheckpoint,
  type TileLookup,
  verifierKey,
} from '#evidence'
import { expectOk, type Instant, type Json, type Sha256Hex, sha256Hex, utf8 } from '#kernel'

/** A whole fake authority: keys from fixed seeds, signed by node's own Ed25519, so that we do not judge ourselves. */
export function makeSigner(name: string, seed: number, type: KeyType = 'ed25519'): Signer {
  const pkcs8 = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.alloc(32, seed),
  ])
  const secret = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' })
  const key = verifierKey(name, type, new Uint8Array(spki.subarray(-32)))
  return { key, sign: async (message) => new Uint8Array(sign(null, message, secret)) }
}

export const logSigner = makeSigner('log.example/evidence', 1)

export const noTiles: TileLookup = () => {
  throw new RangeError('an empty tree has no tiles')
}

/** A tree over tiles held in memory. */
export function plantTree(leafHashes: readonly Uint8Array[]) {
  const { size, root, tiles } = growTree(0, noTiles, leafHashes)
  const held = new Map(tiles.map(({ ref, hashes }) => [`${ref.level}/${ref.index}`, hashes]))
  const lookup: TileLookup = (level, index) => held.get(`${level}/${index}`) ?? noTiles(level, index)
  return { size, root, tiles, lookup }
}

/** A witness's line added to a checkpoint. */
export async function cosign(witness: Signer, checkpoint: string, seconds = 1_700_000_000n): Promise<string> {
  const { text, signatures } = expectOk(parseNote(checkpoint))
  const signature = cosignatureOf(seconds, await witness.sign(cosignedMessage(seconds, text)))
  const { name, id } = witness.key
  return formatNote({ text, signatures: [...signatures, { name, id, signature }] })
}

export type Case = {
  readonly size: number
  readonly index: number
  readonly outputs?: ReadonlyMap<string, Uint8Array>
  readonly witnesses?: readonly Signer[]
  readonly quorum?: string
  readonly more?: { readonly [member: string]: Json }
}

export const digestsOf = (files: ReadonlyMap<string, Uint8Array>): { readonly [file: string]: Sha256Hex } =>
  Object.fromEntries([...files].map(([file, bytes]) => [file, sha256Hex(bytes)]))

export const policyOf = (witnesses: readonly Signer[], quorum: string): Policy => ({
  logs: [{ key: logSigner.key }],
  witnesses: witnesses.map(({ key }, i) => ({ name: `w${i + 1}`, key })),
  groups: [],
  quorum,
})

/** A valid evidence folder: entry `index` of a log of `size`, cosigned by every witness. */
export async function makeEvidence(wanted: Case): Promise<Map<string, Uint8Array>> {
  const { size, index, outputs = new Map(), witnesses = [], quorum = 'none', more = {} } = wanted
  const policy = utf8(formatPolicy(policyOf(witnesses, quorum)))
  const vkey = keyFileBytes(logSigner.key)
  const payload: Payload = {
    ...more,
    policySha256: sha256Hex(policy),
    vkeySha256: sha256Hex(vkey),
    inputs: { 'case.json': sha256Hex(utf8('{}')) },
    outputs: digestsOf(outputs),
  }
  const salt = new Uint8Array(32).fill(0xa5)
  const leaf = leafBytes({
    at: '2026-11-23T08:15:00.000Z' as Instant,
    kind: 'plan',
    commitment: commit(salt, payload),
  })
  const others = Array.from({ length: size }, (_, i) => leafHash(utf8(`entry ${i}`)))
  const tree = plantTree(others.with(index, leafHash(leaf)))
  let checkpoint = await signCheckpoint(logSigner, { origin: logSigner.key.name, ...tree })
  for (const witness of witnesses) checkpoint = await cosign(witness, checkpoint)
  const hashes = inclusionProof(index, size, tree.lookup)
  return new Map([
    ['leaf.bin', leaf],
    ['receipt.tlog-proof', utf8(formatProof({ index, hashes, checkpoint }))],
    ['checkpoint', utf8(checkpoint)],
    ['log.vkey', vkey],
    ['policy.txt', policy],
    ['opening.json', openingBytes({ payload, salt })],
  ])
}
