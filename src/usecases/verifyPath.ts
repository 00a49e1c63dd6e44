import { type VerificationReport, verifyEvidence } from '#evidence'
import { type Fault, ok, type Result } from '#kernel'
import type { Files } from './act.ts'

/** An evidence folder's files, and what lies beside it (undefined: the folder was handed over alone). */
export type EvidenceFiles = { readonly files: Files; readonly outputs: Files | undefined }

export interface EvidenceReader {
  /** From an evidence folder, or from a folder that holds one named `evidence`. */
  read(path: string): Promise<Result<EvidenceFiles, Fault>>
  readPolicy(path: string): Promise<Result<string, Fault>>
}

/** Offline check; needs no database, network or key of ours. */
export async function verifyPath(
  reader: EvidenceReader,
  path: string,
  policyPath: string | undefined,
): Promise<Result<VerificationReport, Fault>> {
  const read = await reader.read(path)
  if (!read.ok) return read
  const policy = policyPath === undefined ? ok(undefined) : await reader.readPolicy(policyPath)
  if (!policy.ok) return policy
  const { files, outputs } = read.value
  return ok(
    verifyEvidence({
      files,
      ...(outputs ? { outputs } : {}),
      ...(policy.value === undefined ? {} : { policy: policy.value }),
    }),
  )
}
