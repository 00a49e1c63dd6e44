import { style } from './style.ts'
import type { Language } from './words.ts'

const escapes: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => escapes[character]!)

type Page = {
  readonly title: string
  readonly language: Language
  /** What its style has more than every page. */
  readonly moreStyle?: string
  readonly body: string
}

/** One page without scripts or anything from elsewhere. */
export const pageOf = ({ title, language, moreStyle = '', body }: Page): string => `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${style}${moreStyle}</style>
</head>
<body>
${body}
</body>
</html>
`
