export {
  type Checkpoint,
  type CheckpointFault,
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
  type TreeHead,
} from './checkpoint.ts'
export {
  commit,
  type Digests,
  type Opening,
  type OpeningFault,
  openingBytes,
  type Payload,
  parseOpening,
  saltLength,
} from './commitment.ts'
export { cosignatureOf, cosignedAt, cosignedMessage } from './cosignature.ts'
export { verifyEd25519 } from './ed25519.ts'
export type { Failure, FailureCode } from './failure.ts'
export { type EvidenceFile, evidenceFiles, keyFileBytes } from './folder.ts'
export { type Leaf, type LeafFault, leafBytes, parseLeaf } from './leaf.ts'
export { emptyRoot, hashLength, leafHash, nodeHash, verifyConsistency, verifyInclusion } from './merkle.ts'
export {
  formatNote,
  type Note,
  type NoteFault,
  openNote,
  parseNote,
  type SignatureLine,
  type Signer,
} from './note.ts'
export {
  evaluatePolicy,
  formatPolicy,
  type Policy,
  type PolicyFault,
  type PolicyGroup,
  type PolicyLog,
  type PolicyWitness,
  parsePolicy,
} from './policy.ts'
export { openPromise, type Promised, type PromiseFault, signPromise } from './promise.ts'
export { formatProof, type Proof, type ProofFault, parseProof } from './proof.ts'
export {
  decodeEntryBundle,
  encodeEntryBundle,
  entriesPath,
  type TileRef,
  tilePath,
  tileWidth,
} from './tiles.ts'
export {
  consistencyProof,
  growTree,
  inclusionProof,
  inclusionProofs,
  rootOf,
  type Tile,
  type TileLookup,
  tilesForConsistency,
  tilesForGrowth,
  tilesForInclusion,
} from './tree.ts'
export {
  formatVerifierKey,
  isSameKey,
  type KeyType,
  parseVerifierKey,
  type VerifierKey,
  type VerifierKeyFault,
  verifierKey,
} from './verifierKey.ts'
export { type EvidenceInput, type VerificationReport, verifyEvidence } from './verify.ts'
