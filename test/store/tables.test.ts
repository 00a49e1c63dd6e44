import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { sha256Hex, utf8 } from '#kernel'
import type { ActScope } from '#usecases'
import { signedAgreement } from '../consent/agreements.ts'
import { fillAttendances } from './attendanceFixture.ts'
import { fillDoor } from './doorFixture.ts'
import { fillEmergencies } from './emergencyFixture.ts'
import { appendAct, openTestStore, superuser } from './fixture.ts'
import { fillRecalls } from './recallFixture.ts'
import { fillRelatives } from './relativesFixture.ts'

/** Whom row-level security does not bind; only the embedded cluster's own superuser. */
const unbound = ['habeas']
const roles = [
  'habeas_owner',
  'habeas_idle',
  'habeas_act',
  'habeas_account',
  'habeas_sequencer',
  'habeas_auditor',
  'habeas_keeper',
  'habeas_door',
  'habeas_recipient',
  'habeas_reviewer',
]
const denied = '42501'
const cleanups: (() => Promise<void>)[] = []
const t = { after: (work: () => Promise<void>) => void cleanups.push(work) } as Parameters<
  typeof openTestStore
>[0]

type Table = { readonly name: string; readonly columns: readonly string[]; readonly rows: readonly string[] }
let root: pg.Client
let scopeA: ActScope
let tables: readonly Table[]

async function readTables(): Promise<Table[]> {
  const { rows } = await root.query<{ name: string; columns: string[] }>(`
    select format('%I.%I', n.nspname, c.relname) as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    group by 1 order by 1`)
  const read = async ({ name, columns }: (typeof rows)[number]): Promise<Table> => {
    const found = await root.query<{ row: string }>(
      `select row_to_json(x)::text as row from ${name} x order by 1`,
    )
    return { name, columns, rows: found.rows.map(({ row }) => row) }
  }
  const all: Table[] = []
  for (const row of rows) all.push(await read(row))
  return all
}

type Settings = Readonly<Record<string, string>>

/** SQLSTATE of a refusal, or how many rows were seen or changed. Nothing of it stays. */
async function attempt(
  role: string,
  settings: Settings,
  sql: string,
  values: string[] = [],
): Promise<string | number> {
  await root.query('begin')
  try {
    await root.query(`set local role ${role}`)
    for (const [name, value] of Object.entries(settings))
      await root.query('select set_config($1, $2, true)', [name, value])
    return (await root.query(sql, values)).rowCount ?? 0
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error.code ?? 'unknown'
    throw error
  } finally {
    await root.query('rollback')
  }
}

const insertOf = (table: string): string =>
  `insert into ${table} overriding system value select (json_populate_record(null::${table}, $1::json)).*`

/** Everything that a role can do to a table with these settings. */
async function leaksOf(role: string, settings: Settings, { name, columns, rows }: Table): Promise<string[]> {
  const attempts: [what: string, answer: string | number][] = [
    ['reads', await attempt(role, settings, `select * from ${name}`)],
    ['updates', await attempt(role, settings, `update ${name} set ${columns.at(-1)} = ${columns.at(-1)}`)],
    ['deletes', await attempt(role, settings, `delete from ${name}`)],
    ['truncates', await attempt(role, settings, `truncate ${name} cascade`)],
  ]
  const inserts = rows[0] === undefined ? denied : await attempt(role, settings, insertOf(name), [rows[0]])
  const open = attempts.filter(([, answer]) => answer !== denied && answer !== 0)
  // Only a refusal will do here: a row that is stopped by its key was allowed to be written.
  return [...open, ...(inserts === denied ? [] : [['inserts', inserts]])].map(
    (leak) => `${role} ${leak.join(' ')} ${name}`,
  )
}

