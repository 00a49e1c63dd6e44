import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { utf8 } from '#kernel'
import { withoutOtherUser } from '../../../test/otherUser.ts'
import { writeFilesAtomically } from './writeFiles.ts'

async function newFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-files-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Every path below, with the content of files. */
async function contentOf(folder: string): Promise<Record<string, string | null>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const content: Record<string, string | null> = {}
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    content[path.slice(folder.length + 1)] = entry.isDirectory() ? null : await readFile(path, 'utf8')
  }
  return content
}

const files = (record: Record<string, string>) =>
  new Map(Object.entries(record).map(([name, text]) => [name, utf8(text)]))

test('files come into being, replace older ones and take others away', async (t) => {
  const folder = join(await newFolder(t), 'a', 'b')
  const first = files({ 'plan.json': '1', 'evidence/leaf.bin': 'x', old: 'old' })
  assert.deepEqual(await writeFilesAtomically(folder, first, { remove: ['none', 'no/such'] }), {
    ok: true,
    value: undefined,
  })
  await symlink('old', join(folder, 'link'))
  await writeFile(join(folder, '.habeas-999999999-0123456789ab.tmp'), 'of a killed process')
  const second = files({ 'plan.json': '2', link: 'no longer a link' })
  assert.ok((await writeFilesAtomically(folder, second, { remove: ['old'] })).ok)
  const expected = { 'plan.json': '2', evidence: null, 'evidence/leaf.bin': 'x', link: 'no longer a link' }
  assert.deepEqual(await contentOf(folder), expected)
})

test('a failure at any point leaves what was there, and nothing else', async (t) => {
  const table: [given: string, prepare: (folder: string) => Promise<unknown>, code: string][] = [
    [
      'a folder where the last file goes',
      (folder) => mkdir(join(folder, 'z', 'full'), { recursive: true }),
      'folder.not-a-folder',
    ],
    ['a file where a folder goes', (folder) => writeFile(join(folder, 'deep'), ''), 'folder.not-a-folder'],
  ]
  for (const [given, prepare, code] of table) {
    const folder = await newFolder(t)
    await writeFile(join(folder, 'a'), 'before')
    await writeFile(join(folder, 'stale'), 'before')
    await prepare(folder)
    const before = await contentOf(folder)
    const wanted = files({ a: 'after', b: 'new', 'new/c': 'new', 'deep/er/d': 'new', z: 'new' })
    const result = await writeFilesAtomically(folder, wanted, { remove: ['stale'] })
    assert.equal(result.ok ? 'none' : result.error.code, code, given)
    assert.ok(!result.ok && result.error.kind === 'surroundings' && result.error.where === folder)
    assert.deepEqual(await contentOf(folder), before, given)
  }
})

test('a name that leads out of the folder is a bug', async (t) => {
  const folder = await newFolder(t)
  for (const name of ['../x', '/x', '', 'a/../../x', './x', '..']) {
    await assert.rejects(
      writeFilesAtomically(folder, files({ [name]: '' }), { remove: [] }),
      RangeError,
      name,
    )
    await assert.rejects(writeFilesAtomically(folder, files({}), { remove: [name] }), RangeError, name)
  }
})

/** The same call in a process that is somebody else, or in another mount namespace. */
function writeElsewhere(folder: string, before: readonly string[]): string {
  const script = `import { writeFilesAtomically } from ${JSON.stringify(new URL('./writeFiles.ts', import.meta.url).href)}
    const result = await writeFilesAtomically(${JSON.stringify(folder)}, new Map([['a', new Uint8Array(10)], ['big', new Uint8Array(3 << 20)]]), { remove: ['stale'] })
    console.log(result.ok ? 'ok' : result.error.code)`
  const node = [
    process.execPath,
    '--import',
    'tsx',
    '--conditions=source',
    '--input-type=module',
    '-e',
    script,
  ]
  const [command, ...args] = [...before, ...node] as [string, ...string[]]
  const { stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, HOME: '/tmp' },
  })
  return stdout.trim() || stderr
}

const isRoot = process.getuid?.() === 0

test('no permission is said so', { skip: withoutOtherUser }, async (t) => {
  const folder = await newFolder(t)
  await chown(folder, 0, 0)
  await chmod(folder, 0o755)
  const setpriv = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  assert.equal(writeElsewhere(folder, setpriv), 'folder.denied')
  assert.deepEqual(await readdir(folder), [])
})

const canMount = isRoot && spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0

test('a full disk and a read-only one are said so and keep what was there', {
  skip: canMount ? false : 'needs root and leave to mount',
}, async (t) => {
  const folder = await newFolder(t)
  for (const [options, code] of [
    ['size=2m', 'folder.full'],
    ['ro', 'folder.read-only'],
    ['size=20m', 'ok'],
  ] as const) {
    const script = `mount -t tmpfs -o size=2m tmpfs ${folder}; echo before > ${folder}/a; echo before > ${folder}/stale
      mount -o remount,${options} ${folder}; "$@"; cat ${folder}/a | head -c 6; ls -A ${folder}`
    const said = writeElsewhere(folder, ['unshare', '-m', 'bash', '-ec', script, 'bash']).replaceAll('\0', '')
    assert.equal(said.replaceAll('\n', ' '), code === 'ok' ? 'ok a big' : `${code} beforea stale`)
  }
})
