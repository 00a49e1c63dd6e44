import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type pg from 'pg'
import { canonicalBytes, expectOk, type Json, sha256Hex, utf8 } from '#kernel'
import { openStore } from '../../src/adapters/postgres/openStore.ts'
import { signedAgreement } from '../consent/agreements.ts'
import { fillAttendances } from './attendanceFixture.ts'
import { fillDoor } from './doorFixture.ts'
import { fillEmergencies } from './emergencyFixture.ts'
import { type Appended, appendAct, newEntry, newEntryId, person, temporaryFolder } from './fixture.ts'
import { fillRecalls } from './recallFixture.ts'
import { fillRelatives } from './relativesFixture.ts'

/** Text that every layer between two databases would like to change. */
export const nasty = ['\\N', 'a\tb\nc\r\\', '"{},\'', '\\\\.', '', '\u{1F9EC}\u0301', '\v\f\b\u0001'] as const

/** A closed store with everything in it: persons, withdrawals, plans, a published log and a queue. */
export async function makeFullStore(t: Pick<TestContext, 'after'>) {
  const dataFolder = join(await temporaryFolder(t), 'data')
  const store = expectOk(await openStore({ dataFolder }))
  const appended: Appended[] = []
  try {
    for (const [i, text] of nasty.entries()) {
      const name = `person-${i % 3}`
      const all = await appendAct(store, name, async (transaction, { act }) => {
        const purposes = i === 0 ? null : nasty.slice(0, i - 1)
        await transaction.recordWithdrawal({ id: act, at: '2026-11-20T08:00:00.007Z' as never, purposes })
        const plan = { text, list: [...nasty] }
        await transaction.recordPlan({ indication: text, plan, sha256: sha256Hex(utf8(text)) })
        await transaction.recordAgreement(signedAgreement(act, `form${i}`), { text } as never)
        await fillRecalls(transaction, act, text)
        await fillEmergencies(transaction, act, text)
        await fillRelatives(transaction, act, text)
        await fillAttendances(transaction, act, text)
      })
      appended.push(all)
      if (i < 5) await store.publish()
    }
    await fillDoor(store, person('person-0'), nasty[2])
  } finally {
    await store.close()
  }
  return { dataFolder, appended, published: 5, queuedAtTheDoor: 1 }
}

/** Many acts at once, past the door; they wait in the queue. `root` is a superuser. */
export async function fillBy(root: pg.Client, acts: number): Promise<void> {
  for (let from = 0; from < acts; from += 5000) {
    const rows = Array.from({ length: Math.min(5000, acts - from) }, () => ({
      ...newEntry(),
      id: newEntryId(),
    }))
    const ids = rows.map(({ id }) => id)
    await root.query('begin')
    await root.query(
      `insert into habeas.acts select $2, x, 'plan', 'permitted', now(), '{}', '{}' from unnest($1::text[]) as x`,
      [ids, person('person-many')],
    )
    await root.query(
      `insert into habeas.openings select $3, x::uuid, x, o from unnest($1::text[], $2::bytea[]) as given (x, o)`,
      [ids, rows.map(({ opening }) => opening), person('person-many')],
    )
    await root.query(
      'insert into habeas_log.pending (entry_id, leaf) select x, l from unnest($1::uuid[], $2::bytea[]) as given (x, l)',
      [ids, rows.map(({ leaf }) => leaf)],
    )
    await root.query('commit')
  }
}

type Edit = (manifest: { [member: string]: Json } & { tables: { [member: string]: Json }[] }) => void

/** Changes a manifest and makes its digest right again, as a forger would. */
export async function forge(backup: string, edit: Edit): Promise<void> {
  const path = join(backup, 'manifest.json')
  const { sha256: _, ...manifest } = JSON.parse(await readFile(path, 'utf8'))
  edit(manifest)
  const sha256 = sha256Hex(expectOk(canonicalBytes(manifest)))
  const bytes = expectOk(canonicalBytes({ ...manifest, sha256 }))
  await writeFile(path, `${Buffer.from(bytes).toString('utf8')}\n`)
}
