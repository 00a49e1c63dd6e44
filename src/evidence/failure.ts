import type { CheckpointFault } from './checkpoint.ts'
import type { OpeningFault } from './commitment.ts'
import type { LeafFault } from './leaf.ts'
import type { NoteFault } from './note.ts'
import type { PolicyFault } from './policy.ts'
import type { ProofFault } from './proof.ts'
import type { VerifierKeyFault } from './verifierKey.ts'

/** `file` is a name in the evidence folder, `outputs/<name>` for a file beside it, or `given policy`. */
export type Failure = { readonly file: string; readonly code: FailureCode; readonly message: string }

/** What is found between files that are well-formed one by one. */
type MismatchCode =
  | 'file.missing'
  | 'file.unexpected'
  | 'file.not-utf8'
  | 'file.other-spelling'
  | 'vkey.not-a-log-key'
  | 'proof.extra'
  | 'proof.not-included'
  | 'checkpoint.differs'
  | 'signature.unknown-key'
  | 'signature.duplicate'
  | 'opening.other-commitment'
  | 'opening.other-policy'
  | 'opening.other-vkey'
  | 'output.missing'
  | 'output.other-hash'
  | 'output.not-named'
  | 'policy.unknown-log'
  | 'policy.quorum-not-met'

export type FailureCode =
  | MismatchCode
  | VerifierKeyFault
  | NoteFault
  | CheckpointFault
  | ProofFault
  | PolicyFault
  | LeafFault
  | OpeningFault

/** One sentence per code for a reader who was not there; never a value from the files. */
const messages: Record<FailureCode, string> = {
  'file.missing': 'the file is not there',
  'file.unexpected': 'no such file belongs to an evidence folder',
  'file.not-utf8': 'the file is not UTF-8 text',
  'file.other-spelling': 'the same content has another, canonical spelling',
  'vkey.syntax': 'not a verifier key: name, key id and base64 key, joined by +',
  'vkey.unsupported-type': 'the key is of a type that this verifier does not know',
  'vkey.wrong-id': 'the key id is not the one that name and key give',
  'vkey.not-a-log-key': 'the key is not one that signs checkpoints as a log',
  'note.syntax': 'not a signed note: text, an empty line, signature lines',
  'note.no-signature': 'nobody signed the note',
  'note.too-many-signatures': 'more signatures than a reader should check',
  'note.ambiguous-key': 'two different keys share the name and key id of a signature',
  'note.bad-signature': 'a signature by a known key does not verify',
  'note.unknown-keys': 'no known key signed the note',
  'signature.unknown-key': 'a signature is by a key that neither log.vkey nor a policy names',
  'signature.duplicate': 'one key signed twice',
  'checkpoint.lines': 'not a checkpoint: origin, size, root, each on a line that is not empty',
  'checkpoint.size': 'the tree size is not a plain decimal number below 2^53',
  'checkpoint.root': 'the root is not 32 bytes in canonical base64, or not that of an empty tree',
  'checkpoint.origin': 'the origin is not the name of the log key',
  'checkpoint.not-by-log': 'the key in log.vkey did not sign the checkpoint',
  'checkpoint.differs': 'the checkpoint is not the one inside the proof',
  'proof.version': 'not a c2sp.org/tlog-proof@v1 proof',
  'proof.syntax': 'the lines are not those of a proof',
  'proof.index': 'the index is not a plain decimal number below 2^53',
  'proof.hash': 'a line of the inclusion path is not 32 bytes in canonical base64',
  'proof.extra': 'extra data, which nothing authenticates',
  'proof.not-included': 'the leaf is not at that index of the tree that the checkpoint signs',
  'json.syntax': 'not JSON',
  'json.duplicate-key': 'the same member twice in one object',
  'json.lone-surrogate': 'half of a surrogate pair',
  'json.big-integer': 'an integer beyond 2^53−1',
  'json.too-deep': 'nested more deeply than a reader should follow',
  'canonical.not-utf8': 'the file is not UTF-8 text',
  'canonical.other-spelling': 'the same JSON has another, canonical spelling (RFC 8785)',
  'leaf.too-long': 'more than 65,535 bytes',
  'leaf.members': 'not exactly an instant, a commitment, a kind and version 1',
  'opening.members': 'not exactly a payload and a salt of 32 bytes in lower-case hex',
  'opening.payload':
    'the payload lacks digests of policy, key, inputs or outputs, or a file name is not relative',
  'opening.other-commitment': 'payload and salt do not give the commitment in the leaf',
  'opening.other-policy': 'policy.txt is not the one that the entry commits to',
  'opening.other-vkey': 'log.vkey is not the one that the entry commits to',
  'output.missing': 'an output that the entry commits to is not there',
  'output.other-hash': 'the output is not the one that the entry commits to',
  'output.not-named': 'the entry does not commit to this output',
  'policy.characters': 'control characters, or a last line without its newline',
  'policy.syntax': 'a line that is none of log, witness, group and quorum',
  'policy.key': 'a key that is malformed or not of the type that its line needs',
  'policy.duplicate-key': 'the same public key twice',
  'policy.name-taken': 'a name that is defined already',
  'policy.unknown-name': 'a name that no line above defines',
  'policy.member-twice': 'a name that is a member of groups twice',
  'policy.threshold': 'a threshold that is not between 1 and the number of members',
  'policy.quorum-count': 'not exactly one quorum line',
  'policy.unknown-log': 'log.vkey is not a log of this policy',
  'policy.quorum-not-met': 'fewer witnesses cosigned than the quorum of this policy asks for',
}

export const failure = (file: string, code: FailureCode): Failure => ({ file, code, message: messages[code] })
