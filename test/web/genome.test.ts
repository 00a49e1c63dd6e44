import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page, Request } from 'playwright-core'
import type { GenomeReport } from '#genome'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { syntheticGenome } from '../../tools/examples/genomes.ts'
import { pathOf, skip as withoutFacts } from '../genome/facts.ts'
import { knowledge } from '../genome/knowledge.ts'
import { freshFolder, habeas } from '../scenarios/habeas.ts'
import { type RunningServer, startServer } from '../server/running.ts'
import { arrive, bringSession, fill, looks, press, settle } from './arriving.ts'
import { chromiumPath, openBrowser, openPage, tabTo } from './browser.ts'

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

const folder = freshFolder('genomePage')
const written = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const alleles = {
  CYP2C19: ['*2', '*17'],
  SLCO1B1: ['*1', '*5'],
  DPYD: ['Reference', 'c.1905+1G>A (*2A)'],
} as const
const whole = syntheticGenome(knowledge, { sample: 'A', alleles })
/** Without some positions, and with the same person twice. */
const gaps = whole
  .split('\n')
  .filter((line) => !/^chr10\t94762706|^chr19|^chr1\t/.test(line))
  .map((line) =>
    line.startsWith('##') || line === ''
      ? line
      : `${line}\t${line.startsWith('#') ? 'B' : line.split('\t')[9]}`,
  )
  .join('\n')

/** Opens what the browser shows to choose a file, by keyboard, and chooses. To be made long before: only then does the browser ask us. */
function chooserOf(page: Page): (label: string, path: string) => Promise<void> {
  let next = ''
  page.on('filechooser', (chooser) => void chooser.setFiles(next))
  return (label, path) => {
    next = path
    return press(page, label)
  }
}

for (const look of looks) {
  const words = look.language === 'zh' ? zh : en
  const { genome } = words
  const isSignedIn = look.device === 'desktop'
  test(`a person has their own file read, several samples, a broken one, by keyboard alone (${Object.values(look).join(', ')})`, {
    skip,
  }, async (t) => {
    const { page, faults } = await openPage(browser, look)
    t.after(() => page.context().close())
    const choose = chooserOf(page)
    if (isSignedIn) await bringSession(page, server, 'wang.lan')
    await page.goto(server.address)
    await page.getByRole('link', { name: genome.title }).waitFor()
    await press(page, genome.title)
    await page.getByText(genome.choose).waitFor()
    await arrive(page, genome.title, look, 'genome begin')

    await choose(genome.choose, written('broken.vcf', whole.replace('\t0|1', '\tone')))
    await arrive(page, genome.refusedTitle, look, 'genome refused')
    await page.getByText(genome.refused.gt).waitFor()
    const line = whole.slice(0, whole.indexOf('\t0|1')).split('\n').length
    await page.getByText(fill(genome.line, { line: String(line) })).waitFor()

    await choose(genome.another, written('two.vcf', gaps))
    await arrive(page, genome.whoseTitle, look, 'genome whose')
    // A field to choose from reads as what there is to choose.
    await tabTo(page, 'AB')
    await page.keyboard.press('ArrowDown')
    await press(page, genome.show)
    await arrive(page, genome.resultTitle, look, 'genome result')
    await page.getByText(fill(genome.resultLead, { sample: 'B', records: String(recordsOf(gaps)) })).waitFor()
    await page.getByText(genome.notDiagnosis).waitFor()
    for (const group of Object.values(genome.group))
      await page.getByRole('heading', { name: group }).waitFor()
    await press(page, /^(Places that are not known|\d+ 个位点未知)/)
    await press(page, genome.notes)
    await settle(page, genome.resultTitle, look, 'genome opened')
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('details')) one.open = true
    })
    await settle(page, genome.resultTitle, look, 'genome all opened')
    await press(page, genome.otherSample)
    await arrive(page, genome.whoseTitle, look, 'genome whose again')
    assert.deepEqual(faults, [])
  })
}

