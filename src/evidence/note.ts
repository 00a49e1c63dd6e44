import { concatBytes, err, fromBase64, fromHex, ok, type Result, toBase64, toHex, utf8 } from '#kernel'
import { verifyCosignature } from './cosignature.ts'
import { type SignatureCheck, verifyEd25519 } from './ed25519.ts'
import { hasControl, isKeyName, isSameKey, type KeyType, type VerifierKey } from './verifierKey.ts'

/** C2SP signed-note 1.0.0. `text` ends in a newline. */
export type Note = { readonly text: string; readonly signatures: readonly SignatureLine[] }
/** `id` is lower-case hex of the four bytes before the signature. */
export type SignatureLine = { readonly name: string; readonly id: string; readonly signature: Uint8Array }

export type NoteFault =
  | 'note.syntax'
  | 'note.no-signature'
  | 'note.too-many-signatures'
  | 'note.ambiguous-key'
  | 'note.bad-signature'
  | 'note.unknown-keys'

/** Keys that sign live elsewhere (files, security modules); evidence only asks for signatures. */
export interface Signer {
  readonly key: VerifierKey
  sign(message: Uint8Array): Promise<Uint8Array>
}

const mostSignatures = 100
const lineStart = '\u2014 '
const idLength = 4

const formatLine = ({ name, id, signature }: SignatureLine): string =>
  `${lineStart}${name} ${toBase64(concatBytes(fromHex(id)!, signature))}\n`

export const formatNote = ({ text, signatures }: Note): string =>
  `${text}\n${signatures.map(formatLine).join('')}`

/** Strict: what parses formats to the very same text. Nothing in it is to be believed before `openNote`. */
export function parseNote(note: string): Result<Note, NoteFault> {
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n') || !note.isWellFormed() || hasControl(note)) return err('note.syntax')
  const block = note.slice(split + 2)
  if (block === '') return err('note.no-signature')
  const lines = block.slice(0, -1).split('\n')
  if (lines.length > mostSignatures) return err('note.too-many-signatures')
  const signatures = lines.map(parseLine).filter((line) => line !== undefined)
  return signatures.length === lines.length
    ? ok({ text: note.slice(0, split + 1), signatures })
    : err('note.syntax')
}

function parseLine(line: string): SignatureLine | undefined {
  const [name, base64, ...more] = line.startsWith(lineStart) ? line.slice(lineStart.length).split(' ') : []
  const bytes = base64 === undefined ? undefined : fromBase64(base64)
  if (name === undefined || !isKeyName(name) || bytes === undefined || more.length > 0) return undefined
  if (bytes.length <= idLength) return undefined
  return { name, id: toHex(bytes.subarray(0, idLength)), signature: bytes.slice(idLength) }
}

/** How each type of key signs a note; a new type is a new row. */
const checks: Record<
  KeyType,
  (key: VerifierKey, note: Note, line: SignatureLine, check: SignatureCheck) => boolean
> = {
  ed25519: ({ publicKey }, { text }, { signature }, check) => check(publicKey, utf8(text), signature),
  cosignature: ({ publicKey }, { text }, { signature }, check) =>
    verifyCosignature(publicKey, text, signature, check),
}

export type LineVerdict =
  | { readonly kind: 'verified'; readonly key: VerifierKey }
  | { readonly kind: 'unknown' | 'ambiguous' | 'invalid' }

/** Whose signature a line is, among `keys`, and whether it is that key's. */
export function judgeLine(
  note: Note,
  line: SignatureLine,
  keys: readonly VerifierKey[],
  check: SignatureCheck = verifyEd25519,
): LineVerdict {
  const [key, ...others] = keys.filter(({ name, id }) => name === line.name && id === line.id)
  if (key === undefined) return { kind: 'unknown' }
  if (others.some((other) => !isSameKey(key, other))) return { kind: 'ambiguous' }
  return checks[key.type](key, note, line, check) ? { kind: 'verified', key } : { kind: 'invalid' }
}

/**
 * Text of a note and the known keys that signed it, each once. As the specification says, lines by unknown keys are
 * ignored, one bad signature by a known key refuses the note, and so does having none by a known key.
 */
export function openNote(
  note: string,
  keys: readonly VerifierKey[],
): Result<{ readonly text: string; readonly verified: readonly VerifierKey[] }, NoteFault> {
  const parsed = parseNote(note)
  if (!parsed.ok) return parsed
  const verdicts = parsed.value.signatures.map((line) => judgeLine(parsed.value, line, keys))
  if (verdicts.some(({ kind }) => kind === 'ambiguous')) return err('note.ambiguous-key')
  if (verdicts.some(({ kind }) => kind === 'invalid')) return err('note.bad-signature')
  const signers = verdicts.flatMap((verdict) => (verdict.kind === 'verified' ? [verdict.key] : []))
  if (signers.length === 0) return err('note.unknown-keys')
  const verified = signers.filter((key, i) => signers.findIndex((other) => isSameKey(key, other)) === i)
  return ok({ text: parsed.value.text, verified })
}
