import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { type RunningServer, startServer } from '../server/running.ts'
import { arrive, bringSession, fill, labelled, looks, press, settle } from './arriving.ts'
import { chromiumPath, type Look, openBrowser, openPage, tabTo } from './browser.ts'

const skip = chromiumPath === undefined && 'no Chromium on this machine'
let browser: Browser
before(async () => {
  if (!skip) browser = await openBrowser()
})
after(() => browser?.close())

type Words = typeof zh
const because = 'Decision 7 of the board'
const laboratory = 'River Laboratory (invented)'

/** A window of a steward who has signed in. */
async function openOffice(server: RunningServer, look: Look, who: string) {
  const opened = await openPage(browser, look)
  await bringSession(opened.page, server, who)
  await opened.page.goto(server.address)
  return opened
}

async function enter(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, labelled(label))
  await page.keyboard.type(text)
}

async function tick(page: Page, label: string): Promise<void> {
  await tabTo(page, label)
  await page.keyboard.press('Space')
}

/** Everything that a recipient needs, but the kinds of data at first: the form says so and sends nothing. */
async function layDownRecipient(page: Page, look: Look, words: Words): Promise<void> {
  const { house, houseField, houseKind, purpose, category } = words
  await press(page, houseKind.recipient)
  await arrive(page, houseKind.recipient, look, 'house new recipient')
  await enter(page, houseField.id, 'river-lab')
  await enter(page, houseField.name, laboratory)
  await enter(page, houseField.country, 'CN')
  await tick(page, purpose.treatment)
  await enter(page, house.because, because)
  await press(page, house.send)
  await page.getByText(fill(house.nothingChosen, { label: houseField.categories })).waitFor()
  await tick(page, category.genetic)
  await press(page, house.send)
  await page.getByText(house.sent).waitFor()
  await settle(page, houseKind.recipient, look, 'house sent')
}

/** Opens the rule about the laboratory and says why. */
async function decide(page: Page, { house }: Words, button: string): Promise<void> {
  await press(page, new RegExp(`^${house.open}: .*${laboratory.replace(/[()]/g, '\\$&')}`))
  await enter(page, house.because, because)
  await press(page, button)
}

for (const look of looks) {
  const words = look.language === 'zh' ? zh : en
  const { house, home } = words
  test(`a steward lays down, another puts it in force, everybody reads it, one ends it, by keyboard alone (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const server = await startServer(['--demo', '--port', '0'])
    t.after(() => server.stop())
    const first = await openOffice(server, look, 'chen.hua')
    t.after(() => first.page.context().close())
    await arrive(first.page, fill(home.stewardTitle, { name: 'Chen Hua (invented)' }), look, 'steward home')
    await press(first.page, house.title)
    await arrive(first.page, house.title, look, 'house')
    await layDownRecipient(first.page, look, words)
    await press(first.page, house.title)
    await arrive(first.page, house.title, look, 'house waiting')
    await first.page.getByText(house.ownWaits).waitFor()

    const second = await openOffice(server, look, 'fang.yu')
    t.after(() => second.page.context().close())
    const waits = look.language === 'zh' ? house.waits_other : house.waits_one
    await second.page.getByText(fill(waits, { count: '1' })).waitFor()
    await settle(second.page, fill(home.stewardTitle, { name: 'Fang Yu (invented)' }), look, 'steward waits')
    await press(second.page, house.title)
    await arrive(second.page, house.title, look, 'house of the second')
    await decide(second.page, words, house.confirm)
    await second.page.getByText(house.nothingWaits).waitFor()

    const anybody = await openPage(browser, look)
    t.after(() => anybody.page.context().close())
    await anybody.page.goto(`${server.address}notice`)
    await arrive(anybody.page, house.noticeTitle, look, 'notice')
    await anybody.page.getByText(laboratory).waitFor()

    const ended = second.page.waitForResponse((response) => response.request().method() === 'POST')
    await decide(second.page, words, house.end)
    assert.ok((await ended).ok(), 'it has ended before somebody looks')
    await anybody.page.reload()
    await arrive(anybody.page, house.noticeTitle, look, 'notice without')
    assert.equal(await anybody.page.getByText(laboratory).count(), 0)
    assert.deepEqual([...first.faults, ...second.faults, ...anybody.faults], [])
  })
}

test('a rule that does not stand cannot be changed from an old link, and nothing is added beside it', {
  skip,
}, async (t) => {
  const server = await startServer(['--demo', '--port', '0'])
  t.after(() => server.stop())
  const { page } = await openOffice(server, looks[0]!, 'chen.hua')
  t.after(() => page.context().close())
  for (const path of ['retention?replaces=gone', 'purpose?replaces=1', 'retention?replaces=%22%3Cb%3E%22']) {
    await page.goto(`${server.address}house/new/${path}`)
    await arrive(page, en.house.goneTitle, looks[0]!, 'house gone')
  }
  await page.goto(`${server.address}house/new/nothing`)
  await page.getByText(en.notFound).waitFor()
})
