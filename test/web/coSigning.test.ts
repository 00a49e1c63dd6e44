import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoForm } from '../../src/adapters/demo/demoForm.ts'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { bornBefore, startFamilyServer } from '../server/family.ts'
import type { RunningServer } from '../server/running.ts'
import { arrive, bringSession, fill, labelled, looks, press, settle } from './arriving.ts'
import { chromiumPath, type Look, openBrowser, openPage, tabTo } from './browser.ts'

const skip = chromiumPath === undefined && 'no Chromium on this machine'
const patients = looks.map((_, index) => ({ id: `youth-${index}`, subject: { bornOn: bornBefore(15) } }))
const signatories = patients.flatMap(({ id }) => [
  { name: `parent.${id}`, for: id, papers: 'parent' },
  { name: id, for: id },
])
const genes = demoForm.items[0]!

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

/** From the list to the first choice, said yes to and understood. */
async function yesToGenes(page: Page, look: Look, of: string, as: string): Promise<void> {
  const { agree } = look.language === 'zh' ? zh : en
  const title = demoForm.title[look.language]
  await press(page, new RegExp(`(${agree.read}|${agree.change}): ${title}`))
  await arrive(page, title, look, `${as} told`)
  await press(page, agree.next)
  await arrive(page, fill(agree.choiceTitle, { n: '1', of }), look, `${as} choice`)
  await press(page, agree.sayYes)
  await arrive(page, agree.questionTitle, look, `${as} question`)
  await tabTo(page, genes.question.answers[0]![look.language])
  await page.keyboard.press('Space')
  await press(page, agree.answer)
}

async function open(look: Look, who: string, caseId: string) {
  const opened = await openPage(browser, look)
  await bringSession(opened.page, server, who)
  await opened.page.goto(`${server.address}cases/${caseId}/agreements`)
  return opened
}

for (const [index, look] of looks.entries())
  test(`a parent signs, then the one of 15, each told who else must, by keyboard alone (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const { agree, coSign, emergency } = look.language === 'zh' ? zh : en
    const { id } = patients[index]!
    const name = `${id} (invented)`
    const waits = fill(coSign.waits, { who: coSign.who.self })

    const { page, faults } = await open(look, `parent.${id}`, id)
    t.after(() => page.context().close())
    await arrive(page, agree.title, look, 'cosign list')
    await yesToGenes(page, look, '1', 'cosign parent')
    await arrive(page, fill(agree.voiceTitle, { name }), look, 'cosign voice')
    await tabTo(page, agree.voice.assents)
    for (const key of ['Space', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
    await press(page, agree.next)
    const why = fill(coSign.unableTitle, { name })
    await arrive(page, why, look, 'cosign why')
    await tabTo(page, coSign.unable['too-young'])
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await press(page, agree.next)
    await page.getByText(emergency.choose).waitFor()
    await settle(page, why, look, 'cosign why missing')
    await tabTo(page, labelled(coSign.unableWords))
    await page.keyboard.type('Asleep since the operation.')
    await press(page, agree.next)
    await arrive(page, agree.previewTitle, look, 'cosign preview')
    await page.getByText(fill(coSign.needs, { who: coSign.who.self })).waitFor()
    await press(page, agree.sign)
    await arrive(page, agree.doneTitle, look, 'cosign waits')
    await page.getByText(waits).waitFor()
    await press(page, agree.toList)
    await arrive(page, agree.title, look, 'cosign list waits')
    await page.getByText(waits).waitFor()
    await page.getByText(coSign.unable.unconscious).waitFor()
    assert.deepEqual(faults, [])

    const child = await open(look, id, id)
    t.after(() => child.page.context().close())
    await arrive(child.page, agree.title, look, 'cosign child list')
    await child.page.getByText(waits).waitFor()
    await yesToGenes(child.page, look, '2', 'cosign child')
    await arrive(child.page, fill(agree.choiceTitle, { n: '2', of: '2' }), look, 'cosign child second')
    assert.equal(await child.page.getByText(coSign.same).count(), 0, 'what another said presses nobody')
    await press(child.page, agree.sayNo)
    await arrive(child.page, agree.previewTitle, look, 'cosign child preview')
    await child.page.getByText(coSign.same).waitFor()
    await press(child.page, agree.sign)
    await arrive(child.page, agree.doneTitle, look, 'cosign done')
    assert.equal(await child.page.getByText(waits).count(), 0)
    await press(child.page, agree.toList)
    await arrive(child.page, agree.title, look, 'cosign list signed')
    const [first, second] = [coSign.signed.parent, coSign.signed.self].map((text) => text.split('{{at}}')[0]!)
    await child.page.getByText(first!).first().waitFor()
    await child.page.getByText(second!).first().waitFor()
    await child.page.getByText(agree.state.given).waitFor()
    assert.deepEqual(child.faults, [])
  })
