import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './words/en.ts'
import { zh } from './words/zh.ts'

export type Language = 'en' | 'zh'
const kept = 'habeas.language'

export const currentLanguage = (): Language => (i18next.language === 'zh' ? 'zh' : 'en')
const markDocument = (language: Language): void => {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
}

/** Until somebody signs in, the choice is kept in this browser. */
export function startLanguage(): void {
  const wanted = keptChoice() ?? (navigator.language.startsWith('zh') ? 'zh' : 'en')
  void i18next.use(initReactI18next).init({
    lng: wanted === 'zh' ? 'zh' : 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en }, zh: { translation: zh } },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    nsSeparator: false,
  })
  markDocument(currentLanguage())
}

/** A browser may forbid storage; then the choice lasts as long as the page. */
function keptChoice(): string | null {
  try {
    return localStorage.getItem(kept)
  } catch {
    return null
  }
}

export async function chooseLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language)
  markDocument(language)
  try {
    localStorage.setItem(kept, language)
  } catch {
    // As above.
  }
}
