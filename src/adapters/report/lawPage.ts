import { escapeHtml } from './planHtml.ts'
import { style } from './style.ts'
import type { Language } from './words.ts'

/** One page without scripts or anything from elsewhere, for tables that lawyers read and print. */
export const pageOf = (title: string, language: Language, body: string): string => `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${style}
main { display: block } .index { columns: 18rem; font-size: .9rem } td { overflow-wrap: anywhere }
thead th { position: sticky; top: 0; background: var(--paper) }
@media (min-width: 70rem) { main { grid-template-columns: none } }
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`
