import type { Day } from '#kernel'
import type { MatrixRow } from '#usecases'
import { codeWordsEn, codeWordsZh } from '#vocabulary'
import { lawPage } from './lawPage.ts'
import { escapeHtml } from './page.ts'
import type { Language } from './words.ts'

const kinds: Readonly<Record<MatrixRow['kind'], Readonly<Record<Language, string>>>> = {
  duty: { en: 'duty', zh: '义务' },
  consent: { en: 'consent', zh: '同意' },
  forbids: { en: 'forbids', zh: '禁止' },
  burden: { en: 'burden of proof', zh: '举证责任' },
  allows: { en: 'allows or defines', zh: '允许或定义' },
  principle: { en: 'principle', zh: '原则' },
}
const heads = {
  en: ['Article', 'What it says', 'Kind', 'What it asks', 'In force', 'Text'],
  zh: ['条文', '内容', '性质', '要求', '施行期间', '文本'],
} as const
const sure = {
  en: { 'text-seen': 'seen', 'from-memory': 'from memory' },
  zh: { 'text-seen': '已核对', 'from-memory': '凭记忆' },
} as const
const wordsOf = { en: codeWordsEn, zh: codeWordsZh } as const

function askedOf({ kind, code, forms, deadlineDays }: MatrixRow, language: Language): string {
  const words = wordsOf[language]
  const days =
    deadlineDays === null ? '' : language === 'zh' ? `（${deadlineDays} 日）` : ` (${deadlineDays} days)`
  if (kind === 'duty') return `${words.duty[code as keyof typeof words.duty]}${days}`
  if (kind === 'burden') return words.burden[code as keyof typeof words.burden]
  if (kind !== 'consent') return ''
  const named = forms.map((form) => words.form[form as keyof typeof words.form])
  return [words.topic[code as keyof typeof words.topic], ...named].join(language === 'zh' ? '、' : ', ')
}

const field = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** RFC 4180, one line per norm and thing asked, with a column for each day. A byte order mark lets spreadsheets read Chinese. */
export function matrixCsv(rows: readonly MatrixRow[], days: readonly Day[], language: Language): string {
  const head = [
    'norm',
    'jurisdiction',
    'instrument',
    'article',
    'wording',
    'kind',
    'code',
    'asks',
    'from',
    'to',
    'verified',
    ...days,
  ]
  const lines = rows.map((row) => [
    row.norm,
    row.jurisdiction,
    row.instrument[language],
    row.article,
    row.wording[language],
    kinds[row.kind][language],
    row.code,
    askedOf(row, language),
    row.from,
    row.to ?? '',
    row.verified,
    ...row.on.map((on) => (on ? '1' : '0')),
  ])
  return `\uFEFF${[head, ...lines].map((line) => line.map(field).join(',')).join('\r\n')}\r\n`
}

/** The same as a page that needs nothing from elsewhere, instrument by instrument. */
export function matrixHtml(rows: readonly MatrixRow[], days: readonly Day[], language: Language): string {
  const title = language === 'zh' ? '条文 × 义务 × 日期' : 'Article × duty × date'
  const instruments = [...new Map(rows.map(({ instrument }) => [instrument.id, instrument])).values()]
  const links = instruments.map(
    ({ id, [language]: name }) => `<li><a href="#${id}">${escapeHtml(name)}</a></li>`,
  )
  const tables = instruments.map(({ id, [language]: name }) => {
    const own = rows.filter(({ instrument }) => instrument.id === id)
    const caption = `<h2 id="${id}">${escapeHtml(name)} <small>${id}</small></h2>`
    return `${caption}${tableOf(own, days, language)}`
  })
  return lawPage(title, language, `<ul class="index">${links.join('')}</ul>${tables.join('\n')}`)
}

function tableOf(rows: readonly MatrixRow[], days: readonly Day[], language: Language): string {
  const heading = [...heads[language], ...days].map((text) => `<th scope="col">${escapeHtml(text)}</th>`)
  const open = language === 'zh' ? '至今' : 'open'
  const lines = rows.map((row, index) => {
    const repeated = rows[index - 1]?.norm === row.norm
    const article = repeated ? '' : `${escapeHtml(row.article)}<br><small>${row.norm}</small>`
    const cells = [
      repeated ? '' : escapeHtml(row.wording[language]),
      kinds[row.kind][language],
      escapeHtml(askedOf(row, language)),
      `${row.from} – ${row.to ?? open}`,
      sure[language][row.verified],
      ...row.on.map((on) => (on ? '●' : '–')),
    ]
    return `<tr><th scope="row">${article}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
  })
  return `<table><thead><tr>${heading.join('')}</tr></thead><tbody>${lines.join('')}</tbody></table>`
}
