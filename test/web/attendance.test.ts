import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoForm } from '../../src/adapters/demo/demoForm.ts'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { startServer } from '../server/running.ts'
import { arrive, bringSession, fill, looks, press, sayWhy, settle } from './arriving.ts'
import { addAuthenticator, chromiumPath, type Look, openBrowser, openPage, tabTo } from './browser.ts'
import { decide, makePasskey } from './deciding.ts'

const skip = chromiumPath === undefined && 'no Chromium on this machine'
let browser: Browser
before(async () => {
  if (!skip) browser = await openBrowser()
})
after(() => browser?.close())

type Words = typeof zh

/** Who cannot read names somebody. */
async function nameWitness(page: Page, look: Look, { agree, attend }: Words, name: string): Promise<void> {
  await tabTo(page, attend.witnessName)
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await page.getByText(fill(attend.witnessNamed, { name })).waitFor()
  await settle(page, agree.previewTitle, look, 'attend named')
}

for (const look of looks.slice(0, 2)) {
  const words = look.language === 'zh' ? zh : en
  const { agree, attend, coSign, keys, seal, procedure } = words
  test(`who cannot read names a witness, who confirms it on a page of their own, by keyboard alone (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const server = await startServer(['--demo', '--port', '0'])
    t.after(() => server.stop())
    const signer = await openPage(browser, look)
    const witness = await openPage(browser, look)
    t.after(() => Promise.all([signer, witness].map(({ page }) => page.context().close())))
    await addAuthenticator(signer.page)
    const witnessSays = await addAuthenticator(witness.page)
    await bringSession(signer.page, server, 'qian.yue')
    await bringSession(witness.page, server, 'sun.ke')
    await witness.page.goto(`${server.address}attendances`)
    await arrive(witness.page, attend.title, look, 'attend none')
    await witness.page.getByText(attend.none).waitFor()
    await witness.page.goto(`${server.address}keys`)
    await arrive(witness.page, keys.title, look, 'attend keys')
    await makePasskey(witness.page, words)
    await witness.page.getByText('My phone').waitFor()

    const { page } = signer
    await page.goto(`${server.address}cases/no-separate-consent/agreements`)
    await arrive(page, agree.title, look, 'attend list')
    await decide(page, look, words, demoForm, agree.read, true)
    await press(page, seal.makeOne)
    await makePasskey(page, words)
    await page.getByText(seal.withKey).waitFor()
    await press(page, attend.hindered)
    await sayWhy(page, attend.hindrance['cannot-read'], attend.hinderedWords, 'Never learned it.')
    await settle(page, agree.previewTitle, look, 'attend why')
    await press(page, attend.hinderedKeep)
    await page.getByText(attend.witnessLead).waitFor()
    await settle(page, agree.previewTitle, look, 'attend witness asked')
    await press(page, seal.sign)
    await page.getByText(agree.because['witness-needed']).waitFor()
    await nameWitness(page, look, words, 'wang.lan')
    await press(page, seal.sign)
    await page.getByText(agree.because['witness-not-possible']).waitFor()
    await settle(page, agree.previewTitle, look, 'attend not possible')
    await press(page, attend.witnessNot)
    await nameWitness(page, look, words, 'sun.ke')
    await press(page, seal.sign)
    await arrive(page, agree.doneTitle, look, 'attend signed')
    await page.getByText(fill(coSign.waits, { who: coSign.who.witness })).waitFor()
    await page.goto(`${server.address}cases/no-separate-consent/procedure`)
    await arrive(page, procedure.ownTitle, look, 'attend procedure')
    const waits = attend.formWaits.split('{{who}}')[0]!
    const title = demoForm.title[look.language]
    await page.getByText(fill(waits, { title })).first().waitFor()

    const other = witness.page
    await other.goto(`${server.address}cases/withdrawn/me`)
    await other.getByRole('link', { name: fill(attend.waits, { count: '1' }) }).waitFor()
    await press(other, fill(attend.waits, { count: '1' }))
    await arrive(other, attend.title, look, 'attend waiting')
    await press(other, new RegExp(attend.look))
    await arrive(other, attend.oneTitle.witness, look, 'attend one')
    assert.doesNotMatch((await other.locator('main').textContent()) ?? '', /Qian|example-2|learned/)
    await press(other, attend.told)
    await settle(other, attend.oneTitle.witness, look, 'attend told')
    await witnessSays(false)
    await press(other, attend.confirm)
    await other.getByText(seal.cancelled).waitFor()
    await settle(other, attend.oneTitle.witness, look, 'attend cancelled')
    await witnessSays(true)
    await press(other, attend.confirm)
    await other.getByText(attend.done.split('{{')[0]!).waitFor()
    await settle(other, attend.oneTitle.witness, look, 'attend done')
    await other.reload()
    await other.getByText(attend.because.gone).waitFor()
    await settle(other, attend.title, look, 'attend gone')

    await page.goto(`${server.address}cases/no-separate-consent/agreements`)
    await arrive(page, agree.title, look, 'attend given')
    await page.getByText(attend.confirmed.witness.split('{{')[0]!).waitFor()
    await page.getByText(agree.state.given).first().waitFor()
    assert.deepEqual([...signer.faults, ...witness.faults], [])
  })
}
