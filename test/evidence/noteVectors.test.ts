import { test } from 'node:test'
import {
  type Checkpoint,
  decodeEntryBundle,
  entriesPath,
  formatProof,
  leafHash,
  openCheckpoint,
  openNote,
  parseProof,
  parseVerifierKey,
  tilePath,
  type VerifierKey,
  verifierKey,
  verifyInclusion,
} from '#evidence'
import { equalBytes, expectOk, fromBase64, toBase64, utf8 } from '#kernel'
import { agree } from './agreement.ts'
import { bytesOf, listFiles, needsVectors, readBytes, readJson, readLines } from './vectors.ts'

type SignedNote = {
  kind: string
  note: string
  vkeys: string[]
  openOk: boolean
  verified: string[]
  specCheckpointOk: boolean
  origin?: string
  size?: number
  root?: string
}

const keysOf = (vkeys: readonly string[]): VerifierKey[] =>
  vkeys.map((vkey) => expectOk(parseVerifierKey(vkey)))
const labelOf = ({ name, id }: VerifierKey): string => `${name}+${id}`

test('signed notes and checkpoints', needsVectors, (t) => {
  const notes = readLines<SignedNote>('signed-note/notes.jsonl').filter(({ kind }) => kind !== 'keys')
  agree(t, 'signed-note open', notes, ({ note, vkeys, openOk, verified }) => {
    const opened = openNote(note, keysOf(vkeys))
    return (
      opened.ok === openOk && (!opened.ok || opened.value.verified.map(labelOf).join() === verified.join())
    )
  })
  agree(t, 'signed-note checkpoint (specCheckpointOk)', notes, (one) => {
    const [logKey, ...others] = keysOf(one.vkeys)
    const opened = openCheckpoint(one.note, logKey!, others)
    return opened.ok === one.specCheckpointOk && (!opened.ok || says(opened.value.checkpoint, one))
  })
})

const says = ({ origin, size, root }: Checkpoint, one: SignedNote): boolean =>
  origin === one.origin && size === one.size && toBase64(root) === one.root

test('the example of the specification', needsVectors, (t) => {
  const example = readJson<{ vkey: string; note: string; openOk: boolean }>('signed-note/c2sp-example.json')
  agree(
    t,
    'c2sp example',
    [example],
    ({ vkey, note, openOk }) => openNote(note, keysOf([vkey])).ok === openOk,
  )
})

test('tlog-proof', needsVectors, (t) => {
  const proofs = readLines<{ proof: string; leaf: string; vkeys: string[]; valid: boolean }>(
    'tlog-proof/proofs.jsonl',
  )
  agree(t, 'tlog-proof', proofs, ({ proof, leaf, vkeys, valid }) => isProven(proof, leaf, vkeys) === valid)
})

function isProven(text: string, leaf: string, vkeys: readonly string[]): boolean {
  const proof = parseProof(text)
  if (!proof.ok || formatProof(proof.value) !== text) return false
  const [logKey, ...others] = keysOf(vkeys)
  const { index, hashes, checkpoint } = proof.value
  const opened = openCheckpoint(checkpoint, logKey!, others)
  return (
    opened.ok &&
    verifyInclusion({ leafHash: leafHash(utf8(leaf)), ...opened.value.checkpoint, index, proof: hashes })
  )
}

test('entry bundles of a Tessera log hash to its tiles', needsVectors, (t) => {
  const widths = listFiles('tessera-log/tile/entries').map((path) => Number(path.split('/').at(-1)))
  agree(t, 'tessera entry bundles', widths, (width) => {
    const bundle = readBytes(`tessera-log/${entriesPath({ index: 0, width })}`)
    const tile = readBytes(`tessera-log/${tilePath({ level: 0, index: 0, width })}`)
    const hashes = expectOk(decodeEntryBundle(bundle)).map(leafHash)
    return (
      hashes.length === width && hashes.every((hash, i) => equalBytes(hash, tile.slice(i * 32, i * 32 + 32)))
    )
  })
})

type LogEntry = {
  canonicalizedBody: string
  inclusionProof: { logIndex: string; hashes: string[]; checkpoint: { envelope: string } }
}
type Bundle = { verificationMaterial: { tlogEntries: LogEntry[] } }
type TrustedRoot = { tlogs: { baseUrl: string; publicKey: { rawBytes: string; keyDetails: string } }[] }

/** Time-stamps and artifact signatures of these bundles are outside this module. */
const brokenBeyondTheLog = [
  'rekor2-no-timestamp_fail',
  'rekor2-timestamp-payload-mismatch_fail',
  'rekor2-dsse-mismatch-sig_fail',
]

test('sigstore bundles of the Ed25519 logs: checkpoint and inclusion only', needsVectors, (t) => {
  const folders = listFiles('sigstore-bundles')
    .filter((path) => path.endsWith('/trusted_root.json'))
    .map((path) => path.split('/').at(-2)!)
  agree(t, 'sigstore checkpoint and inclusion', folders, (folder) => {
    const expected = !folder.endsWith('_fail') || brokenBeyondTheLog.includes(folder)
    return isLogged(folder) === expected
  })
})

function isLogged(folder: string): boolean {
  const { verificationMaterial } = readJson<Bundle>(`sigstore-bundles/${folder}/bundle.sigstore.json`)
  const { canonicalizedBody, inclusionProof } = verificationMaterial.tlogEntries[0]!
  const { tlogs } = readJson<TrustedRoot>(`sigstore-bundles/${folder}/trusted_root.json`)
  const leaf = leafHash(bytesOf(canonicalizedBody))
  return tlogs
    .filter(({ publicKey }) => publicKey.keyDetails === 'PKIX_ED25519')
    .map(({ baseUrl, publicKey }) =>
      verifierKey(new URL(baseUrl).host, 'ed25519', bytesOf(publicKey.rawBytes).slice(-32)),
    )
    .some((logKey) => {
      const opened = openCheckpoint(inclusionProof.checkpoint.envelope, logKey)
      const proof = inclusionProof.hashes.map((hash) => fromBase64(hash)!)
      const index = Number(inclusionProof.logIndex)
      return opened.ok && verifyInclusion({ leafHash: leaf, ...opened.value.checkpoint, index, proof })
    })
}
