import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type EvidenceInput,
  evidenceFiles,
  formatPolicy,
  formatProof,
  keyFileBytes,
  parseOpening,
  parseProof,
  signCheckpoint,
  verifyEvidence,
} from '#evidence'
import { equalBytes, expectOk, fromUtf8, utf8 } from '#kernel'
import { type Case, cosign, logSigner, makeEvidence, makeSigner, policyOf } from './authority.ts'

const court = makeSigner('witness.example/court', 2, 'cosignature')
const patients = makeSigner('witness.example/patients', 3, 'cosignature')
const outputs = new Map([
  ['plan.json', utf8('{}\n')],
  ['reports/plan.html', utf8('<p>plan</p>\n')],
])
const sample: Case = { size: 7, index: 4, outputs }
const textOf = (bytes: Uint8Array): string => fromUtf8(bytes)!

const codesOf = (input: EvidenceInput): string[] =>
  verifyEvidence(input).failures.map(({ file, code }) => `${file} ${code}`)

/** The valid folder with one thing changed. */
const changed = async (change: (files: Map<string, Uint8Array>) => unknown, wanted: Case = sample) => {
  const files = await makeEvidence(wanted)
  await change(files)
  return files
}

test('a valid folder verifies, and says how far it is to be trusted', async () => {
  const files = await makeEvidence(sample)
  const entries = [{ index: 4, kind: 'plan', ok: true }]
  assert.deepEqual(verifyEvidence({ files }), { ok: true, trust: 'self-asserted', entries, failures: [] })
  assert.deepEqual(verifyEvidence({ files, outputs }), {
    ok: true,
    trust: 'self-asserted',
    entries,
    failures: [],
  })
  const policy = formatPolicy(policyOf([], 'none'))
  assert.deepEqual(verifyEvidence({ files, outputs, policy }), {
    ok: true,
    trust: 'policy',
    entries,
    failures: [],
  })
})

test('each file must be there, and none beside', async () => {
  for (const file of evidenceFiles) {
    const files = await changed((map) => map.delete(file))
    assert.ok(codesOf({ files }).includes(`${file} file.missing`), file)
  }
  const files = await changed((map) => map.set('note.txt', utf8('x')))
  assert.deepEqual(codesOf({ files }), ['note.txt file.unexpected'])
  const nothing = verifyEvidence({ files: new Map() })
  assert.equal(nothing.failures.length, evidenceFiles.length)
  assert.deepEqual(nothing.entries, [])
})

test('an output that is missing, changed or not named is a failure each', async () => {
  const files = await makeEvidence(sample)
  const wrong = new Map([
    ['plan.json', utf8('{} \n')],
    ['other.txt', utf8('')],
  ])
  assert.deepEqual(codesOf({ files, outputs: wrong }), [
    'outputs/other.txt output.not-named',
    'outputs/plan.json output.other-hash',
    'outputs/reports/plan.html output.missing',
  ])
})

test('all failures are told, in an order that does not depend on reading', async () => {
  const files = await changed((map) => {
    map.set('opening.json', utf8('{}'))
    map.set('policy.txt', utf8('quorum none\n'))
    map.set('leaf.bin', utf8('[]'))
  })
  const expected = [
    'leaf.bin leaf.members',
    'opening.json opening.members',
    'policy.txt policy.unknown-log',
    'receipt.tlog-proof proof.not-included',
  ]
  assert.deepEqual(codesOf({ files }), expected)
  assert.deepEqual(codesOf({ files: new Map([...files].reverse()) }), expected)
})

