import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expectOk } from '#kernel'
import { evaluatePolicy, formatPolicy, parsePolicy } from './policy.ts'
import { formatVerifierKey, type KeyType, type VerifierKey, verifierKey } from './verifierKey.ts'

const keyOf = (name: string, fill: number, type: KeyType = 'cosignature'): VerifierKey =>
  verifierKey(name, type, new Uint8Array(32).fill(fill))
const log = keyOf('log.example', 1, 'ed25519')
const [court, regulator, patients] = [keyOf('court', 2), keyOf('regulator', 3), keyOf('patients', 4)]
const vkey = formatVerifierKey

const lines = (...all: readonly string[]): string => all.map((one) => `${one}\n`).join('')
const full = lines(
  `log ${vkey(log)}`,
  `witness court ${vkey(court)}`,
  `witness regulator ${vkey(regulator)} https://regulator.example`,
  `witness patients ${vkey(patients)}`,
  'group officials 1 court regulator',
  'group both 2 officials patients',
  'quorum both',
)

test('our own spelling parses to itself', () => {
  assert.equal(formatPolicy(expectOk(parsePolicy(full))), full)
  const none = lines(`log ${vkey(log)}`, 'quorum none')
  assert.equal(formatPolicy(expectOk(parsePolicy(none))), none)
})

test('blanks, comments, any and all are read as the specification says', () => {
  const loose = lines(
    '# who must see it',
    '',
    ' \t ',
    `\twitness  court\t${vkey(court)} `,
    `witness regulator ${vkey(regulator)} https://regulator.example`,
    `witness patients ${vkey(patients)}`,
    '  # and how many',
    'group officials any court regulator',
    'group both all officials patients',
    'quorum both',
    `log ${vkey(log)}`,
  )
  assert.equal(formatPolicy(expectOk(parsePolicy(loose))), full)
})

test('a quorum counts witnesses through groups', () => {
  const policy = expectOk(parsePolicy(full))
  const table: [signers: VerifierKey[], log: boolean, quorum: boolean][] = [
    [[], false, false],
    [[log], true, false],
    [[log, patients], true, false],
    [[log, court, regulator], true, false],
    [[log, court, patients], true, true],
    [[regulator, patients], false, true],
    [[log, keyOf('court', 9), patients], true, false],
  ]
  for (const [signers, isLogged, isWitnessed] of table) {
    assert.deepEqual(evaluatePolicy(policy, signers), { log: isLogged, quorum: isWitnessed })
  }
  const none = expectOk(parsePolicy('quorum none\n'))
  assert.deepEqual(evaluatePolicy(none, [log]), { log: false, quorum: true })
})

test('names are opaque: a Kelvin sign is no K', () => {
  const kelvin = lines(`witness \u212a ${vkey(court)}`, 'quorum K')
  assert.deepEqual(parsePolicy(kelvin), { ok: false, error: 'policy.unknown-name' })
})

test('a policy that says two things, or nothing, is refused', () => {
  const [c, r] = [`witness c ${vkey(court)}`, `witness r ${vkey(regulator)}`]
  const table: [code: string, lines: string[]][] = [
    ['policy.quorum-count', []],
    ['policy.quorum-count', [`log ${vkey(log)}`]],
    ['policy.quorum-count', ['quorum none', 'quorum none']],
    ['policy.unknown-name', ['quorum c', c]],
    ['policy.unknown-name', [c, 'group g any c r', r, 'quorum g']],
    ['policy.unknown-name', [c, 'group g any none', 'quorum g']],
    ['policy.unknown-name', [c, 'group g any g', 'quorum g']],
    ['policy.member-twice', [c, 'group g 1 c c', 'quorum g']],
    ['policy.member-twice', [c, r, 'group g any c', 'group h all c r', 'quorum h']],
    ['policy.threshold', [c, 'group g 2 c', 'quorum g']],
    ['policy.threshold', [c, 'group g 0 c', 'quorum g']],
    ['policy.threshold', [c, 'group g 01 c', 'quorum g']],
    ['policy.syntax', [c, 'group g 1', 'quorum g']],
    ['policy.name-taken', [c, 'group c 1 c', 'quorum c']],
    ['policy.name-taken', [c, `witness c ${vkey(regulator)}`, 'quorum c']],
    ['policy.name-taken', [`witness none ${vkey(court)}`, 'quorum none']],
    ['policy.duplicate-key', [c, `witness d ${vkey(keyOf('other', 2))}`, 'quorum c']],
    ['policy.duplicate-key', [`log ${vkey(log)}`, `log ${vkey(keyOf('b', 1, 'ed25519'))}`, 'quorum none']],
    ['policy.key', [`log ${vkey(court)}`, 'quorum none']],
    ['policy.key', [`witness w ${vkey(log)}`, 'quorum none']],
    ['policy.syntax', [`log ${vkey(log)} https://a b`, 'quorum none']],
    ['policy.syntax', ['Quorum none']],
    ['policy.characters', ['quorum none\r']],
    ['policy.characters', ['quorum none # \x7f']],
    ['policy.syntax', ['quorum none # why']],
  ]
  for (const [code, all] of table) {
    assert.deepEqual(parsePolicy(lines(...all)), { ok: false, error: code }, all.join(' | '))
  }
  assert.deepEqual(parsePolicy('quorum none'), { ok: false, error: 'policy.characters' })
})
