import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Browser } from 'playwright-core'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { freshFolder } from '../scenarios/habeas.ts'
import { type RunningServer, startServer } from '../server/running.ts'
import { superuserConfig } from '../store/fixture.ts'
import { arrive, bringSession, press, settle } from './arriving.ts'
import { chromiumPath, type Look, openBrowser, openPage } from './browser.ts'

const skip = chromiumPath === undefined && 'no Chromium on this machine'
const data = `${freshFolder('sessions')}/data`
let browser: Browser
let server: RunningServer
let database: pg.Client
before(async () => {
  if (skip) return
  browser = await openBrowser()
  server = await startServer(['--demo', '--port', '0', '--data', data])
  database = new pg.Client(await superuserConfig(data))
  await database.connect()
})
after(async () => {
  await browser?.close()
  await database?.end()
  await server?.stop()
})

/** As if they had signed in at another browser too, two hours ago. */
const signInElsewhere = (name: string, digit: string) =>
  database.query(
    `insert into habeas_door.sessions (hash, account_id, method, begun_at, seen_at, expires_at)
     select repeat($2, 64), account_id, 'passkey', now() - interval '2 hours', now(), now() + interval '1 hour'
     from habeas_door.accounts where sign_in_name = $1`,
    [name, digit],
  )

const walks: readonly (readonly [Look, string])[] = [
  [{ language: 'en', device: 'desktop', scheme: 'light' }, 'zhao.ming'],
  [{ language: 'zh', device: 'phone', scheme: 'dark' }, 'sun.ke'],
]
for (const [look, name] of walks)
  test(`somebody sees where they are signed in, ends one, ends the others, and is asked to sign in again when it was long ago (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const { keys, session, signIn } = look.language === 'zh' ? zh : en
    const { page, faults } = await openPage(browser, look)
    t.after(() => page.context().close())
    await bringSession(page, server, name)
    await Promise.all([signInElsewhere(name, 'a'), signInElsewhere(name, 'b')])
    await page.goto(server.address)
    // A page that comes in takes the focus to its heading.
    await page.getByRole('heading', { level: 1 }).waitFor()
    await press(page, session.keys)
    await arrive(page, keys.title, look, 'keys with sessions')
    const elsewhere = page.getByText(keys.there)
    await page.getByText(keys.here).waitFor()
    assert.equal(await elsewhere.count(), 2)
    const [start = ''] = keys.endOf.split('{{at}}')
    await press(page, new RegExp(`^${start}`))
    await page.getByText(keys.endedDone).waitFor()
    await elsewhere.nth(1).waitFor({ state: 'detached' })
    assert.equal(await elsewhere.count(), 1)
    await press(page, keys.endElsewhere)
    await page.getByText(keys.elsewhereDone).waitFor()
    await elsewhere.waitFor({ state: 'detached' })

    await database.query("update habeas_door.sessions set begun_at = begun_at - interval '10 minutes'")
    await signInElsewhere(name, 'c')
    await page.reload()
    await press(page, keys.endElsewhere)
    await page.getByText(signIn.again).waitFor()
    assert.equal(await elsewhere.count(), 1, 'nothing was ended')
    await settle(page, keys.title, look, 'keys too long ago')
    await press(page, signIn.againStart)
    await arrive(page, signIn.wayTitle, look, 'way once more')
    await database.query("delete from habeas_door.sessions where hash = repeat('c', 64)")
    assert.deepEqual(
      faults.filter((fault) => !fault.includes('403')),
      [],
    )
  })