test('what is valid by itself must still belong together', async () => {
  const other = await makeEvidence({ ...sample, index: 3, more: { act: 'another' } })
  const proofOf = (files: ReadonlyMap<string, Uint8Array>) =>
    expectOk(parseProof(textOf(files.get('receipt.tlog-proof')!)))
  const table: [what: string, code: string, change: (files: Map<string, Uint8Array>) => unknown][] = [
    [
      'opening of another entry',
      'opening.json opening.other-commitment',
      (files) => files.set('opening.json', other.get('opening.json')!),
    ],
    [
      'leaf of another entry',
      'receipt.tlog-proof proof.not-included',
      (files) => files.set('leaf.bin', other.get('leaf.bin')!),
    ],
    [
      'checkpoint of another tree',
      'checkpoint checkpoint.differs',
      (files) => files.set('checkpoint', other.get('checkpoint')!),
    ],
    [
      'another policy',
      'policy.txt opening.other-policy',
      (files) => files.set('policy.txt', utf8(formatPolicy(policyOf([court], 'none')))),
    ],
    [
      'another key',
      'log.vkey opening.other-vkey',
      (files) => files.set('log.vkey', keyFileBytes(makeSigner(logSigner.key.name, 9).key)),
    ],
    [
      'another key',
      'checkpoint checkpoint.not-by-log',
      (files) => files.set('log.vkey', keyFileBytes(makeSigner(logSigner.key.name, 9).key)),
    ],
    [
      'a witness key as log key',
      'log.vkey vkey.not-a-log-key',
      (files) => files.set('log.vkey', keyFileBytes(court.key)),
    ],
    [
      'another index',
      'receipt.tlog-proof proof.not-included',
      (files) => files.set('receipt.tlog-proof', utf8(formatProof({ ...proofOf(files), index: 5 }))),
    ],
    [
      'unauthenticated extra data',
      'receipt.tlog-proof proof.extra',
      (files) =>
        files.set('receipt.tlog-proof', utf8(formatProof({ ...proofOf(files), extra: Uint8Array.of(1) }))),
    ],
    [
      'a blank in place of the newline',
      'log.vkey file.other-spelling',
      (files) => files.set('log.vkey', utf8(`${textOf(files.get('log.vkey')!).trimEnd()} `)),
    ],
    [
      'a comment in the policy',
      'policy.txt file.other-spelling',
      (files) => files.set('policy.txt', utf8(`# ours\n${textOf(files.get('policy.txt')!)}`)),
    ],
  ]
  for (const [what, code, change] of table) {
    const found = codesOf({ files: await changed(change) })
    assert.ok(found.includes(code), `${what}: ${found.join(', ')}`)
  }
})

/** The folder with its checkpoint, alone and inside the proof, replaced by another note. */
const withCheckpoint = (renew: (checkpoint: string) => string | Promise<string>, wanted = sample) =>
  changed(async (files) => {
    const checkpoint = await renew(textOf(files.get('checkpoint')!))
    const proof = expectOk(parseProof(textOf(files.get('receipt.tlog-proof')!)))
    files.set('checkpoint', utf8(checkpoint))
    files.set('receipt.tlog-proof', utf8(formatProof({ ...proof, checkpoint })))
  }, wanted)

test('every signature line is accounted for', async () => {
  const unknown = await withCheckpoint((checkpoint) => cosign(court, checkpoint))
  assert.deepEqual(codesOf({ files: unknown }), ['checkpoint signature.unknown-key'])
  const policy = formatPolicy(policyOf([court], 'w1'))
  assert.deepEqual(codesOf({ files: unknown, policy }), [])
  const twice = await withCheckpoint((checkpoint) => `${checkpoint}${checkpoint.split('\n\n')[1]}`)
  assert.deepEqual(codesOf({ files: twice }), ['checkpoint signature.duplicate'])
  const stranger = await withCheckpoint(() =>
    signCheckpoint(makeSigner('other.example', 1), {
      origin: 'other.example',
      size: 7,
      root: new Uint8Array(32),
    }),
  )
  assert.deepEqual(codesOf({ files: stranger }), [
    'checkpoint checkpoint.not-by-log',
    'checkpoint checkpoint.origin',
    'checkpoint signature.unknown-key',
    'receipt.tlog-proof proof.not-included',
  ])
})

test('a witness whose cosignature does not verify is told, even where no quorum needs it', async () => {
  const forger = makeSigner(court.key.name, 9, 'cosignature')
  const files = await withCheckpoint(
    (checkpoint) =>
      cosign(
        { key: court.key, sign: forger.sign },
        checkpoint.split('\n').slice(0, -2).join('\n').concat('\n'),
      ),
    { ...sample, witnesses: [court] },
  )
  assert.deepEqual(codesOf({ files }), ['checkpoint note.bad-signature'])
})

