import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { expectOk, type Instant, toBase64, utf8 } from '#kernel'
import { openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { leafHash } from './merkle.ts'
import { formatNote, type Signer } from './note.ts'
import { openPromise, signPromise } from './promise.ts'
import { verifierKey } from './verifierKey.ts'

/** A log of the system's own library, which knows nothing of promises. */
function logNamed(name: string): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  return {
    key: verifierKey(name, 'ed25519', new Uint8Array(raw)),
    sign: async (message) => new Uint8Array(sign(null, message, privateKey)),
  }
}

const log = logNamed('habeas.invalid/log/a')
const until = '2026-11-28T08:00:00.000Z' as Instant
const leaf = utf8('a leaf')

/** Whatever text, signed by the log. */
async function noteOf(text: string): Promise<string> {
  const { name, id } = log.key
  return formatNote({ text, signatures: [{ name, id, signature: await log.sign(utf8(text)) }] })
}

test('a promise opens to the leaf and the moment that it was made of, under the key of its log only', async () => {
  const note = await signPromise(log, leaf, until)
  assert.deepEqual(expectOk(openPromise(note, log.key)), { leafHash: leafHash(leaf), until })
  const others = [logNamed('habeas.invalid/log/a'), logNamed('habeas.invalid/log/b')]
  for (const { key } of others) assert.equal(openPromise(note, key).ok, false)
  assert.deepEqual(openPromise(note.replace('2026', '2027'), log.key), {
    ok: false,
    error: 'note.bad-signature',
  })
})

test('a promise is no checkpoint, and a checkpoint no promise', async () => {
  const promised = openCheckpoint(await signPromise(log, leaf, until), log.key)
  assert.equal(promised.ok, false)
  const head = await signCheckpoint(log, { origin: log.key.name, size: 1, root: leafHash(leaf) })
  assert.deepEqual(openPromise(head, log.key), { ok: false, error: 'promise.lines' })
})

test('what the log signed and is spelt otherwise promises nothing', async () => {
  const [head, hash, moment] = [`${log.key.name} promises`, toBase64(leafHash(leaf)), until]
  const texts = [
    `${head}\n${hash}\n`,
    `${head}\n${hash}\n${moment}\nmore\n`,
    `${head} \n${hash}\n${moment}\n`,
    `${head}\n${hash.slice(4)}\n${moment}\n`,
    `${head}\n${hash}\n2026-11-28T08:00:00Z\n`,
    `${head}\n${hash}\n2026-11-31T08:00:00.000Z\n`,
  ]
  for (const text of texts)
    assert.deepEqual(openPromise(await noteOf(text), log.key), { ok: false, error: 'promise.lines' }, text)
})

test('any text opens to something or to a fault', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (note) => openPromise(note, log.key).ok === false))
})
