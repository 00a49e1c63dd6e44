import {
  commit,
  formatPolicy,
  formatProof,
  keyFileBytes,
  leafBytes,
  openingBytes,
  type Payload,
  type VerifierKey,
} from '#evidence'
import { type Json, sha256Hex, utf8 } from '#kernel'
import type { ActRequest, Files, Inputs } from './act.ts'
import type { Answer } from './answer.ts'
import type { EntryProof } from './ports.ts'
import type { World } from './world.ts'

/** The six files of an evidence folder, and the position in the log. */
export type Receipt = { readonly index: number; readonly files: Files }

/** The exact leaf, and what it commits to. */
export type SealedAct = { readonly leaf: Uint8Array; readonly opening: Uint8Array }

export const jsonFile = (value: unknown): Uint8Array => utf8(`${JSON.stringify(value, null, 2)}\n`)

type Account = {
  readonly request: ActRequest
  readonly answer: Answer
  readonly outputs: Files
  readonly inputs: Inputs
}

/** Commits to everything that the act read, decided and made. The log sees the commitment, the kind and the time only. */
export function sealAct(world: World, account: Account): SealedAct {
  const { act } = account.answer
  const salt = world.chance.bytes(32)
  const payload = payloadOf(world, account)
  const kind = account.answer.kind === 'permit' ? account.request.kind : `${account.request.kind}-refused`
  return {
    leaf: leafBytes({ at: act.instant, kind, commitment: commit(salt, payload) }),
    opening: openingBytes({ payload, salt }),
  }
}

function payloadOf({ store, lawbook }: World, { request, answer, outputs, inputs }: Account): Payload {
  const { act } = answer
  return {
    act: act.id,
    activity: act.activity,
    actor: request.actor,
    at: act.instant,
    by: request.by,
    decision: answer.kind,
    inputs,
    lawDay: act.lawDay,
    norms: lawbook.sha256,
    outcome: answer.ruling.outcome,
    outputs: Object.fromEntries([...outputs].map(([name, bytes]) => [name, sha256Hex(bytes)])),
    purpose: act.purpose,
    reasons: answer.kind === 'denial' ? (answer.denial.reasons as Json) : [],
    subject: act.subject,
    ...logDigests(store.logKey),
  }
}

/** What an entry says of the log that it is in. */
export const logDigests = (logKey: VerifierKey) => ({
  policySha256: sha256Hex(policyFile(logKey)),
  vkeySha256: sha256Hex(keyFileBytes(logKey)),
})

/** No witnesses yet: the log's own signature is all that the quorum asks. */
const policyFile = (logKey: VerifierKey): Uint8Array =>
  utf8(formatPolicy({ logs: [{ key: logKey }], witnesses: [], groups: [], quorum: 'none' }))

export function makeReceipt({ store }: World, { leaf, opening }: SealedAct, proof: EntryProof): Receipt {
  const files = new Map<string, Uint8Array>([
    ['leaf.bin', leaf],
    ['receipt.tlog-proof', utf8(formatProof(proof))],
    ['checkpoint', utf8(proof.checkpoint)],
    ['log.vkey', keyFileBytes(store.logKey)],
    ['policy.txt', policyFile(store.logKey)],
    ['opening.json', opening],
  ])
  return { index: proof.index, files }
}
