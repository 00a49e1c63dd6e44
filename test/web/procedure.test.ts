import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { startFamilyServer } from '../server/family.ts'
import { startServer } from '../server/running.ts'
import { sign, signingOf, yes } from '../server/signing.ts'
import { arrive, bringSession, fill, looks, press, settle } from './arriving.ts'
import { chromiumPath, openBrowser, openPage } from './browser.ts'

const skip = chromiumPath === undefined && 'no Chromium on this machine'
let browser: Browser
before(async () => {
  if (!skip) browser = await openBrowser()
})
after(() => browser?.close())

const caseId = 'no-separate-consent'
const name = 'Qian Yue (invented)'

/** The state in words, of the step with this title. */
const stateOf = async (page: Page, title: string): Promise<string> => {
  const step = page.locator('li.box').filter({ has: page.getByRole('heading', { name: title, exact: true }) })
  return (await step.locator('strong').first().textContent()) ?? ''
}

for (const look of looks) {
  const words = look.language === 'zh' ? zh : en
  const { procedure, party, topic } = words
  const formTitle = look.language === 'zh' ? '您的基因与用药' : 'Your genes and your medicines'
  const agrees = fill(procedure.agrees, { who: party.subject, topic: topic['personal-information'] })
  const consent = agrees.charAt(0).toUpperCase() + agrees.slice(1)
  test(`a clinician follows the checklist while the person signs, by keyboard alone (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const server = await startServer(['--demo', '--port', '0'])
    t.after(() => server.stop())
    const clinician = await openPage(browser, look)
    t.after(() => clinician.page.context().close())
    await bringSession(clinician.page, server, 'wang.lan')
    await clinician.page.goto(`${server.address}cases/${caseId}`)
    await arrive(clinician.page, name, look, 'procedure case')
    await press(clinician.page, procedure.link)
    const title = fill(procedure.title, { name })
    await arrive(clinician.page, title, look, 'procedure open')
    await clinician.page.getByText(procedure.mayNot).waitFor()
    assert.equal(await stateOf(clinician.page, consent), procedure.state.open)
    await press(clinician.page, procedure.why)
    await settle(clinician.page, title, look, 'procedure why')

    const { page, faults } = await openPage(browser, look)
    t.after(() => page.context().close())
    await bringSession(page, server, 'qian.yue')
    await page.goto(`${server.address}cases/${caseId}/procedure`)
    await arrive(page, procedure.ownTitle, look, 'procedure own')
    await press(page, procedure.others)
    await settle(page, procedure.ownTitle, look, 'procedure own others')
    await press(page, new RegExp(`^${fill(procedure.signIt, { title: '' })}`))
    await page.getByText(fill(procedure.fulfils, { step: consent })).waitFor()
    await settle(page, formTitle, look, 'procedure signing')
    const signed = await sign(server, caseId, 'qian.yue', await signingOf(server, caseId, 'qian.yue', yes))
    assert.equal(signed.status, 201)

    await clinician.page.reload()
    await clinician.page.getByText(procedure.may, { exact: true }).waitFor()
    assert.equal(await stateOf(clinician.page, consent), procedure.state.done)
    await settle(clinician.page, title, look, 'procedure done')
    assert.deepEqual([...faults, ...clinician.faults], [])
  })
}

for (const look of looks.slice(0, 2)) {
  const { procedure, duty } = look.language === 'zh' ? zh : en
  test(`what the law of the day before did not ask is marked, and told with its articles (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    // The first day of the Network Data Security Regulations.
    const patient = { id: 'first', subject: { bornOn: '1980-01-01', capacity: 'full' }, at: '2025-01-01' }
    const server = await startFamilyServer([patient], [{ name: 'first', for: 'first' }])
    t.after(() => server.stop())
    const { page, faults } = await openPage(browser, look)
    t.after(() => page.context().close())
    await bringSession(page, server, 'first')
    await page.goto(`${server.address}cases/first/procedure`)
    await arrive(page, procedure.ownTitle, look, 'procedure changed')
    const day = look.language === 'zh' ? '2024年12月31日' : '31 December 2024'
    assert.equal(await page.getByText(fill(procedure.mark, { day })).count(), 2)
    const parts = new RegExp(`${procedure.part.elements}.*${procedure.part.norms}`)
    const told = page
      .locator('li:not(.box)')
      .filter({ hasText: duty['give-pi-notice'] })
      .filter({ hasText: parts })
    await told.locator('summary').focus()
    await page.keyboard.press('Enter')
    await told.getByText(procedure.rank['administrative-regulation']).first().waitFor()
    await settle(page, procedure.ownTitle, look, 'procedure changed articles')
    assert.deepEqual(faults, [])
  })
}
