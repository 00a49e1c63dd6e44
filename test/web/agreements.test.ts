import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoForm } from '../../src/adapters/demo/demoForm.ts'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { ask, type RunningServer, startServer } from '../server/running.ts'
import { arrive, bringSession, fill, looks, press, settle, verifyDownload } from './arriving.ts'
import { chromiumPath, type Look, openBrowser, openPage, tabTo } from './browser.ts'

const skip = chromiumPath === undefined && 'no Chromium on this machine'
let browser: Browser
before(async () => {
  if (!skip) browser = await openBrowser()
})
after(() => browser?.close())

type Words = typeof zh
const name = 'Qian Yue (invented)'
const [genes, surroundings] = demoForm.items

/** Reads what the form tells, and comes to its first choice. */
async function begin(page: Page, look: Look, words: Words, label: string): Promise<void> {
  const { agree } = words
  await press(page, `${label}: ${demoForm.title[look.language]}`)
  await arrive(page, demoForm.title[look.language], look, 'agree told')
  await press(page, agree.next)
  await arrive(page, fill(agree.choiceTitle, { n: '1', of: '2' }), look, 'agree choice')
}

async function answer(page: Page, look: Look, words: Words, which: number): Promise<void> {
  const { answers } = genes!.question
  await tabTo(page, answers[0]![look.language])
  await page.keyboard.press('Space')
  for (let i = 0; i < which; i++) await page.keyboard.press('ArrowDown')
  await press(page, words.agree.answer)
}

async function signAll(page: Page, look: Look, { agree }: Words, as: string): Promise<void> {
  await arrive(page, agree.previewTitle, look, `agree preview ${as}`)
  await press(page, agree.sign)
  await arrive(page, agree.doneTitle, look, `agree done ${as}`)
}

/** It is saved, and its proof is on the page; when the hospital names nobody to turn to, that is said instead. */
async function takeReceipt(page: Page, server: RunningServer, look: Look, { agree, receipt }: Words) {
  const label = `${agree.receipt}: ${demoForm.title[look.language]}`
  await tabTo(page, label)
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  const made = JSON.parse(readFileSync(await download.path(), 'utf8'))
  assert.equal(made.state, 'ConsentGiven')
  await page.getByText(agree.receiptDone).waitFor()
  await page.getByRole('heading', { name: agree.receiptLook }).waitFor()
  assert.equal(await page.getByText(receipt.bad).count(), 0)
  await settle(page, agree.title, look, 'agree consent receipt')
  const { body } = await ask(server, 'GET', 'api/house-rules', undefined, 'chen.hua')
  const rules = body['rules'] as { id: string; content: { kind: string } }[]
  const { id } = rules.find(({ content }) => content.kind === 'contact')!
  await ask(server, 'POST', `api/house-rules/${id}/ending`, { because: 'a test' }, 'chen.hua')
  await press(page, label)
  await page.getByText(agree.receiptNoContact).waitFor()
  await settle(page, agree.title, look, 'agree no consent receipt')
}

for (const look of looks) {
  const words = look.language === 'zh' ? zh : en
  const { agree, me, caseOf, receipt, withdraw } = words
  test(`a person signs, changes one choice, withdraws and keeps the receipts, by keyboard alone (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const server = await startServer(['--demo', '--port', '0'])
    t.after(() => server.stop())
    const { page, faults } = await openPage(browser, look)
    t.after(() => page.context().close())
    await bringSession(page, server, 'qian.yue')
    await page.goto(`${server.address}cases/no-separate-consent`)
    await arrive(page, name, look, 'agree case')
    await press(page, caseOf.agree)
    await arrive(page, agree.title, look, 'agree list')
    await page.getByText(agree.notSigned).first().waitFor()

    await begin(page, look, words, agree.read)
    await press(page, agree.sayYes)
    await arrive(page, agree.questionTitle, look, 'agree question')
    await answer(page, look, words, 1)
    await page.getByText(genes!.question.explains[look.language]).waitFor()
    await settle(page, agree.questionTitle, look, 'agree explained again')
    await answer(page, look, words, 0)
    await arrive(page, fill(agree.choiceTitle, { n: '2', of: '2' }), look, 'agree second choice')
    await page.getByText(surroundings!.says[look.language]).waitFor()
    await press(page, agree.sayNo)
    await signAll(page, look, words, 'first')
    await verifyDownload(page, receipt.download)
    await press(page, agree.toList)
    await arrive(page, agree.title, look, 'agree list signed')
    await page.getByText(agree.state.given).first().waitFor()
    await takeReceipt(page, server, look, words)

    await press(page, `← ${fill(words.back, { name })}`)
    await arrive(page, name, look, 'agree case again')
    await press(page, caseOf.plan)
    await page.getByRole('heading', { level: 1, name: fill(words.plan.title, { name }) }).waitFor()

    await page.goto(`${server.address}cases/no-separate-consent/agreements`)
    await arrive(page, agree.title, look, 'agree list before change')
    await begin(page, look, words, agree.change)
    await press(page, agree.sayNo)
    await arrive(page, fill(agree.choiceTitle, { n: '2', of: '2' }), look, 'agree second again')
    await press(page, agree.sayNo)
    await signAll(page, look, words, 'changed')
    await verifyDownload(page, receipt.download)

    await page.goto(`${server.address}cases/no-separate-consent/withdraw`)
    await arrive(page, withdraw.title, look, 'agree withdraw')
    await press(page, withdraw.yes)
    await arrive(page, withdraw.done, look, 'agree withdrawn')
    await verifyDownload(page, receipt.download)
    await press(page, caseOf.me)
    await arrive(page, me.title, look, 'agree me')
    assert.deepEqual(
      faults.filter((fault) => !fault.includes('409')),
      [],
    )
  })
}
