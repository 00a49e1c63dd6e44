import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { familyForm } from '../../src/adapters/demo/familyForm.ts'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { ask, type RunningServer, startServer } from '../server/running.ts'
import { arrive, bringSession, fill, looks, press, sayWhy, settle } from './arriving.ts'
import { chromiumPath, openBrowser, openPage } from './browser.ts'

const skip = chromiumPath === undefined && 'no Chromium on this machine'
let browser: Browser
before(async () => {
  if (!skip) browser = await openBrowser()
})
after(() => browser?.close())

const caseId = 'permitted'
const name = 'Zhao Ming (invented)'
const happened = 'What was found can be prevented.'
const judged = 'Relatives can be examined in time.'

/** The person signs that they do not want to know of relatives, and that their doctor may tell them. */
async function signWishes(server: RunningServer): Promise<void> {
  const path = `api/cases/${caseId}/agreements`
  const { body } = await ask(server, 'GET', path, undefined, 'zhao.ming')
  const forms = body['forms'] as readonly { id: string; sha256: string; content: { title: { en: string } } }[]
  const form = forms.find(({ content }) => content.title.en === familyForm.title.en)!
  const no = ['to-know-relatives', 'to-know-medicines', 'relatives-told-by-me']
  const choices = familyForm.items.map(({ id, question }) =>
    no.includes(id)
      ? { item: id, effect: 'refuse', answers: [] }
      : { item: id, effect: 'permit', answers: [question.right] },
  )
  const said = { language: 'en', choices, previewShown: true, supersedes: null }
  const signed = await ask(
    server,
    'POST',
    path,
    { form: form.id, formSha256: form.sha256, ...said },
    'zhao.ming',
  )
  assert.equal(signed.status, 201)
}

for (const look of looks) {
  const { family, home, me } = look.language === 'zh' ? zh : en
  test(`who treats somebody asks about relatives, somebody else decides, the person reads of it or does not want to know, by keyboard alone (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const server = await startServer(['--demo', '--port', '0'])
    t.after(() => server.stop())
    await ask(server, 'POST', `api/cases/${caseId}/plans`, {}, 'wang.lan')
    const visit = async (who: string) => {
      const opened = await openPage(browser, look)
      t.after(() => opened.page.context().close())
      await bringSession(opened.page, server, who)
      return opened
    }
    const { page, faults } = await visit('wang.lan')
    await page.goto(`${server.address}cases/${caseId}`)
    await arrive(page, name, look, 'relatives case')
    await press(page, family.linkOf)
    const title = fill(family.titleOf, { name })
    await arrive(page, title, look, 'relatives before')
    await press(page, family.ask)
    await sayWhy(page, family.reason.prevention, family.words, happened)
    await settle(page, title, look, 'relatives asking')
    await press(page, family.send)
    await page.getByText(family.waits).waitFor()
    await settle(page, title, look, 'relatives asked')

    const person = await visit('zhao.ming')
    await person.page.goto(`${server.address}cases/${caseId}/me`)
    await arrive(person.page, me.title, look, 'relatives me')
    await press(person.page, family.link)
    await arrive(person.page, family.title, look, 'relatives own')
    await person.page.getByText(family.tell['not-said']).waitFor()
    await person.page.getByText(happened).waitFor()

    const judge = await visit('lin.na')
    await judge.page.goto(server.address)
    await arrive(
      judge.page,
      fill(home.nothingTitle, { name: 'Lin Na (invented)' }),
      look,
      'relatives judge home',
    )
    await press(judge.page, family.judging)
    await arrive(judge.page, family.judging, look, 'relatives judging')
    assert.doesNotMatch((await judge.page.locator('main').textContent()) ?? '', /Zhao|example-1/)
    await press(judge.page, new RegExp(`^${family.start}: `))
    await sayWhy(judge.page, family.matters, family.decisionWords, judged)
    await settle(judge.page, family.judging, look, 'relatives deciding')
    await press(judge.page, family.decide)
    await judge.page.getByText(family.closed, { exact: true }).waitFor()
    await settle(judge.page, family.judging, look, 'relatives decided')

    await person.page.reload()
    await person.page.getByText(judged).waitFor()
    await person.page.getByText(family.refused).waitFor()
    await settle(person.page, family.title, look, 'relatives told')

    await signWishes(server)
    await person.page.reload()
    await person.page.getByText(family.tell['through-doctor']).waitFor()
    await person.page.getByText(family.untold).waitFor()
    assert.doesNotMatch(
      (await person.page.locator('main').textContent()) ?? '',
      new RegExp(`${judged}|${happened}`),
    )
    await settle(person.page, family.title, look, 'relatives untold')
    await person.page.goto(`${server.address}cases/${caseId}/me`)
    await arrive(person.page, me.title, look, 'relatives plan withheld')
    assert.doesNotMatch((await person.page.locator('main').textContent()) ?? '', /prasugrel|普拉格雷/)

    await page.reload()
    await arrive(page, title, look, 'relatives through doctor')
    await page.getByText(family.tellOf['through-doctor']).waitFor()
    await press(page, family.steps)
    await settle(page, title, look, 'relatives steps')
    assert.deepEqual([...faults, ...person.faults, ...judge.faults], [])
  })
}