const recordsOf = (text: string): number => text.split('\n').filter((line) => /^[^#]/.test(line)).length

/** A window in which the policy of the pages counts, and what it asks for from now on. */
async function openStrict(): Promise<{ page: Page; asked: Request[]; isReady: Promise<void> }> {
  const context = await browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  const asked: Request[] = []
  context.on('request', (request) => void asked.push(request))
  await page.goto(`${server.address}genome`)
  const isReady = page.getByLabel(en.genome.choose).waitFor()
  return { page, asked, isReady }
}

async function saved(page: Page): Promise<GenomeReport> {
  const button = page.getByRole('button', { name: en.genome.save })
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  return JSON.parse(readFileSync(await download.path(), 'utf8'))
}

/** What the page says of each sample, in the order of the file. */
async function byPage(page: Page, path: string): Promise<GenomeReport[]> {
  await page.locator('input[type=file]').setInputFiles(path)
  const title = page.getByRole('heading', { level: 1 })
  await title
    .filter({ hasText: new RegExp(`${en.genome.resultTitle}|${en.genome.whoseTitle.replace('?', '\\?')}`) })
    .waitFor()
  if ((await title.textContent()) === en.genome.resultTitle) return [await saved(page)]
  const samples = await page.locator('select option').allTextContents()
  const reports: GenomeReport[] = []
  for (const sample of samples) {
    await page.getByLabel(en.genome.sample).selectOption(sample)
    await page.getByRole('button', { name: en.genome.show }).click()
    reports.push(await saved(page))
    await page.getByRole('button', { name: en.genome.otherSample }).click()
  }
  await page.getByRole('button', { name: en.genome.show }).click()
  return reports
}

function byProgram(path: string): GenomeReport[] {
  const { status, out, err } = habeas(['genome', path, '--json'])
  assert.equal(status, 0, err)
  const documents: GenomeReport[] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  // A page reads the whole file, whether an index lies beside it or not.
  return documents.map((one) => ({ ...one, source: { ...one.source, file: basename(path), index: null } }))
}

test('the page calls the same files to the same result as the program, and asks nobody for anything meanwhile', {
  skip: skip || withoutFacts,
}, async (t) => {
  const { page, asked, isReady } = await openStrict()
  t.after(() => page.context().close())
  await isReady
  assert.ok(
    asked.some((request) => request.url().includes('alleles')),
    'the tables were fetched before',
  )
  asked.length = 0
  for (const file of [
    'examples/multisample.vcf',
    'examples/pharmcat.example.vcf',
    'examples/SYN_003.vcf',
    'examples/DpydTest__testDpydUnphased.vcf',
    'examples/Ryr1Test__cacna1sRef_ryr1Het.vcf',
    'examples/NAT2sheet__row_002.vcf',
    'examples/ToxicGenesTest__testG6pd_MDPSCB_male.vcf',
    'examples/NamedAlleleMatcherUgt1a1Test__ugt1a1s28s37_1.vcf',
    'wgs/NA18526.preprocessed.vcf',
    'wgs/getrm3_30x_grch38_pgx_chromosome_windows.vcf.gz',
  ])
    assert.deepEqual(await byPage(page, pathOf(file)), byProgram(pathOf(file)), file)
  // What the page saves is an address of the page itself.
  assert.deepEqual(
    asked.map((request) => request.url()).filter((url) => !url.startsWith('blob:')),
    [],
  )
})

test('what reads the file can connect to nobody, even if it wanted to', { skip }, async (t) => {
  const { page, isReady } = await openStrict()
  t.after(() => page.context().close())
  await isReady
  const [worker] = page.workers()
  const outcome = (step: string) =>
    worker!.evaluate(`Promise.resolve().then(() => ${step}).then(() => 'done', ({ name }) => name)`)
  const tries = [
    await outcome(`fetch('${server.address}healthz')`),
    await outcome(`fetch('https://evil.example/')`),
    await outcome(`import('${server.address}assets/other.js')`),
    await outcome(`new Promise((done, fail) => {
      const socket = new WebSocket('${server.address.replace('http', 'ws')}')
      socket.onopen = done
      socket.onerror = () => fail(new TypeError('refused'))
    })`),
  ]
  assert.deepEqual(tries, ['TypeError', 'TypeError', 'TypeError', 'TypeError'])
})

test('a file can be stopped while it is read; what is said of it later counts no more', {
  skip: skip || withoutFacts,
}, async (t) => {
  const { page, isReady } = await openStrict()
  t.after(() => page.context().close())
  await isReady
  await page
    .locator('input[type=file]')
    .setInputFiles(pathOf('wgs/getrm3_30x_grch38_pgx_chromosome_windows.vcf.gz'))
  await page.getByRole('button', { name: en.genome.stop }).click()
  await page.getByText(en.genome.stopped).waitFor()
  const [report] = await byPage(page, written('after.vcf', whole))
  assert.equal(report!.sample, 'A')
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), en.genome.resultTitle)
})

test('without the tables no file can be chosen, and the page says why', { skip }, async (t) => {
  const { page } = await openPage(browser, looks[0]!)
  t.after(() => page.context().close())
  await page.route('**/assets/phenotypes-*.json', (route) => route.abort())
  await page.goto(`${server.address}genome`)
  await page.getByText(en.failure.offline).waitFor()
  assert.equal(await page.locator('input[type=file]').count(), 0)
  await page.unroute('**/assets/phenotypes-*.json')
  await page.getByRole('button', { name: en.failure.again }).click()
  await page.getByLabel(en.genome.choose).waitFor()
})
