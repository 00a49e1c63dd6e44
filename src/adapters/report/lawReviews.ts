import type { InstrumentReview } from '#usecases'
import { lawPage } from './lawPage.ts'
import { escapeHtml } from './page.ts'
import type { Language } from './words.ts'

const states: Readonly<Record<InstrumentReview['state'], Readonly<Record<Language, string>>>> = {
  agreed: { en: '✓ agreed', zh: '✓ 同意' },
  objected: { en: '✕ objected to', zh: '✕ 有异议' },
  changed: { en: '! changed since its review', zh: '! 审阅后有改动' },
  none: { en: '– not reviewed', zh: '– 未审阅' },
}
const heads = {
  en: ['Instrument', 'Norms', 'Review', 'By, on', 'Norms from memory'],
  zh: ['文件', '规范数', '审阅', '审阅人、日期', '凭记忆的规范'],
} as const

/** Who reviewed what, as it is now, and which norms nobody here has seen the text of. */
export function reviewsHtml(reviews: readonly InstrumentReview[], language: Language): string {
  const title = language === 'zh' ? '规范库的审阅' : 'Reviews of the norm base'
  const heading = heads[language].map((text) => `<th scope="col">${text}</th>`).join('')
  const lines = reviews.map(({ title: titles, instrument, norms, state, last, recalled }) => {
    const by =
      last === null ? '' : `${escapeHtml(last.by)}, ${last.on}${last.note && `: ${escapeHtml(last.note)}`}`
    const name = `${escapeHtml(titles[language])}<br><small>${instrument}</small>`
    const cells = [`${norms}`, states[state][language], by, recalled.join(', ')]
    return `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
  })
  const table = `<table><thead><tr>${heading}</tr></thead><tbody>${lines.join('')}</tbody></table>`
  return lawPage(title, language, table)
}
