import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { expectOk, toBase64 } from '#kernel'
import { formatCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts'
import { cosignatureOf, cosignedAt } from './cosignature.ts'
import { emptyRoot } from './merkle.ts'
import { formatNote, openNote, parseNote } from './note.ts'
import { formatProof, parseProof } from './proof.ts'
import { formatVerifierKey, parseVerifierKey, verifierKey } from './verifierKey.ts'

const example = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const publicKey = expectOk(parseVerifierKey(example)).publicKey

test('a verifier key parses to itself, or does not parse', () => {
  assert.equal(formatVerifierKey(expectOk(parseVerifierKey(example))), example)
  const plus = verifierKey('log', 'ed25519', new Uint8Array(32).fill(0xfb))
  assert.match(formatVerifierKey(plus), /^log\+[0-9a-f]{8}\+.*\+/)
  assert.deepEqual(parseVerifierKey(formatVerifierKey(plus)), { ok: true, value: plus })
  const table: [vkey: string, code: string][] = [
    [`${example}\n`, 'vkey.syntax'],
    [example.replace('530d903a', '530D903A'), 'vkey.syntax'],
    [example.replace('530d903a', '530d903b'), 'vkey.wrong-id'],
    [example.replace('foo', 'fop'), 'vkey.wrong-id'],
    [example.replace(/k$/, 'l'), 'vkey.wrong-id'],
    [example.replace('Aekye', 'BOkye'), 'vkey.wrong-id'],
    [example.replace('Aekye', 'Bukye'), 'vkey.unsupported-type'],
    [example.slice(0, -4), 'vkey.syntax'],
    [example.replace('com/foo', 'com foo'), 'vkey.syntax'],
    [example.replace('com/foo', 'com\u0085foo'), 'vkey.syntax'],
    ['+530d903a+AekyeRrm', 'vkey.syntax'],
    ['', 'vkey.syntax'],
  ]
  for (const [vkey, code] of table) assert.deepEqual(parseVerifierKey(vkey), { ok: false, error: code }, vkey)
  assert.throws(() => verifierKey('a+b', 'ed25519', publicKey), RangeError)
  assert.throws(() => verifierKey('a', 'ed25519', publicKey.slice(1)), RangeError)
})

const line = `\u2014 a ${toBase64(Uint8Array.of(1, 2, 3, 4, 5))}\n`

test('notes that readers could take apart differently are refused', () => {
  assert.equal(formatNote(expectOk(parseNote(`x\n\ny\n\n${line}`))), `x\n\ny\n\n${line}`)
  const table: [note: string, code: string][] = [
    [`x\n\n${line}`.slice(0, -1), 'note.syntax'],
    [`x\n${line}`, 'note.syntax'],
    ['x\n\n', 'note.no-signature'],
    [`x\r\n\n${line}`, 'note.syntax'],
    [`x\t\n\n${line}`, 'note.syntax'],
    [`\ud800\n\n${line}`, 'note.syntax'],
    [`x\n\n${line.replace('\u2014', '-')}`, 'note.syntax'],
    [`x\n\n${line.replace(' a ', '  ')}`, 'note.syntax'],
    [`x\n\n${line.replace(' a ', ' a+ ')}`, 'note.syntax'],
    [`x\n\n${line.replace(' a ', ' a\u3000b ')}`, 'note.syntax'],
    [`x\n\n${line.replace('=\n', '\n')}`, 'note.syntax'],
    [`x\n\n${line.replace('\n', ' \n')}`, 'note.syntax'],
    [`x\n\n\u2014 a ${toBase64(Uint8Array.of(1, 2, 3, 4))}\n`, 'note.syntax'],
    [`x\n\n${line.repeat(101)}`, 'note.too-many-signatures'],
  ]
  for (const [note, code] of table) {
    assert.deepEqual(parseNote(note), { ok: false, error: code }, JSON.stringify(note))
  }
  assert.ok(parseNote(`x\n\n${line.repeat(100)}`).ok)
})

test('two known keys with one name and id make the note ambiguous', () => {
  const [a, b] = [1, 2].map((fill) => ({
    ...verifierKey('a', 'ed25519', new Uint8Array(32).fill(fill)),
    id: '01020304',
  }))
  assert.deepEqual(openNote(`x\n\n${line}`, [a!, b!]), { ok: false, error: 'note.ambiguous-key' })
  assert.deepEqual(openNote(`x\n\n${line}`, [a!, a!]), { ok: false, error: 'note.bad-signature' })
  assert.deepEqual(openNote(`x\n\n${line}`, []), { ok: false, error: 'note.unknown-keys' })
})

test('a checkpoint has one spelling', () => {
  const head = { origin: 'log', size: 7, root: new Uint8Array(32).fill(9) }
  const root = toBase64(head.root)
  assert.deepEqual(expectOk(parseCheckpoint(`log\n7\n${root}\n`)), { ...head, extensions: [] })
  assert.equal(
    formatCheckpoint(expectOk(parseCheckpoint(`log\n7\n${root}\nmore\n`)), ['more']),
    `log\n7\n${root}\nmore\n`,
  )
  assert.ok(parseCheckpoint(`log\n9007199254740991\n${root}\n`).ok)
  assert.ok(parseCheckpoint(`log\n0\n${toBase64(emptyRoot)}\n`).ok)
  const table: [text: string, code: string][] = [
    [`log\n7\n${root}`, 'checkpoint.lines'],
    ['log\n7\n', 'checkpoint.lines'],
    [`\n7\n${root}\n`, 'checkpoint.lines'],
    [`log\n7\n${root}\n\n`, 'checkpoint.lines'],
    ...['07', '', '+7', '-0', '7 ', '0x7', '1e1', '9007199254740992', '\u0667'].map(
      (size): [string, string] => [
        `log\n${size}\n${root}\n`,
        size === '' ? 'checkpoint.lines' : 'checkpoint.size',
      ],
    ),
    [`log\n7\n${toBase64(head.root.slice(1))}\n`, 'checkpoint.root'],
    [`log\n7\n${root.replace('=', '')}\n`, 'checkpoint.root'],
    [`log\n7\n${root.replace('k=', 'l=')}\n`, 'checkpoint.root'],
    [`log\n0\n${root}\n`, 'checkpoint.root'],
  ]
  for (const [text, code] of table) {
    assert.deepEqual(parseCheckpoint(text), { ok: false, error: code }, JSON.stringify(text))
  }
})

test('a key signs only the checkpoints of its own log', async () => {
  const head = { origin: 'log', size: 7, root: new Uint8Array(32) }
  const sign = async () => new Uint8Array(64)
  const signed = await signCheckpoint({ key: verifierKey('log', 'ed25519', publicKey), sign }, head)
  assert.equal(expectOk(parseNote(signed)).text, formatCheckpoint(head))
  for (const key of [
    verifierKey('other', 'ed25519', publicKey),
    verifierKey('log', 'cosignature', publicKey),
  ]) {
    await assert.rejects(signCheckpoint({ key, sign }, head), RangeError)
  }
  const key = verifierKey('log', 'ed25519', publicKey)
  await assert.rejects(signCheckpoint({ key, sign }, { ...head, size: 2 ** 53 }), RangeError)
})

test('a cosignature tells its time, within 63 bits', () => {
  for (const seconds of [0n, 1_700_000_000n, 2n ** 63n - 1n]) {
    assert.equal(cosignedAt(cosignatureOf(seconds, new Uint8Array(64))), seconds)
  }
  assert.equal(cosignedAt(cosignatureOf(2n ** 63n, new Uint8Array(64))), undefined)
  assert.equal(cosignedAt(new Uint8Array(7)), undefined)
})

test('a proof has one spelling', () => {
  const hash = toBase64(new Uint8Array(32))
  const head = 'c2sp.org/tlog-proof@v1\n'
  for (const good of [
    `${head}index 0\n\nnote`,
    `${head}extra AQ==\nindex 12\n${hash}\n${hash}\n\nnote\n\nmore\n`,
    `${head}index 9007199254740991\n${`${hash}\n`.repeat(53)}\nnote`,
  ]) {
    assert.equal(formatProof(expectOk(parseProof(good))), good)
  }
  const table: [text: string, code: string][] = [
    ['', 'proof.version'],
    [`${head}index 0\n${hash}\nnote`, 'proof.version'],
    ['c2sp.org/tlog-proof@v2\nindex 0\n\nnote', 'proof.version'],
    [`${head}extra \nindex 0\n\nnote`, 'proof.syntax'],
    [`${head}extra AR==\nindex 0\n\nnote`, 'proof.syntax'],
    [`${head}index 0\nextra AQ==\n\nnote`, 'proof.hash'],
    [`${head}Index 0\n\nnote`, 'proof.syntax'],
    [`${head.trim()}\n\nnote`, 'proof.syntax'],
    [`${head}index 00\n\nnote`, 'proof.index'],
    [`${head}index  0\n\nnote`, 'proof.index'],
    [`${head}index 9007199254740992\n\nnote`, 'proof.index'],
    [`${head}index 0\n${hash} \n\nnote`, 'proof.hash'],
    [`${head}index 0\n${hash}\r\n\nnote`, 'proof.hash'],
    [`${head}index 0\nAA==\n\nnote`, 'proof.hash'],
    [`${head}index 0\n${`${hash}\n`.repeat(54)}\nnote`, 'proof.hash'],
  ]
  for (const [text, code] of table) {
    assert.deepEqual(parseProof(text), { ok: false, error: code }, JSON.stringify(text))
  }
})

test('whatever parses formats to the very same text', () => {
  const hash = toBase64(new Uint8Array(32))
  const piece = fc.constantFrom(
    'log',
    'index ',
    'extra ',
    '0',
    '7',
    '\n',
    '\n\n',
    ' ',
    '=',
    hash,
    line,
    example,
    '\r',
    '\u2014 ',
    '+',
    'c2sp.org/tlog-proof@v1\n',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = pieces.join('')
      const [note, proof, checkpoint, vkey] = [
        parseNote(text),
        parseProof(text),
        parseCheckpoint(text),
        parseVerifierKey(text),
      ]
      if (note.ok) assert.equal(formatNote(note.value), text)
      if (proof.ok) assert.equal(formatProof(proof.value), text)
      if (checkpoint.ok) assert.equal(formatCheckpoint(checkpoint.value, checkpoint.value.extensions), text)
      if (vkey.ok) assert.equal(formatVerifierKey(vkey.value), text)
    }),
    { numRuns: 2000 },
  )
})
