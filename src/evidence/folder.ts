import { err, fromUtf8, type Result, utf8 } from '#kernel'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import { type Opening, parseOpening } from './commitment.ts'
import { type Failure, type FailureCode, failure } from './failure.ts'
import { type Leaf, parseLeaf } from './leaf.ts'
import { type Note, parseNote } from './note.ts'
import { formatPolicy, type Policy, parsePolicy } from './policy.ts'
import { type Proof, parseProof } from './proof.ts'
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from './verifierKey.ts'

/** The six files of an evidence folder, and no other. */
export const evidenceFiles = [
  'leaf.bin',
  'receipt.tlog-proof',
  'checkpoint',
  'log.vkey',
  'policy.txt',
  'opening.json',
] as const
export type EvidenceFile = (typeof evidenceFiles)[number]

/** What could be read; each part that could not is missing and has a failure. */
export type Folder = {
  readonly leaf: Leaf | undefined
  readonly proof: Proof | undefined
  readonly note: Note | undefined
  readonly checkpoint: Checkpoint | undefined
  readonly logKey: VerifierKey | undefined
  readonly policy: Policy | undefined
  readonly opening: Opening | undefined
  readonly failures: readonly Failure[]
}

/** `log.vkey`: one verifier key and a newline. */
export const keyFileBytes = (key: VerifierKey): Uint8Array => utf8(`${formatVerifierKey(key)}\n`)

type Reading<T> = Result<T, FailureCode>

export function readFolder(files: ReadonlyMap<string, Uint8Array>): Folder {
  const failures: Failure[] = []
  const keep = <T>(file: string, reading: Reading<T>): T | undefined => {
    if (!reading.ok) failures.push(failure(file, reading.error))
    return reading.ok ? reading.value : undefined
  }
  const read = <T>(file: EvidenceFile, parse: (bytes: Uint8Array) => Reading<T>): T | undefined => {
    const bytes = files.get(file)
    return keep(file, bytes ? parse(bytes) : err('file.missing'))
  }
  for (const file of files.keys()) if (!isEvidenceFile(file)) failures.push(failure(file, 'file.unexpected'))
  const note = read('checkpoint', (bytes) => fromText(bytes, parseNote))
  return {
    leaf: read('leaf.bin', parseLeaf),
    proof: read('receipt.tlog-proof', (bytes) => fromText(bytes, parseProof)),
    note,
    checkpoint: note && keep('checkpoint', parseCheckpoint(note.text)),
    logKey: read('log.vkey', (bytes) => fromText(bytes, parseKeyFile)),
    policy: read('policy.txt', (bytes) => fromText(bytes, parseOurPolicy)),
    opening: read('opening.json', parseOpening),
    failures,
  }
}

const isEvidenceFile = (file: string): boolean => (evidenceFiles as readonly string[]).includes(file)

function fromText<T>(bytes: Uint8Array, parse: (text: string) => Reading<T>): Reading<T> {
  const text = fromUtf8(bytes)
  return text === undefined ? err('file.not-utf8') : parse(text)
}

function parseKeyFile(text: string): Reading<VerifierKey> {
  if (!text.endsWith('\n')) return err('file.other-spelling')
  const key = parseVerifierKey(text.slice(0, -1))
  return key.ok && key.value.type !== 'ed25519' ? err('vkey.not-a-log-key') : key
}

/** The format allows comments and blanks; ours has one spelling, so that no byte changes unseen. */
function parseOurPolicy(text: string): Reading<Policy> {
  const policy = parsePolicy(text)
  return policy.ok && formatPolicy(policy.value) !== text ? err('file.other-spelling') : policy
}

/** Every key that may sign in a folder: its own, and those of the policy given from outside. */
export const signingKeys = (
  logKey: VerifierKey | undefined,
  ...policies: readonly (Policy | undefined)[]
) => [
  ...(logKey ? [logKey] : []),
  ...policies
    .flatMap((policy) => (policy ? [...policy.logs, ...policy.witnesses] : []))
    .map(({ key }) => key),
]
