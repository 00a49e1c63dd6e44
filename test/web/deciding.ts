import type { Page } from 'playwright-core'
import type { demoForm } from '../../src/adapters/demo/demoForm.ts'
import type { zh } from '../../src/web/words/zh.ts'
import { arrive, fill, press } from './arriving.ts'
import { type Look, tabTo } from './browser.ts'

type Words = typeof zh
type Form = Pick<typeof demoForm, 'title' | 'items'>

/** From the list to the last look, with a yes to these choices. */
export async function decide(
  page: Page,
  look: Look,
  { agree }: Words,
  form: Form,
  label: string,
  yes: boolean,
) {
  const title = form.title[look.language]
  await press(page, `${label}: ${title}`)
  await arrive(page, title, look, 'seal told')
  await press(page, agree.next)
  for (const [n, { question }] of form.items.entries()) {
    const of = String(form.items.length)
    await arrive(page, fill(agree.choiceTitle, { n: String(n + 1), of }), look, 'seal choice')
    await press(page, yes ? agree.sayYes : agree.sayNo)
    if (!yes) continue
    await arrive(page, agree.questionTitle, look, 'seal question')
    await tabTo(page, question.answers[0]![look.language])
    await page.keyboard.press('Space')
    for (let i = 0; i < question.right; i++) await page.keyboard.press('ArrowDown')
    await press(page, agree.answer)
  }
  await arrive(page, agree.previewTitle, look, `seal preview ${yes ? 'yes' : 'no'}`)
}

/** Without leaving what was chosen. */
export async function makePasskey(page: Page, { keys }: Words): Promise<void> {
  await tabTo(page, keys.label)
  await page.keyboard.type('My phone')
  await page.keyboard.press('Enter')
}
