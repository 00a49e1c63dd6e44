import { equalBytes, type Result, sha256Hex, utf8 } from '#kernel'
import { commit } from './commitment.ts'
import { type SignatureCheck, verifyEd25519 } from './ed25519.ts'
import { type Failure, failure } from './failure.ts'
import { type Folder, readFolder, signingKeys } from './folder.ts'
import { leafHash, verifyInclusion } from './merkle.ts'
import { judgeLine, type LineVerdict } from './note.ts'
import { evaluatePolicy, type Policy, type PolicyFault, parsePolicy } from './policy.ts'
import { isSameKey, type VerifierKey } from './verifierKey.ts'

type Files = ReadonlyMap<string, Uint8Array>

export type EvidenceInput = {
  /** File names of the evidence folder and their bytes. */
  readonly files: Files
  /** Every file that the folder is said to prove, by relative name; left out, outputs are not looked at. */
  readonly outputs?: Files
  /** Text of a C2SP tlog-policy that the reader trusts. */
  readonly policy?: string
}

export type VerificationReport = {
  readonly ok: boolean
  /** What the keys were measured by: the reader's policy, or only the key lying beside the proof. */
  readonly trust: 'self-asserted' | 'policy'
  readonly entries: readonly { readonly index: number; readonly kind: string; readonly ok: boolean }[]
  readonly failures: readonly Failure[]
}

/** Offline check of an evidence folder: every failure there is, in fixed order. Never throws, whatever the bytes. */
export const verifyEvidence = (input: EvidenceInput): VerificationReport => verifyWith(verifyEd25519, input)

/** The same with another way to check Ed25519; tests pass one that remembers. */
export function verifyWith(
  check: SignatureCheck,
  { files, outputs, policy }: EvidenceInput,
): VerificationReport {
  const folder = readFolder(files)
  const given = policy === undefined ? undefined : parsePolicy(policy)
  const { signers, failures } = judgeSignatures(folder, given?.ok ? given.value : undefined, check)
  const found = [
    ...folder.failures,
    ...failures,
    ...judgeProof(folder, files),
    ...judgeOpening(folder, files),
    ...(folder.policy ? judgePolicy('policy.txt', folder.policy, folder.logKey, signers) : []),
    ...(given ? judgeGivenPolicy(given, folder.logKey, signers) : []),
    ...(outputs && folder.opening ? judgeOutputs(folder.opening.payload.outputs, outputs) : []),
  ].sort(inFixedOrder)
  const ok = found.length === 0
  const { proof, leaf } = folder
  return {
    ok,
    trust: given ? 'policy' : 'self-asserted',
    entries: proof && leaf ? [{ index: proof.index, kind: leaf.kind, ok }] : [],
    failures: found,
  }
}

const keyOf = ({ file, code }: Failure): string => `${file}\n${code}`
const inFixedOrder = (a: Failure, b: Failure): number =>
  keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0

const failuresIf = (...conditions: readonly (readonly [failed: boolean, failure: Failure])[]): Failure[] =>
  conditions.flatMap(([failed, found]) => (failed ? [found] : []))

/**
 * Every line must be by a known key, once, and verify. A reader of notes ignores unknown lines; here they would be
 * bytes that could change unseen.
 */
function judgeSignatures(
  { note, checkpoint, logKey, policy }: Folder,
  given: Policy | undefined,
  check: SignatureCheck,
) {
  if (!note) return { signers: [], failures: [] }
  const keys = signingKeys(logKey, policy, given)
  const verdicts = note.signatures.map((line) => judgeLine(note, line, keys, check))
  const signers = verdicts.flatMap((verdict) => (verdict.kind === 'verified' ? [verdict.key] : []))
  const has = (kind: LineVerdict['kind']) => verdicts.some((verdict) => verdict.kind === kind)
  const lines = note.signatures.map(({ name, id }) => `${id} ${name}`)
  const failures = failuresIf(
    [has('unknown'), failure('checkpoint', 'signature.unknown-key')],
    [has('ambiguous'), failure('checkpoint', 'note.ambiguous-key')],
    [has('invalid'), failure('checkpoint', 'note.bad-signature')],
    [new Set(lines).size < lines.length, failure('checkpoint', 'signature.duplicate')],
    [
      logKey !== undefined && !signers.some((key) => isSameKey(key, logKey)),
      failure('checkpoint', 'checkpoint.not-by-log'),
    ],
    [
      logKey !== undefined && checkpoint !== undefined && checkpoint.origin !== logKey.name,
      failure('checkpoint', 'checkpoint.origin'),
    ],
  )
  return { signers, failures }
}

function judgeProof({ proof, checkpoint }: Folder, files: Files): Failure[] {
  if (!proof) return []
  const file = 'receipt.tlog-proof'
  const [leaf, signed] = [files.get('leaf.bin'), files.get('checkpoint')]
  // Size and root come from the signed checkpoint only: the path alone can fit another size.
  const isIncluded =
    leaf && checkpoint
      ? verifyInclusion({ leafHash: leafHash(leaf), ...checkpoint, index: proof.index, proof: proof.hashes })
      : true
  return failuresIf(
    [proof.extra !== undefined, failure(file, 'proof.extra')],
    [
      signed !== undefined && !equalBytes(signed, utf8(proof.checkpoint)),
      failure('checkpoint', 'checkpoint.differs'),
    ],
    [!isIncluded, failure(file, 'proof.not-included')],
  )
}

function judgeOpening({ opening, leaf }: Folder, files: Files): Failure[] {
  if (!opening) return []
  const { payload, salt } = opening
  const differs = (file: string, digest: string): boolean => {
    const bytes = files.get(file)
    return bytes !== undefined && sha256Hex(bytes) !== digest
  }
  return failuresIf(
    [
      leaf !== undefined && commit(salt, payload) !== leaf.commitment,
      failure('opening.json', 'opening.other-commitment'),
    ],
    [differs('policy.txt', payload.policySha256), failure('policy.txt', 'opening.other-policy')],
    [differs('log.vkey', payload.vkeySha256), failure('log.vkey', 'opening.other-vkey')],
  )
}

/** The folder's own policy binds too: a folder that lacks the witnesses which it asks for itself proves nothing. */
const judgePolicy = (
  file: string,
  policy: Policy,
  logKey: VerifierKey | undefined,
  signers: readonly VerifierKey[],
): Failure[] =>
  failuresIf(
    [
      logKey !== undefined && !policy.logs.some(({ key }) => isSameKey(key, logKey)),
      failure(file, 'policy.unknown-log'),
    ],
    [!evaluatePolicy(policy, signers).quorum, failure(file, 'policy.quorum-not-met')],
  )

const judgeGivenPolicy = (
  given: Result<Policy, PolicyFault>,
  logKey: VerifierKey | undefined,
  signers: readonly VerifierKey[],
): Failure[] =>
  given.ok
    ? judgePolicy('given policy', given.value, logKey, signers)
    : [failure('given policy', given.error)]

function judgeOutputs(named: { readonly [file: string]: string }, outputs: Files): Failure[] {
  const digests = new Map(Object.entries(named))
  const unnamed = [...outputs.keys()].filter((file) => !digests.has(file))
  return [
    ...unnamed.map((file) => failure(`outputs/${file}`, 'output.not-named')),
    ...[...digests].flatMap(([file, digest]) => {
      const bytes = outputs.get(file)
      return failuresIf(
        [bytes === undefined, failure(`outputs/${file}`, 'output.missing')],
        [bytes !== undefined && sha256Hex(bytes) !== digest, failure(`outputs/${file}`, 'output.other-hash')],
      )
    }),
  ]
}
