import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { en } from '../../src/web/words/en.ts'
import { type RunningServer, startServer } from '../server/running.ts'
import { bringSession } from './arriving.ts'
import { chromiumPath, openBrowser, openPage } from './browser.ts'

const skip = chromiumPath === undefined && 'no Chromium on this machine'
let browser: Browser
let server: RunningServer
before(async () => {
  if (skip) return
  browser = await openBrowser()
  server = await startServer(['--demo', '--port', '0'])
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

/** Names of a case as a link may have them, encoded once and twice. */
const odd = ['%252e%252e', '..%2fnotice', '%252e%252e%252fnotice', 'x%3fy%23z', '..%5cnotice']
const pages = ['', '/me', '/plan', '/acts/..%2f..%2f..%2fnotice']

test('a link with an odd name of a case makes the pages ask for no other address than that of a case', {
  skip,
}, async (t) => {
  const { page, faults } = await openPage(browser, { language: 'en', device: 'desktop', scheme: 'light' })
  t.after(() => page.context().close())
  await bringSession(page, server, 'zhao.ming')
  const asked: string[] = []
  page.on('request', (request) => {
    const { origin, pathname, search } = new URL(request.url())
    if (pathname.startsWith('/api') || origin !== new URL(server.address).origin)
      asked.push(pathname + search)
  })
  for (const name of odd)
    for (const rest of pages) {
      await page.goto(`${server.address}cases/${name}${rest}`)
      await page.getByText(en.failure.title).waitFor()
    }
  assert.deepEqual(
    asked.filter(
      (path) => !/^\/api\/(session|attendances|cases\/[^/?]+(\/account|\/acts\/[^/?]+)?)$/.test(path),
    ),
    [],
  )
  assert.ok(
    asked.some((path) => path.startsWith('/api/cases/')),
    'the pages did ask',
  )
  assert.deepEqual(faults, [])
})
