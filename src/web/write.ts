import { useTranslation } from 'react-i18next'
import type { Category, ConsentForm, Purpose } from '#vocabulary'
import type { CaseSummary, Consent, UsedBy } from './api.ts'
import { drugsZh } from './words/drugs.zh.ts'
import type { en } from './words/en.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
    nsSeparator: false
  }
}

/** Everything that turns a value into words of the reader's language. */
export function useWriter() {
  const { t, i18n } = useTranslation()
  const zh = i18n.language === 'zh'
  const locale = zh ? 'zh-CN' : 'en-GB'
  const list = (items: readonly string[]): string =>
    zh ? items.join('、') : new Intl.ListFormat(locale, { type: 'conjunction' }).format(items)
  const day = (text: string): string => written(text, locale)
  const drug = (name: string): string => (zh && drugsZh[name] ? `${drugsZh[name]}（${name}）` : name)
  const categories = (codes: readonly Category[]): string => list(codes.map((code) => t(`category.${code}`)))
  const purposes = (codes: readonly Purpose[]): string =>
    codes.length === 0 ? t('consent.all') : list(codes.map((code) => t(`purpose.${code}`)))
  const forms = (codes: readonly ConsentForm[]): string =>
    codes.length === 0 ? t('consent.noForm') : list(codes.map((code) => t(`form.${code}`)))
  const known = (
    group:
      | 'phenotype'
      | 'indication'
      | 'data'
      | 'actor'
      | 'agree.because'
      | 'attend.because'
      | 'procedure.fact'
      | 'procedure.authority'
      | 'genome.means'
      | 'genome.note'
      | 'genome.refused'
      | 'genome.singles',
    text: string,
  ): string => (i18n.exists(`${group}.${text}`) ? String(i18n.t(`${group}.${text}` as 'toFirst')) : text)
  const consent = (one: Consent, name: string): string => {
    const who = one.by === 'subject' ? name : firstUpper(t(`party.${one.by}`))
    const rest = { who, forms: forms(one.forms), categories: categories(one.categories) }
    const whole = { ...rest, purposes: purposes(one.purposes) }
    return one.on === null ? t('consent.undated', whole) : t('consent.given', { ...whole, on: day(one.on) })
  }
  const asks = ({ actorName, activity, purpose, ...rest }: CaseSummary): string =>
    t('cases.asks', {
      actor: actorName,
      activity: t(`activity.${activity}`),
      categories: categories(rest.categories),
      purpose: t(`purpose.${purpose}`),
    })
  const sayBy = ({ role, relation, through }: UsedBy): string =>
    [
      ...(role === 'person' ? [] : [t(`role.${role}`)]),
      // Whoever stands by a signature was named for it: more they are not to the person.
      ...(role === 'witness' || role === 'interpreter' ? [] : [t(`relation.${relation}`)]),
      ...(through === null ? [] : [t('app.through', { app: through })]),
    ].join(zh ? '，' : ', ')
  return { t, zh, asks, sayBy, list, day, drug, categories, purposes, forms, known, consent }
}
export type Writer = ReturnType<typeof useWriter>

export const firstUpper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A day, or an instant with its zone, written out so that day and month are not mistaken for each other. */
function written(text: string, locale: string): string {
  const isDay = text.length === 10
  const date = new Date(isDay ? `${text}T00:00:00Z` : text)
  return date.toLocaleString(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    ...(isDay ? { timeZone: 'UTC' } : { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }),
  })
}