test('the size comes from the signed checkpoint: an index beyond it is refused', async () => {
  const files = await withCheckpoint(async () =>
    signCheckpoint(logSigner, { origin: logSigner.key.name, size: 4, root: new Uint8Array(32) }),
  )
  assert.deepEqual(codesOf({ files }), ['receipt.tlog-proof proof.not-included'])
})

test("a folder keeps its own policy's quorum", async () => {
  const witnessed = await makeEvidence({ ...sample, witnesses: [court, patients], quorum: 'w2' })
  assert.deepEqual(codesOf({ files: witnessed }), [])
  const unwitnessed = await withCheckpoint(
    (checkpoint) => `${checkpoint.split('\n').slice(0, -3).join('\n')}\n`,
    { ...sample, witnesses: [court, patients], quorum: 'w2' },
  )
  assert.deepEqual(codesOf({ files: unwitnessed }), ['policy.txt policy.quorum-not-met'])
})

test('a given policy decides whom to believe', async () => {
  const files = await makeEvidence({ ...sample, witnesses: [court], quorum: 'none' })
  const stranger = makeSigner(logSigner.key.name, 9)
  const table: [what: string, policy: string, codes: string[]][] = [
    ['its witness cosigned', formatPolicy(policyOf([court], 'w1')), []],
    ['its witness did not', formatPolicy(policyOf([patients], 'w1')), ['given policy policy.quorum-not-met']],
    ['no log at all', 'quorum none\n', ['given policy policy.unknown-log']],
    [
      'another log key of the same name',
      formatPolicy({ ...policyOf([], 'none'), logs: [{ key: stranger.key }] }),
      ['given policy policy.unknown-log'],
    ],
    ['not a policy', 'quorum\n', ['given policy policy.syntax']],
  ]
  for (const [what, policy, codes] of table) {
    assert.deepEqual(codesOf({ files, policy }), codes, what)
    assert.equal(verifyEvidence({ files, policy }).trust, 'policy')
  }
})

test('an erased opening leaves the rest checkable', async () => {
  const files = await changed((map) => map.delete('opening.json'))
  assert.deepEqual(codesOf({ files, outputs }), ['opening.json file.missing'])
})

test('the opening in the folder is the one that was sealed', async () => {
  const files = await makeEvidence({ ...sample, more: { subject: 'p-1' } })
  assert.equal(expectOk(parseOpening(files.get('opening.json')!)).payload['subject'], 'p-1')
})

test('no input throws, and no noise verifies', async () => {
  const files = await makeEvidence({ ...sample, witnesses: [court], quorum: 'w1' })
  const known = [...files.values()].map(textOf)
  const pieces = fc.constantFrom(
    ...known.flatMap((text) => [text, text.slice(0, 40), text.slice(40)]),
    '\n\n',
    '{',
    '[',
    '"',
    '\\',
    '\u2014 ',
    '\ud83d\ude00',
    '\0',
    '1e999',
    '__proto__',
    'quorum none\n',
  )
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.array(pieces, { maxLength: 4 }).map((parts) => utf8(parts.join(''))),
    fc.json().map(utf8),
    fc.nat(3000).map((depth) => utf8('[{"a":'.repeat(depth))),
  )
  const name = fc.oneof(fc.constantFrom(...evidenceFiles), fc.string())
  const folder = fc.array(fc.tuple(name, content), { maxLength: 6 })
  fc.assert(
    fc.property(folder, fc.boolean(), fc.option(fc.string()), (noise, keepsRest, policy) => {
      const mixed = new Map([...(keepsRest ? files : []), ...noise])
      const isWhole =
        keepsRest &&
        mixed.size === files.size &&
        [...mixed].every(([file, bytes]) => equalBytes(files.get(file) ?? utf8('?'), bytes))
      const report = verifyEvidence({ files: mixed, ...(policy !== null && { policy }) })
      assert.equal(report.ok, isWhole && policy === null)
      assert.equal(report.ok, report.failures.length === 0)
      for (const { message } of report.failures) assert.ok(message.length > 0)
    }),
    { numRuns: 300 },
  )
})