before(async () => {
  const { store, folder } = await openTestStore(t)
  const full = async (name: string) =>
    appendAct(store, name, async (transaction, { act }) => {
      await transaction.recordWithdrawal({
        id: act,
        at: '2026-11-20T08:00:00.000Z' as never,
        purposes: ['care'],
      })
      await transaction.recordPlan({ indication: 'x', plan: {}, sha256: sha256Hex(utf8(name)) })
      assert.ok(await transaction.recordAgreement(signedAgreement(act, act)))
      await fillRecalls(transaction, act, 'x')
      await fillEmergencies(transaction, act, 'x')
      await fillRelatives(transaction, act, 'x')
      await fillAttendances(transaction, act, 'x')
    })
  scopeA = (await full('person-a')).scope
  await full('person-a')
  await full('person-b')
  await store.publish()
  await full('person-b')
  await fillDoor(store, scopeA.subject)
  root = await superuser(t, folder)
  tables = await readTables()
})
after(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

test('there is something in every table to be protected', () => {
  assert.deepEqual(
    tables.filter(({ rows }) => rows.length === 0).map(({ name }) => name),
    [],
  )
  assert.ok(tables.length >= 10)
})

test('without an act or a task no role reads or writes anything, in any table or view', async () => {
  const leaks: string[] = []
  for (const role of roles) {
    for (const table of tables) leaks.push(...(await leaksOf(role, {}, table)))
    const emptied = { 'habeas.act': '', 'habeas.subject': '', 'habeas.task': '' }
    for (const table of tables) leaks.push(...(await leaksOf(role, emptied, table)))
  }
  assert.deepEqual(leaks, [])
})

test('half a scope, or a task without its role, opens nothing either', async () => {
  const halves: Settings[] = [
    { 'habeas.act': scopeA.act },
    { 'habeas.subject': scopeA.subject },
    { 'habeas.task': 'publish' },
    { 'habeas.task': 'audit' },
  ]
  const leaks: string[] = []
  for (const settings of halves) {
    for (const role of ['habeas_owner', 'habeas_idle', 'habeas_act']) {
      for (const table of tables) leaks.push(...(await leaksOf(role, settings, table)))
    }
  }
  assert.deepEqual(leaks, [])
})

test('the walk finds a table that was left open', async () => {
  await root.query(
    'create table habeas.left_open (subject_id text); insert into habeas.left_open values ($$b$$)',
  )
  await root.query('grant select on habeas.left_open to habeas_auditor')
  const open = (await readTables()).find(({ name }) => name === 'habeas.left_open')!
  assert.deepEqual(await leaksOf('habeas_auditor', {}, open), ['habeas_auditor reads 1 habeas.left_open'])
  await root.query('drop table habeas.left_open')
})

const subjectOf = (row: string): unknown => (JSON.parse(row) as { subject_id?: unknown }).subject_id
const isPersonal = ({ name }: Table): boolean => name.startsWith('habeas.')

test('an act on one person sees and writes nothing of another', async () => {
  const settings = { 'habeas.act': scopeA.act, 'habeas.subject': scopeA.subject }
  for (const { name, rows } of tables.filter(isPersonal)) {
    const visible = await attempt('habeas_act', settings, `select * from ${name}`)
    const foreign = await attempt(
      'habeas_act',
      settings,
      `select * from ${name} where subject_id <> '${scopeA.subject}'`,
    )
    const own = rows.filter((row) => subjectOf(row) === 'person-a').length
    assert.equal(visible, name === 'habeas.acts' ? 1 : own, `${name}: its own rows, and of the acts itself`)
    assert.equal(foreign, 0, name)
    const other = rows.find((row) => subjectOf(row) === 'person-b')!
    assert.equal(await attempt('habeas_act', settings, insertOf(name), [other]), denied, name)
    const forged = JSON.stringify({ ...JSON.parse(other), act_id: scopeA.act })
    assert.equal(await attempt('habeas_act', settings, insertOf(name), [forged]), denied, name)
    const inAnothersName = JSON.stringify({ ...JSON.parse(other), subject_id: 'person-a' })
    assert.equal(await attempt('habeas_act', settings, insertOf(name), [inAnothersName]), denied, name)
  }
})

test('a recipient sees what they themselves are asked, and writes nothing', async () => {
  for (const { name, columns, rows } of tables) {
    const isAsked = /^habeas\.recall/.test(name)
    const told = isAsked ? columns.filter((column) => column !== 'act_id').join(', ') : '*'
    for (const [task, seen] of [
      ['recall/river-lab', rows.length],
      ['recall/', 0],
      ['recall/river', 0],
      ['door', 0],
    ] as const) {
      const answer = await attempt('habeas_recipient', { 'habeas.task': task }, `select ${told} from ${name}`)
      assert.equal(answer, isAsked ? seen : denied, `${task} reads ${name}`)
    }
    const own = { 'habeas.task': 'recall/river-lab' }
    assert.equal(await attempt('habeas_recipient', own, `select * from ${name}`), denied, name)
    assert.equal(await attempt('habeas_recipient', own, insertOf(name), [rows[0]!]), denied, name)
  }
})

test('a reviewer sees what was opened at their organisation, somebody what they opened, and neither writes anything', async () => {
  for (const { name, columns, rows } of tables) {
    const isShown = /^habeas\.emergenc/.test(name)
    const told = isShown ? columns.filter((column) => column !== 'act_id').join(', ') : '*'
    for (const [task, seen] of [
      ['review/hillside', rows.length],
      ['opened/he-jun', rows.length],
      ['review/', 0],
      ['opened/hillside', 0],
      ['review/he-jun', 0],
      ['recall/hillside', 0],
      ['', 0],
    ] as const) {
      const answer = await attempt('habeas_reviewer', { 'habeas.task': task }, `select ${told} from ${name}`)
      assert.equal(answer, isShown ? seen : denied, `${task} reads ${name}`)
    }
    const own = { 'habeas.task': 'review/hillside' }
    assert.equal(await attempt('habeas_reviewer', own, `select * from ${name}`), denied, name)
    assert.equal(await attempt('habeas_reviewer', own, insertOf(name), [rows[0]!]), denied, name)
  }
})

test('who decides about relatives sees what was asked at their organisation, and writes nothing', async () => {
  for (const { name, columns, rows } of tables) {
    const isShown = /^habeas\.relatives_/.test(name)
    const told = isShown ? columns.filter((column) => column !== 'act_id').join(', ') : '*'
    for (const [task, seen] of [
      ['relatives/hillside', rows.length],
      ['relatives/river-lab', 0],
      ['relatives/', 0],
      ['review/hillside', 0],
    ] as const) {
      const answer = await attempt('habeas_reviewer', { 'habeas.task': task }, `select ${told} from ${name}`)
      assert.equal(answer, isShown ? seen : denied, `${task} reads ${name}`)
    }
    const own = { 'habeas.task': 'relatives/hillside' }
    assert.equal(await attempt('habeas_reviewer', own, insertOf(name), [rows[0]!]), denied, name)
  }
})

test('who stands by a signature sees that they were asked, and nothing else of anybody', async () => {
  for (const { name, columns, rows } of tables) {
    const isShown = /^habeas\.attendance/.test(name)
    const told = isShown ? columns.filter((column) => column !== 'act_id').join(', ') : '*'
    for (const [task, seen] of [
      ['attends/sun-ke', rows.length],
      ['attends/qian-yue', 0],
      ['attends/', 0],
      ['opened/sun-ke', 0],
    ] as const) {
      const answer = await attempt('habeas_reviewer', { 'habeas.task': task }, `select ${told} from ${name}`)
      assert.equal(answer, isShown ? seen : denied, `${task} reads ${name}`)
    }
    const own = { 'habeas.task': 'attends/sun-ke' }
    assert.equal(await attempt('habeas_reviewer', own, insertOf(name), [rows[0]!]), denied, name)
  }
})

test('an act cannot look into the log, nor the log’s roles into a person', async () => {
  const scope = { 'habeas.act': scopeA.act, 'habeas.subject': scopeA.subject }
  for (const table of tables) {
    if (!isPersonal(table))
      assert.equal(await attempt('habeas_act', scope, `select * from ${table.name}`), denied)
    for (const role of ['habeas_sequencer', 'habeas_auditor', 'habeas_idle', 'habeas_owner']) {
      const all = { ...scope, 'habeas.task': role === 'habeas_sequencer' ? 'publish' : 'audit' }
      const seen = isPersonal(table) ? await attempt(role, all, `select * from ${table.name}`) : denied
      assert.ok(seen === denied || seen === 0, `${role} reads ${table.name}`)
    }
  }
})

test('what happened is never rewritten: only a queue shrinks and only a tile grows', async () => {
  const { rows } = await root.query<{ what: string }>(
    `select grantee || ' ' || lower(privilege_type) || ' ' || table_schema || '.' || table_name as what
     from information_schema.role_table_grants
     where grantee = any($1) and grantee <> 'habeas_owner' and privilege_type not in ('SELECT', 'INSERT') order by 1`,
    [roles],
  )
  assert.deepEqual(
    rows.map(({ what }) => what),
    [
      ...['codes', 'failures', 'passkeys', 'records', 'sessions'].map(
        (name) => `habeas_door delete habeas_door.${name}`,
      ),
      ...['failures', 'records'].map((name) => `habeas_door update habeas_door.${name}`),
      'habeas_sequencer delete habeas_log.pending',
      'habeas_sequencer update habeas_log.tiles',
    ],
  )
})

test('every table forces row-level security, and nobody but the listed can pass it by', async () => {
  const loose =
    await root.query(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname ~ '^habeas' and (c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
      or c.relkind = 'v' and not coalesce(c.reloptions @> '{security_invoker=true}', false) or c.relkind in ('m', 'f'))`)
  assert.deepEqual(loose.rows, [])
  const strong = await root.query(
    `select rolname from pg_roles where (rolsuper or rolbypassrls) and rolname !~ '^pg_' order by 1`,
  )
  assert.deepEqual(
    strong.rows.map(({ rolname }) => rolname),
    unbound,
  )
  const login = await root.query(
    `select rolname from pg_roles where rolcanlogin and rolname ~ '^habeas' order by 1`,
  )
  assert.deepEqual(
    login.rows.map(({ rolname }) => rolname),
    unbound,
  )
})

test('a person’s tables are keyed by person first; the log’s name nobody', async () => {
  const keys = await root.query<{
    name: string
    first: string
  }>(`select format('%I.%I', n.nspname, c.relname) as name, a.attname as first
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] where i.indisprimary`)
  const firstOf = new Map(keys.rows.map(({ name, first }) => [name, first]))
  for (const table of tables) {
    if (table.name.startsWith('habeas.')) assert.equal(firstOf.get(table.name), 'subject_id', table.name)
    else if (table.name.startsWith('habeas_log.'))
      assert.ok(!table.columns.some((column) => /subject|act_id|person|account/.test(column)), table.name)
  }
})
