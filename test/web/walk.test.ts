import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { type RunningServer, startServer } from '../server/running.ts'
import { arrive, bringSession, fill, looks, press, signInByKeyboard, verifyDownload } from './arriving.ts'
import { chromiumPath, examine, openBrowser, openPage, tabTo } from './browser.ts'

const skip = chromiumPath === undefined && 'no Chromium on this machine'
let browser: Browser
before(async () => {
  if (!skip) browser = await openBrowser()
})
after(() => browser?.close())

const name = 'Zhao Ming (invented)'

/** What a browser keeps of us, but for the language and how far each address was scrolled. */
const keptIn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const meant = /^(habeas\.language|tsr-scroll-restoration.*)$/
    const databases = await indexedDB.databases()
    const names = [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await caches.keys())]
    return [...names.filter((key) => !meant.test(key)), ...databases.map(({ name }) => name ?? '')]
  })

const spoken = (page: Page): Promise<string> => page.evaluate(() => JSON.stringify({ ...sessionStorage }))

const receiptHolds = (page: Page, words: typeof zh) => {
  const start = words.receipt.good.slice(0, words.receipt.good.indexOf('{{'))
  return page.getByText(start).first().waitFor()
}

for (const look of looks) {
  const words = look.language === 'zh' ? zh : en
  const { caseOf, plan, refusal, withdraw, me, act, receipt, home } = words
  test(`from case to verified receipt, then withdrawal and refusal, by keyboard alone (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const server: RunningServer = await startServer(['--demo', '--port', '0'])
    t.after(() => server.stop())
    const { page, faults } = await openPage(browser, look)
    t.after(() => page.context().close())
    await signInByKeyboard(page, server, 'zhao.ming', look)
    await arrive(page, fill(home.personTitle, { name }), look, 'home')
    await press(page, new RegExp(`^${name.replace(/[()]/g, '\\$&')}`))
    await arrive(page, me.title, look, 'me first')
    await press(page, `← ${fill(words.back, { name })}`)
    await arrive(page, name, look, 'case')

    await press(page, caseOf.plan)
    await arrive(page, fill(plan.title, { name }), look, 'plan')
    assert.equal(
      await page.locator('.first').textContent(),
      look.language === 'zh' ? '普拉格雷（prasugrel）' : 'prasugrel',
    )
    await receiptHolds(page, words)
    await press(page, /^(The articles behind it|所依据的条文)/)
    await page
      .getByText(look.language === 'zh' ? '个人信息保护法' : 'Personal Information Protection Law')
      .first()
      .waitFor()
    await press(page, words.ruling.machine)
    await page.getByText('"outcome": "permit-with-duties"').waitFor()
    assert.deepEqual(await examine(page), [], 'plan with everything open')
    await verifyDownload(page, receipt.download)

    await page.keyboard.press('Control+Home')
    await press(page, `← ${fill(words.back, { name })}`)
    await arrive(page, name, look, 'case')
    await press(page, caseOf.withdraw)
    await arrive(page, withdraw.title, look, 'withdraw')
    await tabTo(page, withdraw.everything)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await press(page, withdraw.yes)
    await arrive(page, withdraw.done, look, 'withdrawn')
    assert.deepEqual(await keptIn(page), [], 'nothing of a person stays in the browser')
    assert.ok(!(await spoken(page)).includes(name), 'nor in what was scrolled')
    await receiptHolds(page, words)

    await press(page, withdraw.try)
    await arrive(page, fill(refusal.title, { name }), look, 'refusal')
    await page.getByText(refusal.whom).first().waitFor()
    await receiptHolds(page, words)
    await verifyDownload(page, receipt.download)

    await press(page, `← ${fill(words.back, { name })}`)
    await arrive(page, name, look, 'case')
    await press(page, caseOf.me)
    await arrive(page, me.title, look, 'me')
    await receiptHolds(page, words)
    await press(page, new RegExp(`^${fill(me.detailsOf, { at: '@' }).replace('@', '.*')}$`))
    await arrive(page, act.title, look, 'act')
    await receiptHolds(page, words)
    assert.deepEqual(faults, [])
  })
}

test('the language can be changed on every page, stays with the person, and is told to screen readers', {
  skip,
}, async (t) => {
  const server = await startServer(['--demo', '--port', '0'])
  t.after(() => server.stop())
  const { page } = await openPage(browser, looks[0]!)
  t.after(() => page.context().close())
  await bringSession(page, server, 'wang.lan')
  await page.goto(`${server.address}cases/permitted`)
  await page.getByRole('button', { name: '中文' }).click()
  await page.getByRole('button', { name: zh.caseOf.plan }).waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN')
  await page.reload()
  await page.getByRole('button', { name: zh.caseOf.plan }).waitFor()
  const elsewhere = await openPage(browser, looks[0]!)
  t.after(() => elsewhere.page.context().close())
  await bringSession(elsewhere.page, server, 'wang.lan')
  await elsewhere.page.goto(`${server.address}cases/permitted`)
  await elsewhere.page.getByRole('button', { name: zh.caseOf.plan }).waitFor()
})

test('what is not there, and a server that went away, are said in words', { skip }, async (t) => {
  const server = await startServer(['--demo', '--port', '0'])
  const { page } = await openPage(browser, looks[0]!)
  t.after(() => page.context().close())
  await bringSession(page, server, 'wang.lan')
  await page.goto(`${server.address}cases/nobody`)
  await page.getByText(en.notFound).waitFor()
  assert.deepEqual(await examine(page), [])
  await page.goto(`${server.address}cases/permitted`)
  await page.getByRole('button', { name: en.caseOf.plan }).waitFor()
  await server.stop()
  await page.getByRole('button', { name: en.caseOf.plan }).click()
  await page.getByText(en.failure.offline).waitFor()
})
