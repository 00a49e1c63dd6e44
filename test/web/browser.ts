import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'

const require = createRequire(import.meta.url)
const axePath = require.resolve('axe-core/axe.min.js')

export const chromiumPath = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
)

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

export type Look = {
  readonly language: 'en' | 'zh'
  readonly device: 'desktop' | 'phone'
  readonly scheme: 'light' | 'dark'
}
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 375, height: 700 } }

/** A window of a reader: faults of the page's script are collected, so that none goes unseen. */
export async function openPage(browser: Browser, look: Look): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    viewport: sizes[look.device],
    locale: look.language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: look.scheme,
    // The page's own policy forbids the script that examines it.
    bypassCSP: true,
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await page.addInitScript({ path: axePath })
  return { page, faults }
}

/** A device with a passkey store whose owner always says yes, until told otherwise. */
export async function addAuthenticator(page: Page): Promise<(says: boolean) => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return async (isUserVerified) => {
    await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
  }
}

type Violation = { readonly id: string; readonly nodes: readonly { readonly target: unknown }[] }

/** What axe finds against WCAG 2.2 AA and its best practices, in short. */
export async function examine(page: Page): Promise<string[]> {
  const found = (await page.evaluate('axe.run(document)')) as { violations: Violation[]; passes: unknown[] }
  if (found.passes.length < 10) return ['axe had next to nothing to look at']
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`,
  )
}

/** Goes on with Tab, as somebody without a mouse does, until the element with this text has the focus. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const seen: string[] = []
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press('Tab')
    const text = await page.evaluate(() => {
      const at = document.activeElement
      if (at === null || at === document.body) return '(the browser itself)'
      const isField = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement
      const label = isField ? at.labels?.[0]?.textContent : null
      return at.getAttribute('aria-label') ?? label ?? at.textContent ?? ''
    })
    seen.push(text.slice(0, 30))
    if (typeof name === 'string' ? text.trim() === name : name.test(text)) return
  }
  throw new Error(`Tab never reached ${name}; it came to: ${seen.join(' | ')}`)
}

/** Pictures for those who want to look; nothing is compared. */
export async function picture(page: Page, name: string, look: Look): Promise<void> {
  const folder = process.env['HABEAS_PICTURES']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  const path = `${folder}/${name}.${look.language}.${look.device}.${look.scheme}.png`
  await page.screenshot({ path, fullPage: true })
}
