import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { freshFolder, habeas } from '../scenarios/habeas.ts'
import { ask, type RunningServer, startServer } from '../server/running.ts'
import { codeOf } from '../server/signedIn.ts'
import { bringSession, fill, press, settle, signInByKeyboard } from './arriving.ts'
import {
  addAuthenticator,
  chromiumPath,
  examine,
  type Look,
  openBrowser,
  openPage,
  picture,
  tabTo,
} from './browser.ts'

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

const arrive = (page: Page, heading: string, look: Look, as: string): Promise<void> =>
  settle(page, heading, look, `sign-in ${as}`)

const walks: readonly (readonly [Look, string, string])[] = [
  [{ language: 'en', device: 'desktop', scheme: 'light' }, 'qian.yue', 'Qian Yue (invented)'],
  [{ language: 'zh', device: 'phone', scheme: 'dark' }, 'sun.ke', 'Sun Ke (invented)'],
]
for (const [look, signInName, name] of walks) {
  const words = look.language === 'zh' ? zh : en
  test(`in with a code, a passkey added, out, in with the passkey, and it removed, by keyboard alone (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const { page, faults } = await openPage(browser, look)
    t.after(() => page.context().close())
    await addAuthenticator(page)
    await signInByKeyboard(page, server, signInName, look)
    await arrive(page, fill(words.home.personTitle, { name }), look, 'home')
    await press(page, words.keys.add)
    await arrive(page, words.keys.title, look, 'keys')
    await tabTo(page, words.keys.label)
    await page.keyboard.type('My phone')
    await page.keyboard.press('Enter')
    await page.getByText('My phone').waitFor()
    await arrive(page, words.keys.title, look, 'keys with one')
    await press(page, words.keys.endElsewhere)
    await page.getByText(words.keys.elsewhereDone).waitFor()
    await page.keyboard.press('Control+Home')
    await press(page, words.session.out)
    await arrive(page, words.signIn.title, look, 'out')
    assert.equal((await page.request.get(`${server.address}api/cases`)).status(), 401)

    await press(page, words.signIn.start)
    await arrive(page, words.signIn.wayTitle, look, 'way again')
    await press(page, words.signIn.usePasskey)
    // With a passkey the own page comes at once.
    await arrive(page, words.me.title, look, 'own page')
    await press(page, words.session.keys)
    await arrive(page, words.keys.title, look, 'keys used')
    await press(page, fill(words.keys.removeOf, { label: 'My phone' }))
    await page.getByText(words.keys.none).waitFor()
    assert.deepEqual(faults, [])
  })
}

test('a wrong code is said in words where one is, and how long to wait when there were too many', {
  skip,
}, async (t) => {
  const look = walks[0]![0]
  const { page } = await openPage(browser, look)
  t.after(() => page.context().close())
  await page.goto(server.address)
  await page.getByRole('link', { name: en.signIn.start }).click()
  await page.getByLabel(en.signIn.name).fill('xu.wei')
  for (let i = 0; i < 6; i += 1) {
    await page.getByLabel(en.signIn.codeLabel).fill(`wrong ${i}`)
    await page.getByRole('button', { name: en.signIn.enter }).click()
    await page.getByText(i < 5 ? en.signIn.wrongCode : /Please wait \d+ seconds/).waitFor()
  }
  assert.deepEqual(await examine(page), [])
  await picture(page, 'sign-in locked', look)
})

test('whoever comes to a page of somebody else without signing in is asked to, and comes back to where they were', {
  skip,
}, async (t) => {
  const { page } = await openPage(browser, walks[0]![0])
  t.after(() => page.context().close())
  await page.goto(`${server.address}cases/permitted`)
  await page.getByRole('heading', { name: en.session.needed }).waitFor()
  assert.deepEqual(await examine(page), [])
  const address = await page.getByRole('link', { name: en.signIn.start }).getAttribute('href')
  assert.equal(address, '/sign-in/start?to=%2Fcases%2Fpermitted')
})

test('each role has a first page in words; who acts for somebody sees so on every page', {
  skip,
}, async (t) => {
  const first: [who: string, heading: string][] = [
    ['zhao.hong', en.home.representativeTitle],
    ['wang.lan', en.home.clinicianTitle],
    ['chen.hua', en.home.stewardTitle],
    ['ma.rui', en.home.auditorTitle],
    ['lin.na', 'Welcome, Lin Na (invented)'],
    ['gao.feng', 'Welcome, Gao Feng (invented)'],
    ['tang.yu', 'Welcome, Tang Yu (invented)'],
  ]
  for (const [who, heading] of first) {
    const look = walks[0]![0]
    const { page } = await openPage(browser, look)
    t.after(() => page.context().close())
    await bringSession(page, server, who)
    await page.goto(server.address)
    await arrive(page, heading, look, `first of ${who}`)
    if (who !== 'zhao.hong') continue
    for (const path of ['', 'cases/permitted', 'cases/permitted/me', 'cases/permitted/withdraw', 'keys']) {
      await page.goto(server.address + path)
      await page.getByText(fill(en.session.acting, { names: 'Zhao Ming (invented)' })).waitFor()
    }
  }
})

test('a doctor without a relation of care reads who can mend that, and the person sees that they asked', {
  skip,
}, async (t) => {
  const look = walks[0]![0]
  const { page } = await openPage(browser, look)
  t.after(() => page.context().close())
  await bringSession(page, server, 'he.jun')
  await page.goto(`${server.address}cases/permitted`)
  await page.getByRole('button', { name: en.caseOf.plan }).click()
  await page.getByText(en.refusal.relation).waitFor()
  await page.getByText(en.refusal.relationWho).waitFor()
  assert.deepEqual(await examine(page), [])
  await picture(page, 'sign-in no relation', look)
  const { body } = await ask(server, 'GET', 'api/cases/permitted/account')
  const [use] = body['uses'] as { by: { name: string; relation: string } }[]
  assert.deepEqual([use?.by.name, use?.by.relation], ['Dr He Jun (invented)', 'organisation'])
})

test('an application asks to act for somebody: what, of whom, how long; no is as large as yes', {
  skip,
}, async (t) => {
  for (const [look] of walks) {
    const { app, signIn } = look.language === 'zh' ? zh : en
    const data = `${freshFolder('app')}/data`
    const there = await startServer(['--demo', '--port', '0', '--data', data])
    t.after(() => there.stop())
    const back = 'https://app.invalid/back'
    const scopes = 'launch/patient patient/Patient.r patient/Observation.rs'
    const add = [
      'app',
      'add',
      'growth',
      '--name',
      'Growth',
      '--redirect',
      back,
      '--scope',
      scopes,
      '--data',
      data,
    ]
    assert.equal(habeas(add).status, 0)
    const { page } = await openPage(browser, look)
    t.after(() => page.context().close())
    const query = new URLSearchParams({
      client_id: 'growth',
      response_type: 'code',
      scope: scopes,
      redirect_uri: back,
      aud: `${there.address}fhir`,
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    })
    await page.goto(`${there.address}oidc/auth?${query}`)
    await arrive(page, signIn.wayTitle, look, 'app way')
    await tabTo(page, signIn.name)
    await page.keyboard.type('zhao.ming')
    await tabTo(page, signIn.codeLabel)
    await page.keyboard.type(codeOf(there, 'zhao.ming'))
    await page.keyboard.press('Enter')
    await arrive(page, fill(app.title, { app: 'Growth' }), look, 'app consent')
    const sizes = await Promise.all(
      [app.yes, app.no].map((name) => page.getByRole('button', { name, exact: true }).boundingBox()),
    )
    assert.deepEqual(sizes[0]?.height, sizes[1]?.height)
    await page.getByText(app.Observation).waitFor()
    assert.equal(await page.getByText(app.Condition).count(), 0, 'only what is asked for')
    const [sent] = await Promise.all([page.waitForRequest(/app\.invalid/), press(page, app.no)])
    assert.match(sent.url(), /error=access_denied/)
  }
})
