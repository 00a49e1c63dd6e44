import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoForm } from '../../src/adapters/demo/demoForm.ts'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { bornBefore, startFamilyServer } from '../server/family.ts'
import type { RunningServer } from '../server/running.ts'
import { arrive, bringSession, fill, looks, press, settle, verifyDownload } from './arriving.ts'
import { chromiumPath, openBrowser, openPage, tabTo } from './browser.ts'

const skip = chromiumPath === undefined && 'no Chromium on this machine'
const patients = looks.map((_, index) => ({
  id: `child-${index}`,
  subject: { bornOn: bornBefore(index % 2 === 0 ? 9 : 13) },
}))
const signatories = patients.flatMap(({ id }) => [
  { name: `parent.${id}`, for: id, papers: 'parent' },
  { name: `aunt.${id}`, for: id, papers: '' },
])

let browser: Browser
let server: RunningServer
before(async () => {
  if (skip) return
  browser = await openBrowser()
  server = await startFamilyServer(patients, signatories)
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

for (const [index, look] of looks.entries())
  test(`a parent signs for a child who is asked too, by keyboard alone (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const { agree, receipt } = look.language === 'zh' ? zh : en
    const { id } = patients[index]!
    const name = `${id} (invented)`
    const title = demoForm.title[look.language]
    const forWhom = fill(agree.forWhom, { name, relation: agree.relation.parent })
    const { page, faults } = await openPage(browser, look)
    t.after(() => page.context().close())
    await bringSession(page, server, `parent.${id}`)
    await page.goto(`${server.address}cases/${id}/agreements`)
    await arrive(page, agree.title, look, 'guardian list')
    await page.getByText(forWhom).waitFor()
    await press(page, `${agree.read}: ${title}`)
    await arrive(page, title, look, 'guardian told')
    await press(page, agree.next)
    for (const n of ['1', '2']) {
      await arrive(page, fill(agree.choiceTitle, { n, of: '2' }), look, `guardian choice ${n}`)
      await page.getByText(forWhom).waitFor()
      await press(page, agree.sayNo)
    }
    const asked = fill(agree.voiceTitle, { name })
    await arrive(page, asked, look, 'guardian voice')
    await press(page, agree.next)
    await page.getByText(agree.choose).waitFor()
    await settle(page, asked, look, 'guardian voice missing')
    await tabTo(page, agree.voice.assents)
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await press(page, agree.next)
    await arrive(page, agree.previewTitle, look, 'guardian preview')
    await page.getByText(fill(agree.voiceSaid, { said: agree.voice.refuses })).waitFor()
    await press(page, agree.sign)
    await arrive(page, agree.doneTitle, look, 'guardian done')
    await page.getByText(forWhom).waitFor()
    await verifyDownload(page, receipt.download)
    await press(page, agree.toList)
    await arrive(page, agree.title, look, 'guardian list signed')
    await page.getByText(fill(agree.signedBy, { relation: agree.relation.parent })).waitFor()
    assert.deepEqual(faults, [])
  })

test('who shows no papers looks, is told why that is all, and finds nothing to sign', { skip }, async (t) => {
  const look = looks[0]!
  const { page, faults } = await openPage(browser, look)
  t.after(() => page.context().close())
  await bringSession(page, server, 'aunt.child-0')
  await page.goto(`${server.address}cases/child-0/agreements`)
  await arrive(page, en.agree.title, look, 'guardian no papers')
  await page.getByText(en.agree.because['papers-unknown']).waitFor()
  assert.equal(await page.getByRole('link', { name: demoForm.title.en }).count(), 0)
  assert.deepEqual(faults, [])
})
