import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { ask, startServer } from '../server/running.ts'
import { arrive, bringSession, fill, looks, press, sayWhy, settle } from './arriving.ts'
import { chromiumPath, openBrowser, openPage } from './browser.ts'

const skip = chromiumPath === undefined && 'no Chromium on this machine'
let browser: Browser
before(async () => {
  if (!skip) browser = await openBrowser()
})
after(() => browser?.close())

const caseId = 'permitted'
const name = 'Zhao Ming (invented)'
const happened = 'Found without pulse.'
const judged = 'The ward confirms it.'

const firstOf = (text: string) => text.slice(0, text.indexOf('{{'))

for (const look of looks) {
  const words = look.language === 'zh' ? zh : en
  const { emergency, home, me } = words
  test(`a clinician opens, looks and ends; the person reads of it; somebody else reviews it, by keyboard alone (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const server = await startServer(['--demo', '--port', '0'])
    t.after(() => server.stop())
    await ask(server, 'POST', `api/cases/${caseId}/plans`, {}, 'wang.lan')
    const visit = async (who: string) => {
      const opened = await openPage(browser, look)
      t.after(() => opened.page.context().close())
      await bringSession(opened.page, server, who)
      return opened
    }
    const { page, faults } = await visit('he.jun')
    await page.goto(`${server.address}cases/${caseId}`)
    await arrive(page, name, look, 'emergency case')
    await press(page, emergency.go)
    const title = fill(emergency.title, { name })
    await arrive(page, title, look, 'emergency before')
    await press(page, emergency.open)
    await page.getByText(emergency.choose).waitFor()
    await page.goto(`${server.address}cases/${caseId}/emergency`)
    await arrive(page, title, look, 'emergency before')
    await sayWhy(page, emergency.because.unconscious, emergency.words, happened)
    await press(page, emergency.open)
    await page.getByText(emergency.eachLook).waitFor()
    await press(page, emergency.look)
    await page.getByText(emergency.allergies, { exact: true }).waitFor()
    await press(page, emergency.warn)
    await page
      .getByText(firstOf(emergency.planOf) || emergency.warnings)
      .first()
      .waitFor()
    await settle(page, title, look, 'emergency open')
    await page.getByText(emergency.receipt).first().waitFor()
    const second = await visit('he.jun')
    await second.page.goto(server.address)
    await arrive(
      second.page,
      fill(home.clinicianTitle, { name: 'Dr He Jun (invented)' }),
      look,
      'emergency banner',
    )
    await second.page.getByText(emergency.toLook).waitFor()

    const person = await visit('zhao.ming')
    await person.page.goto(`${server.address}cases/${caseId}/me`)
    await arrive(person.page, me.title, look, 'emergency told')
    await person.page.getByText(emergency.mineLead).waitFor()
    await person.page.getByText(happened).waitFor()

    await press(page, fill(emergency.endOf, { name }))
    await page.getByText(emergency.ended).waitFor()
    await page.getByText(emergency.toLook).waitFor({ state: 'detached' })
    assert.equal(
      await page.getByText(emergency.allergies, { exact: true }).count(),
      0,
      'nothing stays in the page',
    )
    await settle(page, title, look, 'emergency ended')

    const reviewer = await visit('lin.na')
    await reviewer.page.goto(server.address)
    await arrive(reviewer.page, fill(home.nothingTitle, { name: 'Lin Na (invented)' }), look, 'review home')
    await press(reviewer.page, emergency.reviews)
    await arrive(reviewer.page, emergency.reviews, look, 'review list')
    assert.doesNotMatch((await reviewer.page.locator('main').textContent()) ?? '', /Zhao|example-1/)
    await press(reviewer.page, new RegExp(`^${emergency.start}: `))
    await sayWhy(reviewer.page, emergency.justified, emergency.findingWords, judged)
    await settle(reviewer.page, emergency.reviews, look, 'review writing')
    await press(reviewer.page, emergency.send)
    await reviewer.page.getByText(emergency.closed, { exact: true }).waitFor()
    await settle(reviewer.page, emergency.reviews, look, 'review closed')

    await person.page.reload()
    await person.page.getByText(judged).waitFor()
    await settle(person.page, me.title, look, 'emergency reviewed')
    assert.deepEqual([...faults, ...second.faults, ...person.faults, ...reviewer.faults], [])
  })
}
