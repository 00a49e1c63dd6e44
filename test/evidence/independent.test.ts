import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import {
  consistencyProof,
  encodeEntryBundle,
  entriesPath,
  formatVerifierKey,
  keyFileBytes,
  leafHash,
  signCheckpoint,
  tilePath,
  tileWidth,
} from '#evidence'
import { toBase64, utf8 } from '#kernel'
import { cosign, logSigner, makeEvidence, makeSigner, plantTree } from './authority.ts'

/** A verifier that shares no code with ours, built from the Go project's own packages. */
const program = process.env.VERIFY_GO ?? 'verify-go'
const needsProgram = { skip: spawnSync(program).error !== undefined && 'no verify-go (set VERIFY_GO)' }
const folder = mkdtempSync(join(tmpdir(), 'habeas-evidence-'))
after(() => rmSync(folder, { recursive: true }))

const write = (path: string, bytes: Uint8Array): string => {
  const full = join(folder, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, bytes)
  return full
}
const accepts = (...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  return stdout
}
const refuses = (...args: string[]): void => assert.equal(spawnSync(program, args).status, 1)

const court = makeSigner('witness.example/court', 2, 'cosignature')
const logKey = formatVerifierKey(logSigner.key)
const courtKey = formatVerifierKey(court.key)

test(
  'another verifier accepts our proofs and checkpoints, and refuses them changed',
  needsProgram,
  async () => {
    for (const size of [1, 2, 255, 256, 257, 1000]) {
      const files = await makeEvidence({ size, index: size - 1, witnesses: [court] })
      const paths = new Map([...files].map(([file, bytes]) => [file, write(`${size}/${file}`, bytes)]))
      const [checkpoint, proof, leaf] = ['checkpoint', 'receipt.tlog-proof', 'leaf.bin'].map(
        (file) => paths.get(file)!,
      )
      assert.match(accepts('checkpoint', checkpoint!, logKey, courtKey), new RegExp(`size=${size} .*witness`))
      assert.match(accepts('proof', proof!, leaf!, '1', logKey, courtKey), new RegExp(`index=${size - 1} `))
      refuses('proof', proof!, write('other.bin', utf8('other')), '1', logKey, courtKey)
    }
  },
)

test(
  'another verifier recomputes our exported tiles and follows our consistency proofs',
  needsProgram,
  async () => {
    const entries = Array.from({ length: 700 }, (_, i) => utf8(`entry ${i}`))
    const sign = (size: number, root: Uint8Array) =>
      signCheckpoint(logSigner, { origin: logSigner.key.name, size, root })
    const tree = plantTree(entries.map(leafHash))
    const newer = await sign(tree.size, tree.root)
    write('log/checkpoint', utf8(await cosign(court, newer)))
    write('log/log.vkey', keyFileBytes(logSigner.key))
    for (const { ref, hashes } of tree.tiles) write(`log/${tilePath(ref)}`, hashes)
    for (let index = 0; index * tileWidth < entries.length; index++) {
      const bundle = entries.slice(index * tileWidth, (index + 1) * tileWidth)
      write(`log/${entriesPath({ index, width: bundle.length })}`, encodeEntryBundle(bundle))
    }
    assert.match(accepts('tiles', join(folder, 'log'), logKey), /size=700 .*entries-checked=700/)
    for (const size of [1, 256, 300, 512]) {
      const older = plantTree(entries.slice(0, size).map(leafHash))
      const proof = consistencyProof(size, tree.size, tree.lookup).map((hash) => `${toBase64(hash)}\n`)
      const args = [
        write('old.cp', utf8(await sign(size, older.root))),
        write('new.cp', utf8(newer)),
        write('proof.txt', utf8(proof.join(''))),
        logKey,
      ]
      assert.match(accepts('consistency', ...args), new RegExp(`OK consistency ${size} -> 700`))
    }
  },
)
