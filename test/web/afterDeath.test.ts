import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { afterDeathForm } from '../../src/adapters/demo/afterDeathForm.ts'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { freshFolder } from '../scenarios/habeas.ts'
import { bornBefore, startFamilyServer, writeCase } from '../server/family.ts'
import { arrive, bringSession, fill, labelled, looks, press, sayWhy, settle } from './arriving.ts'
import { chromiumPath, type Look, openBrowser, openPage, tabTo } from './browser.ts'

const skip = chromiumPath === undefined && 'no Chromium on this machine'
let browser: Browser
before(async () => {
  if (!skip) browser = await openBrowser()
})
after(() => browser?.close())

const patient = {
  id: 'left',
  subject: { bornOn: bornBefore(70), capacity: 'full', wishes: { directive: 'none' } },
}
const name = 'left (invented)'
const reason = 'My doctor asks what she died of.'
type Form = typeof afterDeathForm
type Question = Form['items'][number]['question']

/** A yes, understood. */
async function understand(page: Page, look: Look, question: Question): Promise<void> {
  const { agree } = look.language === 'zh' ? zh : en
  await arrive(page, agree.questionTitle, look, 'dead question')
  await tabTo(page, question.answers[0]![look.language])
  await page.keyboard.press('Space')
  for (let i = 0; i < question.right; i++) await page.keyboard.press('ArrowDown')
  await press(page, agree.answer)
}

for (const look of looks) {
  const { agree, dead, me, home } = look.language === 'zh' ? zh : en
  test(`a person says what holds after death and who may look; a relative whom they named sees the least, another is refused, by keyboard alone (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const folder = freshFolder('dead-web')
    const kin = ['child', 'sibling'].map((as) => ({ name: as, for: 'left', kin: as }))
    const server = await startFamilyServer([patient], [{ name: 'left', for: 'left' }, ...kin], folder)
    t.after(() => server.stop())
    const visit = async (who: string) => {
      const opened = await openPage(browser, look)
      t.after(() => opened.page.context().close())
      await bringSession(opened.page, server, who)
      return opened
    }
    const person = await visit('left')
    const { page } = person
    const title = afterDeathForm.title[look.language]
    await page.goto(`${server.address}cases/left/me`)
    await arrive(page, me.title, look, 'dead me before')
    await page.getByText(dead.mineNothing).waitFor()
    await press(page, fill(dead.change, { title }))
    await arrive(page, title, look, 'dead told')
    await press(page, agree.next)
    const [matters, looking] = afterDeathForm.items
    await arrive(page, fill(agree.choiceTitle, { n: '1', of: '2' }), look, 'dead first choice')
    await press(page, agree.sayYes)
    await understand(page, look, matters!.question)
    await arrive(page, fill(agree.choiceTitle, { n: '2', of: '2' }), look, 'dead second choice')
    await page.getByText(dead.onlyAfter).waitFor()
    await press(page, agree.sayYes)
    await understand(page, look, looking!.question)
    await arrive(page, dead.whichTitle, look, 'dead which')
    await press(page, dead.go)
    await page.getByText(dead.unnamed).waitFor()
    await tabTo(page, labelled(dead.name))
    await page.keyboard.type('child')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await settle(page, dead.whichTitle, look, 'dead named')
    await press(page, dead.go)
    await arrive(page, dead.stepTitle, look, 'dead step')
    await press(page, dead.stepYes)
    await understand(page, look, afterDeathForm.afterDeath!.question)
    await arrive(page, agree.previewTitle, look, 'dead preview')
    await page.getByText(dead.ifYes).first().waitFor()
    await page.getByText(`child (${dead.kin.child})`).waitFor()
    await press(page, agree.sign)
    await arrive(page, agree.doneTitle, look, 'dead signed')
    await page.goto(`${server.address}cases/left/me`)
    await arrive(page, me.title, look, 'dead me after')
    await page.getByText(fill(dead.mineYes, { title })).waitFor()
    await page.getByText(fill(dead.mineThese, { n: '1' })).waitFor()

    const child = await visit('child')
    await child.page.goto(server.address)
    await arrive(child.page, fill(home.nothingTitle, { name: 'child' }), look, 'dead home')
    await press(child.page, fill(dead.title, { name }))
    await arrive(child.page, fill(dead.title, { name }), look, 'dead alive')
    await child.page.getByText(fill(dead.alive, { name })).waitFor()
    writeCase(join(folder, 'cases'), { ...patient, diedAt: new Date().toISOString() })
    await child.page.reload()
    await arrive(child.page, fill(dead.title, { name }), look, 'dead asking')
    await sayWhy(child.page, dead.purpose['cause-of-death'], dead.wordsLabel, reason)
    await press(child.page, dead.send)
    await child.page.getByText(dead.conditions, { exact: true }).waitFor()
    await settle(child.page, fill(dead.title, { name }), look, 'dead shown')
    assert.doesNotMatch((await child.page.locator('main').textContent()) ?? '', /CYP|prasugrel|普拉格雷/)

    const sibling = await visit('sibling')
    await sibling.page.goto(`${server.address}deceased/left`)
    await arrive(sibling.page, fill(dead.title, { name }), look, 'dead sibling')
    await sayWhy(sibling.page, dead.purpose['cause-of-death'], dead.wordsLabel, reason)
    await press(sibling.page, dead.send)
    await sibling.page.getByText(dead.others).waitFor()
    const told = (await sibling.page.locator('main').textContent()) ?? ''
    assert.doesNotMatch(
      told,
      /agreed on|于\d+年\d+月\d+日[^。]*同意/,
      'what the dead allowed is nothing for whoever is refused',
    )
    await settle(sibling.page, fill(dead.title, { name }), look, 'dead refused')
    assert.deepEqual([...person.faults, ...child.faults], [])
  })
}
