import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ed25519 } from '@noble/curves/ed25519.js'
import { verifyEd25519 } from '#evidence'
import { canonicalBytes, equalBytes, expectOk, fromHex, fromUtf8, hmacSha256, parseJson, utf8 } from '#kernel'
import { agree } from './agreement.ts'
import { listFiles, needsVectors, readBytes, readJson, readLines, readText } from './vectors.ts'

type Groups<G, T> = { testGroups: (G & { tests: (T & { tcId: number; result: string })[] })[] }

test('Wycheproof Ed25519', needsVectors, (t) => {
  type Group = { publicKey: { pk: string } }
  const { testGroups } = readJson<Groups<Group, { msg: string; sig: string }>>('wycheproof/ed25519_test.json')
  const cases = testGroups.flatMap(({ publicKey, tests }) =>
    tests.map((one) => ({ ...one, pk: publicKey.pk })),
  )
  agree(t, 'wycheproof ed25519', cases, ({ pk, msg, sig, result }) => {
    return verifyEd25519(fromHex(pk)!, fromHex(msg)!, fromHex(sig)!) === (result === 'valid')
  })
})

test('a key of small order signs nothing, although the bare equation would hold for every message', () => {
  const identity = Uint8Array.of(1, ...new Uint8Array(31))
  const signature = Uint8Array.of(...identity, ...new Uint8Array(32))
  assert.equal(ed25519.verify(signature, utf8('any'), identity, { zip215: true }), true)
  assert.equal(verifyEd25519(identity, utf8('any'), signature), false)
  assert.equal(verifyEd25519(identity.slice(1), utf8('any'), signature), false)
  assert.equal(verifyEd25519(identity, utf8('any'), signature.slice(1)), false)
})

test('Wycheproof HMAC-SHA256', needsVectors, (t) => {
  const { testGroups } = readJson<Groups<{ tagSize: number }, { key: string; msg: string; tag: string }>>(
    'wycheproof/hmac_sha256_test.json',
  )
  const cases = testGroups.flatMap(({ tagSize, tests }) => tests.map((one) => ({ ...one, tagSize })))
  agree(t, 'wycheproof hmac_sha256', cases, ({ key, msg, tag, tagSize, result }) => {
    const made = hmacSha256(fromHex(key)!, fromHex(msg)!).slice(0, tagSize / 8)
    return equalBytes(made, fromHex(tag)!) === (result === 'valid')
  })
})

test('JCS input and output pairs', needsVectors, (t) => {
  const names = listFiles('jcs/input').map((path) => path.split('/').at(-1)!)
  agree(t, 'jcs pairs', names, (name) => {
    const value = expectOk(parseJson(readText(`jcs/input/${name}`), name))
    return equalBytes(expectOk(canonicalBytes(value)), readBytes(`jcs/output/${name}`))
  })
})

test('JCS numbers', needsVectors, (t) => {
  const numbers = readText('jcs/es6numbers-1-2000.txt')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(',') as [hex: string, expected: string])
  agree(t, 'jcs es6 numbers', numbers, ([hex, expected]) => {
    const bits = new DataView(new ArrayBuffer(8))
    bits.setBigUint64(0, BigInt(`0x${hex}`))
    return fromUtf8(expectOk(canonicalBytes(bits.getFloat64(0)))) === expected
  })
})

test('JSON that JCS must refuse', needsVectors, (t) => {
  const cases = readLines<{ jsonHex: string; expect: 'ok' | 'error'; canonical?: string }>(
    'jcs/negative.jsonl',
  )
  agree(t, 'jcs negative', cases, ({ jsonHex, expect, canonical }) => {
    const parsed = parseJson(fromUtf8(fromHex(jsonHex)!)!, 'vector')
    if (!parsed.ok) return expect === 'error'
    return expect === 'ok' && equalBytes(expectOk(canonicalBytes(parsed.value)), utf8(canonical!))
  })
})
