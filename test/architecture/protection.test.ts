import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const page = readFileSync('docs/protection.md', 'utf8')
const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'))

/** What the page says, where the code says it, and how. */
const figures: readonly [said: string, file: string, code: string][] = [
  ['64 KiB a body', 'src/http/index.ts', 'bodyLimitBytes = 64 * 1024'],
  ['20 s to arrive', 'src/http/index.ts', 'requestTimeout: 20_000'],
  ['8 acts at once', 'src/http/actsAtOnce.ts', 'mostActs = 8'],
  ['256 waiting', 'src/http/actsAtOnce.ts', 'mostWaiting = 256'],
  ['10 connections', 'src/adapters/postgres/database.ts', 'mostConnections = 10'],
  ['4 that only look at the door', 'src/adapters/postgres/lookers.ts', 'mostLookers = 4'],
  ['15 s to connect', 'src/adapters/postgres/database.ts', 'connectTimeoutMs = 15_000'],
  ['`case.json` 1 MiB', 'src/adapters/casefolder/readCase.ts', 'case: megabyte'],
  ['clinical bundle 64 MiB', 'src/adapters/casefolder/readCase.ts', 'clinical: 64 * megabyte'],
  ['environment 4 MiB', 'src/adapters/casefolder/readCase.ts', 'environment: 4 * megabyte'],
  ['`outside-calls.tsv` 1 MiB', 'src/adapters/casefolder/readCase.ts', 'outside: megabyte'],
  ['256 GiB unpacked', 'src/adapters/vcf/readVcf.ts', 'mostUnpacked = 256 * gibibyte'],
  ['RS384 from 3072 bits', 'src/adapters/oidc/readPublicKeys.ts', 'leastRsaBits = 3072'],
  ['EdDSA, ES256', 'src/adapters/passkeys/webauthn.ts', '[cose.COSEALG.EdDSA, cose.COSEALG.ES256]'],
  ['HMAC-SHA-256', 'src/adapters/oidc/provider.ts', "'sha256'"],
  ['12 hours, 24 hours or 7 days', 'src/usecases/door/code.ts', 'invitation: 7 * 24, recovery: 24'],
]

test('what the page of protection says is what the code does', () => {
  for (const [said, file, code] of figures) {
    assert.ok(page.includes(said), said)
    assert.ok(readFileSync(file, 'utf8').includes(code), `${file}: ${code}`)
  }
})

test('classes of data, keys, partners, what takes long, and when weak parts are mended: each has its place', () => {
  for (const heading of ['Data', 'Keys and algorithms', 'What it talks to', 'What it is made of'])
    assert.match(page, new RegExp(`^## ${heading}$`, 'm'))
  assert.match(page, /What takes long: /)
  assert.match(page, /within 2 days when it is critical, 7 when it is\s+high, 30 otherwise/)
})

test('every part is one exact version, and came with its checksum', () => {
  const { dependencies, devDependencies, optionalDependencies } = json('package.json')
  for (const [name, version] of Object.entries({
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
  }))
    assert.match(String(version), /^(npm:[^@]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/, name)
  const parts = Object.entries<Record<string, unknown>>(json('package-lock.json').packages)
  const without = parts.filter(([path, { integrity, link }]) => path !== '' && !link && !integrity)
  assert.deepEqual(
    without.map(([path]) => path),
    [],
  )
})
