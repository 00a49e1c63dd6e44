import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoForm } from '../../src/adapters/demo/demoForm.ts'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { startServer } from '../server/running.ts'
import { layDown, researchForm } from '../server/signatures.ts'
import { arrive, bringSession, fill, looks, press, settle, verifyDownload } from './arriving.ts'
import { addAuthenticator, chromiumPath, openBrowser, openPage, tabTo } from './browser.ts'
import { decide, makePasskey } from './deciding.ts'

const skip = chromiumPath === undefined && 'no Chromium on this machine'
let browser: Browser
before(async () => {
  if (!skip) browser = await openBrowser()
})
after(() => browser?.close())

for (const look of looks.slice(0, 2)) {
  const words = look.language === 'zh' ? zh : en
  const { agree, seal, receipt } = words
  test(`a yes is signed with a passkey that was made on the way, a no with a click, by keyboard alone (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const server = await startServer(['--demo', '--port', '0'])
    t.after(() => server.stop())
    const { page, faults } = await openPage(browser, look)
    t.after(() => page.context().close())
    const ownerSays = await addAuthenticator(page)
    await bringSession(page, server, 'qian.yue')
    await page.goto(`${server.address}cases/no-separate-consent/agreements`)
    await arrive(page, agree.title, look, 'seal list')
    await decide(page, look, words, demoForm, agree.read, true)
    await page.getByText(seal.bySession).waitFor()
    assert.equal(await page.getByRole('button', { name: agree.sign, exact: true }).count(), 1)
    await press(page, seal.interpreter)
    await tabTo(page, seal.interpreterName)
    await page.keyboard.type('Ana (invented)')
    await tabTo(page, seal.interpreterLanguage)
    await page.keyboard.type('Português')
    await settle(page, agree.previewTitle, look, 'seal interpreter')
    await page.keyboard.press('Enter')
    await page
      .getByText(fill(seal.interpreterNamed, { name: 'Ana (invented)', language: 'Português' }))
      .waitFor()
    await press(page, seal.makeOne)
    await settle(page, agree.previewTitle, look, 'seal making a passkey')
    await makePasskey(page, words)
    await page.getByText(seal.withKey).waitFor()
    await settle(page, agree.previewTitle, look, 'seal with a passkey')
    await ownerSays(false)
    await press(page, seal.sign)
    await page.getByText(seal.cancelled).waitFor()
    await settle(page, agree.previewTitle, look, 'seal cancelled')
    await ownerSays(true)
    await press(page, seal.sign)
    await arrive(page, agree.doneTitle, look, 'seal done')
    await page.getByText(seal.interpreted).waitFor()
    await verifyDownload(page, receipt.download)
    await press(page, agree.toList)
    await arrive(page, agree.title, look, 'seal list signed')
    await page.getByText(seal.strength.passkey).waitFor()

    await decide(page, look, words, demoForm, agree.change, false)
    await page.getByText(seal.noNeedsNone).waitFor()
    await ownerSays(false)
    await press(page, agree.sign)
    await arrive(page, agree.doneTitle, look, 'seal done no')
    await page.getByText(seal.strength.session).waitFor()
    assert.deepEqual(faults, [])
  })

  test(`where the law wants writing, who has no passkey is told, and may make one there (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const server = await startServer(['--demo', '--port', '0'])
    t.after(() => server.stop())
    await layDown(server, researchForm)
    const { page, faults } = await openPage(browser, look)
    t.after(() => page.context().close())
    await addAuthenticator(page)
    await bringSession(page, server, 'zhao.ming')
    await page.goto(`${server.address}cases/permitted/agreements`)
    await arrive(page, agree.title, look, 'seal list of two')
    await decide(page, look, words, researchForm, agree.read, true)
    await page.getByText(seal.needed).waitFor()
    await settle(page, agree.previewTitle, look, 'seal needed')
    assert.equal(await page.getByRole('button', { name: agree.sign, exact: true }).count(), 0)
    await makePasskey(page, words)
    await page.getByText(seal.withKey).waitFor()
    await press(page, seal.sign)
    await arrive(page, agree.doneTitle, look, 'seal done in writing')
    await page.getByText(seal.strength.passkey).waitFor()
    assert.deepEqual(faults, [])
  })
}
