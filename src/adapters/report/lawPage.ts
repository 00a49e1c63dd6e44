import { escapeHtml, pageOf } from './page.ts'
import type { Language } from './words.ts'

const moreStyle = `
main { display: block } .index { columns: 18rem; font-size: .9rem } td { overflow-wrap: anywhere }
thead th { position: sticky; top: 0; background: var(--paper) }
@media (min-width: 70rem) { main { grid-template-columns: none } }
`

/** A page for tables that lawyers read and print. */
export const lawPage = (title: string, language: Language, body: string): string =>
  pageOf({ title, language, moreStyle, body: `<main>\n<h1>${escapeHtml(title)}</h1>\n${body}\n</main>` })
