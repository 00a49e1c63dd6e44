import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { freshFolder, habeas } from '../scenarios/habeas.ts'
import type { RunningServer } from '../server/running.ts'
import { codeOf, cookieOf } from '../server/signedIn.ts'
import { examine, type Look, picture, tabTo } from './browser.ts'

/** Both languages, devices and schemes, each with each other's. */
export const looks: readonly Look[] = [
  { language: 'en', device: 'desktop', scheme: 'light' },
  { language: 'zh', device: 'phone', scheme: 'light' },
  { language: 'zh', device: 'desktop', scheme: 'dark' },
  { language: 'en', device: 'phone', scheme: 'dark' },
]

export const fill = (text: string, values: Record<string, string>) =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')

/** By the first words of its label: what must be filled in has a mark behind it. */
export const labelled = (label: string) => new RegExp(`^${label.replace(/[()?]/g, '\\$&')}( \\*)?$`)

/** The page says what it must, has nothing against it, and fits into the window. */
export async function settle(page: Page, heading: string, look: Look, as: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
  assert.deepEqual(await examine(page), [], as)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(wide <= 0, `${as}: nothing sticks out at the side (${wide})`)
  await picture(page, as, look)
}

/** It came to a page of its own, and tells so to those who do not see it. */
export async function arrive(page: Page, heading: string, look: Look, as: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'the heading has the focus')
  assert.match(await page.title(), /Habeas/)
  await settle(page, heading, look, as)
}

export async function press(page: Page, label: string | RegExp): Promise<void> {
  await tabTo(page, label)
  await page.keyboard.press('Enter')
}

/** The zip that the page hands out is a folder that the program verifies. */
export async function verifyDownload(page: Page, label: string): Promise<void> {
  await tabTo(page, label)
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  const folder = freshFolder('zip')
  const files = unzipSync(new Uint8Array(readFileSync(await download.path())))
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  const [top] = Object.keys(files)[0]!.split('/')
  const verified = habeas(['verify', join(folder, top!)])
  assert.equal(verified.status, 0, verified.err)
}

/** From the first page to being let in with a one-time code, by keyboard alone. */
export async function signInByKeyboard(
  page: Page,
  server: RunningServer,
  name: string,
  look: Look,
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

/** One of several, by its label, then a sentence. */
export async function sayWhy(page: Page, choice: string, label: string, words: string): Promise<void> {
  await tabTo(page, choice)
  await page.keyboard.press('Space')
  await tabTo(page, labelled(label))
  await page.keyboard.type(words)
}
