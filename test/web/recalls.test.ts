import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { addDays, dayOf } from '#kernel'
import { systemClock } from '../../src/adapters/clock.ts'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { layDownSharing } from '../server/recalling.ts'
import { ask, type RunningServer, startServer } from '../server/running.ts'
import { arrive, bringSession, fill, labelled, looks, press, settle } from './arriving.ts'
import { chromiumPath, openBrowser, openPage, tabTo } from './browser.ts'

const skip = chromiumPath === undefined && 'no Chromium on this machine'
let browser: Browser
before(async () => {
  if (!skip) browser = await openBrowser()
})
after(() => browser?.close())

const caseId = 'no-separate-consent'
const law = 'Medical Records Rules'
/** As the browser of the tests wants a date to be typed. */
const typed = (day: string): string => `${day.slice(5, 7)}${day.slice(8)}${day.slice(0, 4)}`

/** Allows the laboratory something, and takes it back. */
async function allowAndWithdraw(server: RunningServer): Promise<void> {
  const { id: form, sha256: formSha256 } = await layDownSharing(server)
  const choices = [{ item: 'river', effect: 'permit', answers: [0] }]
  const said = { form, formSha256, language: 'en', choices, previewShown: true, supersedes: null }
  for (const [path, body] of [
    ['agreements', said],
    ['withdrawals', { purposes: null }],
  ] as const)
    assert.equal((await ask(server, 'POST', `api/cases/${caseId}/${path}`, body, 'qian.yue')).status, 201)
}

for (const look of looks) {
  const words = look.language === 'zh' ? zh : en
  const { agree, home, recall } = words
  test(`a recipient answers a recall and corrects it, and the person reads it, by keyboard alone (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const server = await startServer(['--demo', '--port', '0'])
    t.after(() => server.stop())
    await allowAndWithdraw(server)
    const until = addDays(dayOf(systemClock.now()), 30)
    const person = await openPage(browser, look)
    t.after(() => person.page.context().close())
    await bringSession(person.page, server, 'qian.yue')
    const agreements = `${server.address}cases/${caseId}/agreements`
    await person.page.goto(agreements)
    await arrive(person.page, agree.title, look, 'recall waits')
    await person.page.getByText(recall.mineLead).waitFor()
    await person.page.getByText('river-lab').first().waitFor()

    const { page, faults } = await openPage(browser, look)
    t.after(() => page.context().close())
    await bringSession(page, server, 'luo.bin')
    await page.goto(server.address)
    await arrive(page, fill(home.stewardTitle, { name: 'Luo Bin (invented)' }), look, 'recall home')
    await press(page, recall.title)
    await arrive(page, recall.title, look, 'recall list')
    await page.getByText(recall.open, { exact: true }).waitFor()
    assert.doesNotMatch((await page.locator('main').textContent()) ?? '', /Qian|example-2/)
    await press(page, new RegExp(`^${recall.answer}: `))
    await tabTo(page, recall.sayDeleted)
    await page.keyboard.press('ArrowDown')
    await tabTo(page, labelled(recall.until))
    await page.keyboard.type(typed(until))
    await tabTo(page, labelled(recall.basis))
    await page.keyboard.type(law)
    await settle(page, recall.title, look, 'recall answering')
    await press(page, recall.send)
    await page.getByText(recall.done, { exact: true }).waitFor()
    await settle(page, recall.title, look, 'recall locked')
    await person.page.goto(agreements)
    await person.page.getByText(law).first().waitFor()
    await settle(person.page, agree.title, look, 'recall seen locked')

    await press(page, new RegExp(`^${recall.correct}: `))
    await press(page, recall.send)
    await page.getByText(recall.before).waitFor()
    await settle(page, recall.title, look, 'recall corrected')
    await person.page.goto(agreements)
    await person.page
      .getByText(fill(recall.deleted, { at: '' }).slice(-8))
      .first()
      .waitFor()
    await person.page.getByText(recall.before).waitFor()
    await settle(person.page, agree.title, look, 'recall seen deleted')
    assert.deepEqual([...faults, ...person.faults], [])
  })
}
