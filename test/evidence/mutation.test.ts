import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { type EvidenceFile, evidenceFiles, type VerificationReport, verifyEvidence } from '#evidence'
import { utf8 } from '#kernel'
import type { SignatureCheck } from '../../src/evidence/ed25519.ts'
import { verifyWith } from '../../src/evidence/verify.ts'
import { type Case, makeEvidence, makeSigner } from './authority.ts'

/**
 * Node's Ed25519, asked once per question, because the portable one takes two milliseconds. The last test below puts
 * the portable one, as it is delivered, before every change that only a signature can catch.
 */
const answers = new Map<string, boolean>()
const quickly: SignatureCheck = (publicKey, message, signature) => {
  const question = [publicKey, message, signature]
    .map((bytes) => Buffer.from(bytes).toString('latin1'))
    .join()
  const answer = answers.get(question) ?? verify(null, message, nodeKey(publicKey), signature)
  answers.set(question, answer)
  return answer
}
const nodeKey = (publicKey: Uint8Array) =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
    format: 'jwk',
  })

const replaced = (bytes: Uint8Array, at: number, removed: number, ...inserted: number[]): Uint8Array =>
  Uint8Array.of(...bytes.subarray(0, at), ...inserted, ...bytes.subarray(at + removed))
const escaped = (byte: number): number[] => [...utf8(`\\u${byte.toString(16).padStart(4, '0')}`)]

const [newline, carriage, blank, equals] = [0x0a, 0x0d, 0x20, 0x3d]

/** Other bytes at one position: what an error or a forger might leave there. Bit 5 is the case of a letter. */
function* mutantsAt(bytes: Uint8Array, at: number): Generator<Uint8Array> {
  const byte = bytes[at]!
  for (const bit of [0, 1, 5, 7]) yield replaced(bytes, at, 1, byte ^ (1 << bit))
  yield replaced(bytes, at, 1, ...escaped(byte))
  yield replaced(bytes, at, 1)
  yield replaced(bytes, at, 0, byte)
  for (const inserted of [newline, carriage, blank, equals]) yield replaced(bytes, at, 0, inserted)
  if (byte === newline) yield replaced(bytes, at, 1, carriage, newline)
  // Base64url, and the neighbours of `=` whose lowest bits a lax decoder drops.
  if (byte === 0x2b) yield replaced(bytes, at, 1, 0x2d)
  if (byte === 0x2f) yield replaced(bytes, at, 1, 0x5f)
  if (byte === equals) {
    for (const step of [1, 2, 3]) yield replaced(bytes, at - 1, 1, bytes[at - 1]! + step)
    yield replaced(bytes, at, 1, 0x41)
  }
}

/** Appended or put in front of the whole file. */
function* mutantsAround(bytes: Uint8Array): Generator<Uint8Array> {
  for (const byte of [newline, carriage, blank, 0x09, 0x30, 0, 0xff])
    yield replaced(bytes, bytes.length, 0, byte)
  yield replaced(bytes, 0, 0, 0xef, 0xbb, 0xbf)
  yield new Uint8Array(0)
}

const witness = makeSigner('witness.example/court', 2, 'cosignature')

type Count = { mutants: number; survivors: string[] }

function countSurvivors(
  files: ReadonlyMap<string, Uint8Array>,
  file: string,
  judge: (mutant: Uint8Array) => VerificationReport,
): Count {
  const count: Count = { mutants: 0, survivors: [] }
  const attempt = (at: number, mutant: Uint8Array) => {
    count.mutants += 1
    const report = judge(mutant)
    if (report.ok || report.failures.length === 0) count.survivors.push(`${file} at ${at}`)
  }
  const bytes = files.get(file)!
  for (let at = 0; at < bytes.length; at++) for (const mutant of mutantsAt(bytes, at)) attempt(at, mutant)
  for (const mutant of mutantsAround(bytes)) attempt(bytes.length, mutant)
  return count
}

function report(context: TestContext, counts: readonly Count[]): void {
  const mutants = counts.reduce((sum, count) => sum + count.mutants, 0)
  const survivors = counts.flatMap((count) => count.survivors)
  context.diagnostic(`mutants refused: ${mutants - survivors.length} of ${mutants}`)
  assert.deepEqual(survivors, [])
}

/** The other four files are the same bytes at every size. */
const sized: readonly EvidenceFile[] = ['receipt.tlog-proof', 'checkpoint']
const cases: readonly (Case & { readonly mutated: readonly EvidenceFile[] })[] = [
  { size: 1, index: 0, mutated: sized },
  { size: 2, index: 1, mutated: sized },
  { size: 255, index: 254, mutated: sized },
  { size: 256, index: 0, mutated: sized },
  { size: 257, index: 256, mutated: sized },
  { size: 1000, index: 613, witnesses: [witness], quorum: 'w1', mutated: evidenceFiles },
]

for (const { mutated, ...wanted } of cases) {
  test(`no byte changes unseen: entry ${wanted.index} of ${wanted.size}`, async (t) => {
    const files = await makeEvidence(wanted)
    assert.deepEqual(verifyEvidence({ files }).failures, [])
    const judge = (file: string) => (mutant: Uint8Array) =>
      verifyWith(quickly, { files: new Map(files).set(file, mutant) })
    report(
      t,
      mutated.map((file) => countSurvivors(files, file, judge(file))),
    )
  })
}

test('no byte of a checkpoint changes unseen, even if the copy inside the proof changes alike', async (t) => {
  const files = await makeEvidence({ size: 5, index: 3 })
  const proof = files.get('receipt.tlog-proof')!
  const before = proof.subarray(0, proof.length - files.get('checkpoint')!.length)
  const judge = (mutant: Uint8Array) =>
    verifyEvidence({
      files: new Map(files)
        .set('checkpoint', mutant)
        .set('receipt.tlog-proof', Uint8Array.of(...before, ...mutant)),
    })
  report(t, [countSurvivors(files, 'checkpoint', judge)])
})
