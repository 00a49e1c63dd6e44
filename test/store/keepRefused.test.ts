import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFile, cp, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { expectOk, type Sha256Hex, sha256Hex, utf8 } from '#kernel'
import { backUpStore } from '../../src/adapters/postgres/keep/backup.ts'
import type { TablePart } from '../../src/adapters/postgres/keep/manifest.ts'
import { restoreStore } from '../../src/adapters/postgres/keep/restore.ts'
import { migrations } from '../../src/adapters/postgres/migrations/index.ts'
import { habeas } from '../scenarios/habeas.ts'
import { faultOf, openTestStore, temporaryFolder } from './fixture.ts'
import { forge, makeFullStore } from './keepFixture.ts'

const cleanups: (() => Promise<void>)[] = []
const t = { after: (work: () => Promise<void>) => void cleanups.push(work) }
let root: string
let whole: string
let dataFolder: string

before(async () => {
  root = await temporaryFolder(t)
  whole = join(root, 'whole')
  dataFolder = (await makeFullStore(t)).dataFolder
  expectOk(await backUpStore({ dataFolder }, whole))
})
after(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

type Damage = (backup: string) => Promise<unknown>
const acts = 'habeas.acts.copy.gz'
const partOf = (tables: unknown, name: string): { -readonly [K in keyof TablePart]: TablePart[K] } =>
  (tables as TablePart[]).find(({ table }) => table === name)!

/** Other content for a table, with a manifest that says just that. */
const replacePart =
  (table: string, text: string, claim: Partial<TablePart> = {}): Damage =>
  async (backup) => {
    const zipped = gzipSync(text)
    await writeFile(join(backup, `${table}.copy.gz`), zipped)
    await forge(backup, ({ tables }) => {
      const honest = { rows: text.split('\n').length - 1, bytes: utf8(text).length }
      const file = { fileBytes: zipped.length, sha256: sha256Hex(zipped) as Sha256Hex }
      Object.assign(partOf(tables, table), honest, file, claim)
    })
  }

/** What is damaged, and the code of the one message; nothing is made where it was to go. */
const refused: readonly (readonly [given: string, damage: Damage, code: string, names: RegExp])[] = [
  ['a folder that is no backup', (b) => rm(join(b, 'manifest.json')), 'backup.not-a-backup', /no manifest/],
  ['no folder at all', (b) => rm(b, { recursive: true }), 'backup.not-a-backup', /no manifest/],
  [
    'a manifest that is something else',
    (b) => writeFile(join(b, 'manifest.json'), '{"a":1}\n'),
    'backup.not-a-backup',
    /manifest/,
  ],
  ['an empty manifest', (b) => truncate(join(b, 'manifest.json')), 'backup.not-a-backup', /manifest/],
  [
    'a manifest with another spelling',
    async (b) =>
      writeFile(
        join(b, 'manifest.json'),
        (await readFile(join(b, 'manifest.json'), 'utf8')).replace(',', ', '),
      ),
    'backup.not-a-backup',
    /manifest/,
  ],
  [
    'a later format',
    (b) => forge(b, (m) => Object.assign(m, { format: 2 })),
    'backup.newer',
    /format 2.*format 1/,
  ],
  [
    'a later version',
    (b) => forge(b, (m) => Object.assign(m, { schema: 99 })),
    'backup.newer',
    /version 99.*version 14/,
  ],
  [
    'a version without backups',
    (b) => forge(b, (m) => Object.assign(m, { schema: 1 })),
    'backup.damaged',
    /version 1/,
  ],
  ['a member more', (b) => forge(b, (m) => Object.assign(m, { more: 1 })), 'backup.damaged', /other members/],
  [
    'a count below zero',
    (b) => forge(b, ({ tables }) => Object.assign(tables[0]!, { rows: -1 })),
    'backup.damaged',
    /other members/,
  ],
  [
    'an unknown table',
    (b) => forge(b, ({ tables }) => tables.push({ ...tables[0]!, table: 'habeas.secrets' })),
    'backup.unknown-table',
    /\$\.tables\[25\]/,
  ],
  [
    'a name that leads out of the folder',
    (b) => forge(b, ({ tables }) => Object.assign(tables[0]!, { table: '../../etc/passwd' })),
    'backup.unknown-table',
    /\$\.tables\[0\]/,
  ],
  ['a table less', (b) => forge(b, ({ tables }) => tables.pop()), 'backup.damaged', /other tables/],
  [
    'a table twice',
    (b) => forge(b, ({ tables }) => tables.push(tables[0]!)),
    'backup.damaged',
    /other tables/,
  ],
  [
    'a table that the manifest does not name',
    (b) => cp(join(b, acts), join(b, 'habeas.more.copy.gz')),
    'backup.unknown-table',
    /does not name/,
  ],
  ['the key missing', (b) => rm(join(b, 'log.key')), 'file.missing', /log\.key/],
  ['another key', (b) => appendFile(join(b, 'log.key'), '\n'), 'backup.damaged', /log\.key/],
  ['a part missing', (b) => rm(join(b, acts)), 'file.missing', /acts/],
  ['a part cut short', (b) => truncate(join(b, acts), 30), 'backup.damaged', /acts.*30 bytes/],
  ['a part that goes on', (b) => appendFile(join(b, acts), 'x'), 'backup.damaged', /acts/],
  [
    'a pipe in the place of a part',
    async (b) => {
      await rm(join(b, acts))
      execFileSync('mkfifo', [join(b, acts)])
    },
    'backup.damaged',
    /no file/,
  ],
  [
    'a few bytes that unfold to very many',
    replacePart('habeas.acts', 'x'.repeat(1 << 26), { bytes: 1000, rows: 1 }),
    'backup.damaged',
    /more bytes/,
  ],
  [
    'more rows than were said',
    replacePart('habeas_log.identity', 't\ta\tb\nt\ta\tb\n', { rows: 1 }),
    'backup.damaged',
    /more rows/,
  ],
  [
    'fewer rows than were said',
    replacePart('habeas_log.identity', 't\ta\tb\n', { rows: 2 }),
    'backup.damaged',
    /1 rows/,
  ],
  [
    'a row with other columns',
    replacePart('habeas_log.identity', 't\ta\n'),
    'backup.damaged',
    /row 1.*3 fields/,
  ],
  [
    'a field with an unknown escape',
    replacePart('habeas_log.identity', 't\ta\t\\x41\n'),
    'backup.damaged',
    /row 1/,
  ],
  ['half a row', replacePart('habeas_log.identity', 't\ta\tb', { rows: 0 }), 'backup.damaged', /half a row/],
]

for (const [i, [given, damage, code, names]] of refused.entries()) {
  test(`refused before anything is written: ${given}`, async () => {
    const backup = join(root, `damaged-${i}`)
    await cp(whole, backup, { recursive: true })
    await damage(backup)
    const target = join(root, `target-${i}`)
    const answer = await restoreStore({ dataFolder: target }, backup)
    assert.equal(faultOf(answer), code)
    assert.ok(!answer.ok && answer.error.kind === 'input')
    assert.match(`${answer.error.where}: ${answer.error.found}, ${answer.error.expected}`, names)
    await assert.rejects(stat(target))
    await rm(backup, { recursive: true, force: true })
  })
}

test('one byte changed anywhere is noticed', async () => {
  const backup = join(root, 'fuzzed')
  await cp(whole, backup, { recursive: true })
  let tried = 0
  for (const name of await readdir(backup)) {
    const bytes = await readFile(join(backup, name))
    const step = Math.max(1, Math.floor(bytes.length / (name === 'manifest.json' ? 400 : 60)))
    for (let at = 0; at < bytes.length; at += step, tried++) {
      const changed = Buffer.from(bytes)
      changed[at]! ^= 1 << (tried % 8)
      await writeFile(join(backup, name), changed)
      const answer = await restoreStore({ dataFolder: join(root, 'fuzz-target') }, backup)
      assert.ok(
        !answer.ok && answer.error.code.startsWith('backup.'),
        `${name} byte ${at}: ${faultOf(answer)}`,
      )
    }
    await writeFile(join(backup, name), bytes)
  }
  assert.ok(tried > 700, String(tried))
  await assert.rejects(stat(join(root, 'fuzz-target')))
})

/** What only the database can know: the digests are right, the rows are not. The store stays empty. */
const refusedByTheDatabase: readonly (readonly [given: string, damage: Damage, found: RegExp])[] = [
  [
    'a row that is of no type',
    replacePart('habeas_log.tiles', '0\tx\t1\t\\\\x00\n'),
    /row of habeas_log\.tiles/,
  ],
  [
    'an act of a person that nobody has',
    replacePart('habeas.openings', 'p\t00000000-0000-4000-8000-000000000000\tnone\t\\\\x00\n'),
    /row of all tables/,
  ],
  [
    'another log than the manifest says',
    (b) => forge(b, ({ log }) => Object.assign(log as object, { size: 4 })),
    /another log/,
  ],
]

test('what only the database can refuse leaves the store empty', async () => {
  const target = join(root, 'empty')
  for (const [given, damage, found] of refusedByTheDatabase) {
    const backup = join(root, 'misleading')
    await cp(whole, backup, { recursive: true })
    await damage(backup)
    const answer = await restoreStore({ dataFolder: target }, backup)
    assert.equal(faultOf(answer), 'backup.damaged', given)
    assert.match(!answer.ok ? answer.error.found : '', found)
    await assert.rejects(stat(join(target, 'log.key')), given)
    await rm(backup, { recursive: true })
  }
  assert.ok(expectOk(await restoreStore({ dataFolder: target }, whole)).check.ok)
})

test('a backup of an older version is restored and then brought to this one; a newer one is refused', async () => {
  const later = [...migrations, { name: 'of tomorrow', sql: 'create table habeas_meta.tomorrow ()' }]
  const target = join(root, 'later')
  assert.ok(expectOk(await restoreStore({ dataFolder: target }, whole, later)).check.ok)
  assert.equal(faultOf(await openStoreOf(target)), 'store.newer')
  const newer = join(root, 'newer')
  assert.equal(expectOk(await backUpStore({ dataFolder: target }, newer, later)).schema, later.length)
  assert.equal(faultOf(await restoreStore({ dataFolder: join(root, 'no') }, newer)), 'backup.newer')
  assert.equal(faultOf(await backUpStore({ dataFolder: target }, join(root, 'no'))), 'store.newer')
})

const openStoreOf = async (folder: string) => {
  const { openStore } = await import('../../src/adapters/postgres/openStore.ts')
  return openStore({ dataFolder: folder })
}

test('a place that is taken or cannot be written is refused in one line, and stays as it was', async () => {
  const taken = join(root, 'taken')
  await mkdir(taken)
  await writeFile(join(root, 'file'), 'mine')
  const places: readonly (readonly [string, number, string])[] = [
    [taken, 2, 'folder.exists'],
    [join(root, 'file'), 2, 'folder.exists'],
    [join(root, 'file', 'below'), 3, 'folder.not-a-folder'],
  ]
  for (const [out, status, code] of places) {
    const run = habeas(['db', 'backup', '--data', dataFolder, '--out', out])
    assert.equal(run.status, status, run.err)
    assert.ok(run.err.trim().split('\n').length === 1 && run.err.includes(`[${code}]`), run.err)
  }
  assert.deepEqual(await readdir(taken), [])
  assert.equal(await readFile(join(root, 'file'), 'utf8'), 'mine')
  const nowhere = habeas(['db', 'backup', '--data', join(root, 'nowhere'), '--out', join(root, 'none')])
  assert.deepEqual([nowhere.status, /store\.missing/.test(nowhere.err)], [2, true])
  await assert.rejects(stat(join(root, 'nowhere')))
})

const canMount =
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' }).status === 0

test('a full or read-only disk is said so, and nothing is left on it', {
  skip: canMount ? false : 'needs root and leave to mount',
}, async () => {
  const disk = join(root, 'disk')
  await mkdir(disk)
  const run = (options: string, args: string) =>
    spawnSync(
      'unshare',
      [
        '-m',
        'bash',
        '-c',
        `mount -t tmpfs -o ${options},mode=755 tmpfs ${disk}; ${process.execPath} bin/habeas db ${args}; echo "status $?"; ls -A ${disk}`,
      ],
      { encoding: 'utf8' },
    )
  const full = run('size=8k', `backup --data ${dataFolder} --out ${disk}/b`)
  assert.match(full.stderr, /^habeas: .*\[folder\.full\]\n$/)
  assert.equal(full.stdout, 'status 3\n')
  const readOnly = run('ro', `backup --data ${dataFolder} --out ${disk}/b`)
  assert.match(readOnly.stderr, /^habeas: .*\[folder\.read-only\]\n$/)
  assert.equal(readOnly.stdout, 'status 3\n')
  const small = run('size=20m', `restore --data ${disk}/data --from ${whole}`)
  assert.match(small.stderr, /^habeas: .*\[store\.disk-full\]\n$/)
  assert.match(small.stdout, /^status 3\n/)
})

test('a store that is open or has no log yet gives no backup', async (t) => {
  const open = await openTestStore(t)
  const busy = await backUpStore({ dataFolder: open.folder, waitMs: 0 }, join(root, 'none'))
  assert.equal(faultOf(busy), 'store.in-use')
  const made = join(root, 'made')
  assert.equal(habeas(['db', 'migrate', '--data', made]).status, 0)
  assert.equal(faultOf(await backUpStore({ dataFolder: made }, join(root, 'none'))), 'key.missing')
  await cp(join(whole, 'log.key'), join(made, 'log.key'))
  assert.equal(faultOf(await backUpStore({ dataFolder: made }, join(root, 'none'))), 'store.empty')
  await assert.rejects(stat(join(root, 'none')))
})
