import { equalBytes, err, ok, type Result } from '#kernel'
import { parseDecimal } from './decimal.ts'
import {
  formatVerifierKey,
  isSameKey,
  type KeyType,
  parseVerifierKey,
  type VerifierKey,
} from './verifierKey.ts'

/** C2SP tlog-policy: which logs a verifier believes, and which witnesses must have cosigned. */
export type Policy = {
  readonly logs: readonly PolicyLog[]
  readonly witnesses: readonly PolicyWitness[]
  readonly groups: readonly PolicyGroup[]
  /** Name of a witness or group, or `none`. */
  readonly quorum: string
}
export type PolicyLog = { readonly key: VerifierKey; readonly url?: string }
export type PolicyWitness = { readonly name: string; readonly key: VerifierKey; readonly url?: string }
/** Witnessed when at least `threshold` of the members are. */
export type PolicyGroup = {
  readonly name: string
  readonly threshold: number
  readonly members: readonly string[]
}

export type PolicyFault =
  | 'policy.characters'
  | 'policy.syntax'
  | 'policy.key'
  | 'policy.duplicate-key'
  | 'policy.name-taken'
  | 'policy.unknown-name'
  | 'policy.member-twice'
  | 'policy.threshold'
  | 'policy.quorum-count'

const noWitness = 'none'
type Draft = { logs: PolicyLog[]; witnesses: PolicyWitness[]; groups: PolicyGroup[]; quorum?: string }

/** Tolerant where the specification is: blanks, tabs, empty lines, comments, `any`, `all`. */
export function parsePolicy(text: string): Result<Policy, PolicyFault> {
  if (!isPolicyText(text)) return err('policy.characters')
  const draft: Draft = { logs: [], witnesses: [], groups: [] }
  for (const line of text.split('\n')) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '')
    if (words.length === 0 || words[0]!.startsWith('#')) continue
    const fault = readLine(draft, words)
    if (fault) return err(fault)
  }
  const { quorum, ...rest } = draft
  return quorum === undefined ? err('policy.quorum-count') : ok({ ...rest, quorum })
}

/** Tab, newline, printable ASCII and anything beyond ASCII, which stays opaque; every line ends in a newline. */
function isPolicyText(text: string): boolean {
  if (!text.isWellFormed() || (text !== '' && !text.endsWith('\n'))) return false
  return ![...text].some((c) => (c < ' ' && c !== '\t' && c !== '\n') || c === '\x7f')
}

function readLine(draft: Draft, [keyword, ...words]: readonly string[]): PolicyFault | undefined {
  if (keyword === 'log') return readLog(draft, words)
  if (keyword === 'witness') return readWitness(draft, words)
  if (keyword === 'group') return readGroup(draft, words)
  return keyword === 'quorum' ? readQuorum(draft, words) : 'policy.syntax'
}

function readLog({ logs }: Draft, [vkey, url, ...more]: readonly string[]): PolicyFault | undefined {
  if (vkey === undefined || more.length > 0) return 'policy.syntax'
  const key = keyOf(vkey, 'ed25519')
  if (key === undefined) return 'policy.key'
  if (isListed(logs, key)) return 'policy.duplicate-key'
  logs.push({ key, ...(url !== undefined && { url }) })
  return undefined
}

function readWitness(draft: Draft, [name, vkey, url, ...more]: readonly string[]): PolicyFault | undefined {
  if (name === undefined || vkey === undefined || more.length > 0) return 'policy.syntax'
  const key = keyOf(vkey, 'cosignature')
  if (key === undefined) return 'policy.key'
  if (isListed(draft.witnesses, key)) return 'policy.duplicate-key'
  if (isTaken(draft, name)) return 'policy.name-taken'
  draft.witnesses.push({ name, key, ...(url !== undefined && { url }) })
  return undefined
}

function readGroup(draft: Draft, [name, count, ...members]: readonly string[]): PolicyFault | undefined {
  if (name === undefined || count === undefined || members.length === 0) return 'policy.syntax'
  if (isTaken(draft, name)) return 'policy.name-taken'
  const threshold = count === 'any' ? 1 : count === 'all' ? members.length : (parseDecimal(count) ?? 0)
  if (threshold < 1 || threshold > members.length) return 'policy.threshold'
  if (!members.every((member) => member !== noWitness && isTaken(draft, member))) return 'policy.unknown-name'
  // Each name is a member once in the whole file, so that no witness counts twice.
  const listed = [...draft.groups.flatMap((group) => group.members), ...members]
  if (new Set(listed).size < listed.length) return 'policy.member-twice'
  draft.groups.push({ name, threshold, members })
  return undefined
}

function readQuorum(draft: Draft, [name, ...more]: readonly string[]): PolicyFault | undefined {
  if (name === undefined || more.length > 0) return 'policy.syntax'
  if (draft.quorum !== undefined) return 'policy.quorum-count'
  if (!isTaken(draft, name)) return 'policy.unknown-name'
  draft.quorum = name
  return undefined
}

function keyOf(vkey: string, type: KeyType): VerifierKey | undefined {
  const key = parseVerifierKey(vkey)
  return key.ok && key.value.type === type ? key.value : undefined
}

/** The same public key under another name is the same party. */
const isListed = (listed: readonly { readonly key: VerifierKey }[], { publicKey }: VerifierKey): boolean =>
  listed.some(({ key }) => equalBytes(key.publicKey, publicKey))

const isTaken = ({ witnesses, groups }: Draft, name: string): boolean =>
  name === noWitness || [...witnesses, ...groups].some((defined) => defined.name === name)

/** Our only spelling: logs, witnesses, groups with counted thresholds, quorum; single blanks. */
export function formatPolicy({ logs, witnesses, groups, quorum }: Policy): string {
  const lines = [
    ...logs.map(({ key, url }) => ['log', formatVerifierKey(key), url]),
    ...witnesses.map(({ name, key, url }) => ['witness', name, formatVerifierKey(key), url]),
    ...groups.map(({ name, threshold, members }) => ['group', name, threshold, ...members]),
    ['quorum', quorum],
  ]
  return lines.map((words) => `${words.filter((word) => word !== undefined).join(' ')}\n`).join('')
}

/** Whether a known log signed, and whether the witnesses among `signers` are enough. */
export function evaluatePolicy(
  policy: Policy,
  signers: readonly VerifierKey[],
): { readonly log: boolean; readonly quorum: boolean } {
  const hasSigned = ({ key }: { readonly key: VerifierKey }) =>
    signers.some((signer) => isSameKey(signer, key))
  const witnessed = new Set([noWitness, ...policy.witnesses.filter(hasSigned).map(({ name }) => name)])
  // Groups name only what stands before them, so one pass in order is enough.
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => witnessed.has(member)).length >= threshold) witnessed.add(name)
  }
  return { log: policy.logs.some(hasSigned), quorum: witnessed.has(policy.quorum) }
}
