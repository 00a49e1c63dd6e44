import { err, fromBase64, type Instant, ok, parseInstant, type Result, toBase64, utf8 } from '#kernel'
import { hashLength, leafHash } from './merkle.ts'
import { formatNote, type NoteFault, openNote, type Signer } from './note.ts'
import type { VerifierKey } from './verifierKey.ts'

/** That an entry, known by the hash of its leaf (RFC 6962), stands in the log before `until`. */
export type Promised = { readonly leafHash: Uint8Array; readonly until: Instant }
export type PromiseFault = NoteFault | 'promise.lines'

/** No checkpoint begins so: its first line is the name of the log alone. */
const headLine = (log: string): string => `${log} promises`

/** What is handed out before an entry has its place: a C2SP signed note of three lines, by the key that signs the log. */
export async function signPromise(signer: Signer, leaf: Uint8Array, until: Instant): Promise<string> {
  const { name, id } = signer.key
  const text = `${headLine(name)}\n${toBase64(leafHash(leaf))}\n${until}\n`
  return formatNote({ text, signatures: [{ name, id, signature: await signer.sign(utf8(text)) }] })
}

/** A promise that this log signed. */
export function openPromise(note: string, logKey: VerifierKey): Result<Promised, PromiseFault> {
  const opened = openNote(note, [logKey])
  if (!opened.ok) return opened
  const [head, hash = '', until = '', end, ...more] = opened.value.text.split('\n')
  const bytes = fromBase64(hash)
  const instant = parseInstant(until)
  if (head !== headLine(logKey.name) || bytes?.length !== hashLength || instant !== until)
    return err('promise.lines')
  return end === '' && more.length === 0 ? ok({ leafHash: bytes, until: instant }) : err('promise.lines')
}
