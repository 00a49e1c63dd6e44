import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { en } from '../../src/web/words/en.ts'
import { type RunningServer, startServer } from '../server/running.ts'
import { bringSession } from './arriving.ts'
import { chromiumPath, openBrowser, openPage } from './browser.ts'

const skip = chromiumPath === undefined && 'no Chromium on this machine'
const name = 'Zhao Ming (invented)'
let browser: Browser
let server: RunningServer
before(async () => {
  if (skip) return
  browser = await openBrowser()
  server = await startServer(['--demo', '--port', '0'])
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

async function openOwnCase(on = server): Promise<Page> {
  const { page } = await openPage(browser, { language: 'en', device: 'desktop', scheme: 'light' })
  await bringSession(page, on, 'zhao.ming')
  await page.goto(`${on.address}cases/permitted`)
  await page.getByRole('heading', { level: 1 }).getByText(name).waitFor()
  return page
}

const shows = async (page: Page): Promise<boolean> => (await page.content()).includes(name)

test('given a page that the browser kept whole, when one goes back to it, then it is loaded anew', {
  skip,
}, async (t) => {
  const page = await openOwnCase()
  t.after(() => page.context().close())
  const loaded = page.waitForEvent('load')
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await loaded
})

test('given a person’s page, when they sign out, then nothing of it is left, and coming back to it asks for a sign-in', {
  skip,
}, async (t) => {
  const page = await openOwnCase()
  t.after(() => page.context().close())
  await page.evaluate(() => sessionStorage.setItem('of whoever was here', 'x'))
  await page.getByRole('button', { name: en.session.out }).click()
  await page.getByRole('heading', { level: 1, name: en.signIn.title }).waitFor()
  assert.equal(await shows(page), false)
  assert.equal(await page.evaluate(() => sessionStorage.getItem('of whoever was here')), null)
  assert.deepEqual(
    (await page.context().cookies()).filter((cookie) => cookie.name === 'habeas'),
    [],
  )
  await page.goto(`${server.address}cases/permitted`)
  await page.getByRole('heading', { name: en.session.needed }).waitFor()
  assert.equal(await shows(page), false)
})

test('given a server that does not answer, when they sign out, then nothing is left in the window either', {
  skip,
}, async (t) => {
  const other = await startServer(['--demo', '--port', '0'])
  const page = await openOwnCase(other)
  t.after(() => page.context().close())
  await other.stop()
  await page.getByRole('button', { name: en.session.out }).click()
  await page.getByText(name).first().waitFor({ state: 'detached' })
  await page.waitForLoadState()
  assert.equal(await shows(page), false)
})
