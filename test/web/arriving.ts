import type { Page } from 'playwright-core'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import type { RunningServer } from '../server/running.ts'
import { codeOf, cookieOf } from '../server/signedIn.ts'
import { type Look, tabTo } from './browser.ts'

type Arrive = (page: Page, heading: string, look: Look, as: string) => Promise<void>

/** From the first page to being let in with a one-time code, by keyboard alone. */
export async function signInByKeyboard(
  page: Page,
  server: RunningServer,
  name: string,
  look: Look,
  arrive: Arrive,
): Promise<void> {
  const { signIn } = look.language === 'zh' ? zh : en
  await page.goto(server.address)
  await arrive(page, signIn.title, look, 'welcome')
  await tabTo(page, signIn.start)
  await page.keyboard.press('Enter')
  await arrive(page, signIn.wayTitle, look, 'way')
  await tabTo(page, signIn.name)
  await page.keyboard.type(name)
  await tabTo(page, signIn.codeLabel)
  await page.keyboard.type(codeOf(server, name))
  await page.keyboard.press('Enter')
}

/** As somebody who has signed in before. */
export async function bringSession(page: Page, server: RunningServer, name: string): Promise<void> {
  const cookies = (await cookieOf(server, name)).split('; ').map((pair) => {
    const [key = '', value = ''] = pair.split('=')
    return { name: key, value, url: server.address }
  })
  await page.context().addCookies(cookies)
}
