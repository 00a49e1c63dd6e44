import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { formatVerifierKey, verifyEd25519 } from '#evidence'
import { expectOk, fromHex, toHex, utf8 } from '#kernel'
import { makeLogKey, matchIdentity, readLogKey } from './logKey.ts'

async function newFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-key-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'log.key')
}

/** RFC 8032 §7.1, test 1. */
const seed = fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')!
const publicKey = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'
const signatureOfNothing =
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'

test('the key of a seed is the one of RFC 8032, and so is its signature', async (t) => {
  const file = await newFile(t)
  const signer = expectOk(await makeLogKey(file, 'example.org/log', seed))
  assert.equal(toHex(signer.key.publicKey), publicKey)
  assert.equal(toHex(await signer.sign(new Uint8Array(0))), signatureOfNothing)
  assert.ok(verifyEd25519(signer.key.publicKey, utf8('note'), await signer.sign(utf8('note'))))
  assert.equal((await stat(file)).mode & 0o777, 0o600)
})

test('a key that is there stays, and is read back the same', async (t) => {
  const file = await newFile(t)
  assert.deepEqual(await readLogKey(file), { ok: true, value: undefined })
  const made = expectOk(await makeLogKey(file, 'example.org/log', seed))
  const again = expectOk(await makeLogKey(file, 'example.org/other', new Uint8Array(32).fill(7)))
  assert.equal(formatVerifierKey(again.key), formatVerifierKey(made.key))
  const read = expectOk(await readLogKey(file))!
  assert.ok(matchIdentity(read, formatVerifierKey(made.key), file).ok)
  assert.ok(!matchIdentity(read, formatVerifierKey(made.key).replace('example', 'else'), file).ok)
})

test('a file that is no key is refused without a word of what is in it', async (t) => {
  const file = await newFile(t)
  await makeLogKey(file, 'example.org/log', seed)
  const text = await readFile(file, 'utf8')
  const damaged = [
    '',
    text.trim(),
    `${text}\n`,
    text.replace('PRIVATE', 'PUBLIC'),
    text.replace('/log', '/gol'),
    text.replace(/.{6}\n$/, 'AAAAA=\n'),
    text.replace(/AZ/, 'BZ'),
  ]
  for (const other of damaged) {
    await writeFile(file, other)
    const read = await readLogKey(file)
    assert.equal(read.ok ? 'none' : read.error.code, 'key.damaged', other)
    assert.ok(!JSON.stringify(read).includes(text.slice(-20, -2)))
  }
})
