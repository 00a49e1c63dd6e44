import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Activity, ActorKind, Category, DisclosureElement, Purpose } from '#vocabulary'
import { ask, type Bilingual } from './api.ts'
import type { Writer } from './write.ts'

/** What a hospital laid down, as the server describes it. */
export type Content =
  | {
      readonly kind: 'purpose'
      readonly purpose: Purpose
      readonly activities: readonly Activity[]
      readonly categories: readonly Category[]
    }
  | {
      readonly kind: 'recipient'
      readonly id: string
      readonly name: string
      readonly party: ActorKind
      readonly country: string
      readonly purposes: readonly Purpose[]
      readonly categories: readonly Category[]
    }
  | {
      readonly kind: 'retention'
      readonly category: Category
      readonly months: number
      readonly after: 'erase' | 'lock'
    }
  | {
      readonly kind: 'assessment'
      readonly assessment: 'pipia' | 'dpia'
      readonly purposes: readonly Purpose[]
      readonly categories: readonly Category[]
      readonly outcome: 'granted' | 'refused'
      readonly on: string
      readonly until: string
      readonly report: string
    }
  | {
      readonly kind: 'contact'
      readonly name: string
      readonly contact: string
      readonly country: string
      readonly authority: string
      readonly authorityContact: string
    }
  | FormContent
/** What a form tells, each thing in a section, and what one may choose, each with its question. */
export type FormContent = {
  readonly kind: 'form'
  readonly jurisdictions: readonly string[]
  readonly title: Bilingual
  readonly sections: readonly { readonly element: DisclosureElement; readonly text: Bilingual }[]
  readonly items: readonly FormItem[]
  /** Who must stand by a yes. */
  readonly attendance?: { readonly witness: boolean; readonly interpreter: 'named' | 'confirmed' }
  /** Asked of whoever signs for themself. */
  readonly afterDeath?: Pick<FormItem, 'says' | 'question'>
}
export type FormItem = {
  readonly id: string
  readonly says: Bilingual
  readonly activities: readonly Activity[]
  readonly purposes: readonly Purpose[]
  readonly categories: readonly Category[]
  readonly recipients: readonly string[]
  readonly question: {
    readonly asks: Bilingual
    readonly answers: readonly Bilingual[]
    readonly right: number
    readonly explains: Bilingual
  }
}
export type ContentKind = Content['kind']
export const contentKinds: readonly ContentKind[] = [
  'purpose',
  'recipient',
  'retention',
  'assessment',
  'form',
  'contact',
]

type Signed = { readonly name: string; readonly at: string; readonly because: string }
export type HouseRule = {
  readonly id: string
  readonly state: 'proposed' | 'standing' | 'declined' | 'ended'
  readonly content: Content
  readonly sha256: string
  readonly replaces: string | null
  readonly proposed: Signed
  readonly confirmed: Signed | null
  readonly ended: Signed | null
  readonly own: boolean
  /** Of a form: a school grade, characters in a sentence, and which of them is hard. */
  readonly reading: {
    readonly en: number
    readonly zh: number
    readonly hard: readonly ('en' | 'zh')[]
  } | null
}
export type NoticeRule = Pick<HouseRule, 'id' | 'content' | 'sha256'> & { readonly since: string }

export const useHouseRules = () =>
  useQuery({
    queryKey: ['house-rules'],
    queryFn: () => ask<{ readonly rules: readonly HouseRule[] }>('house-rules'),
  })

export const useNotice = () =>
  useQuery({
    queryKey: ['notice'],
    queryFn: () => ask<{ readonly rules: readonly NoticeRule[] }>('notice'),
    retry: false,
  })

export type Change =
  | {
      readonly to: 'propose'
      readonly content: unknown
      readonly replaces: string | null
      readonly because: string
    }
  | { readonly to: 'confirmation' | 'ending'; readonly id: string; readonly because: string }

/** Whatever comes of it, the list is asked anew: somebody else may have been faster. */
export function useChange() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: Change) => {
      const { because } = change
      if (change.to === 'propose')
        return ask<HouseRule>('house-rules', { content: change.content, replaces: change.replaces, because })
      return ask<HouseRule>(`house-rules/${encodeURIComponent(change.id)}/${change.to}`, { because })
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['house-rules'] })
      await queries.invalidateQueries({ queryKey: ['notice'] })
    },
  })
}

/** A form of an earlier version of the program has neither: it can be read, and not signed. */
export const sectionsOf = (form: Partial<FormContent>): FormContent['sections'] => form.sections ?? []
export const itemsOf = (form: Partial<FormContent>): FormContent['items'] => form.items ?? []

/** A rule as a sentence. */
export function sayRule({ t, zh, list, day, categories, purposes }: Writer, content: Content): string {
  switch (content.kind) {
    case 'purpose':
      return t('houseSay.purpose', {
        purpose: t(`purpose.${content.purpose}`),
        categories: categories(content.categories),
        activities: list(content.activities.map((one) => t(`deed.${one}`))),
      })
    case 'recipient':
      return t('houseSay.recipient', {
        ...content,
        party: t(`actor.${content.party}`),
        categories: categories(content.categories),
        purposes: purposes(content.purposes),
      })
    case 'retention': {
      const { months } = content
      const term =
        months % 12 === 0
          ? t('houseSay.years', { count: months / 12 })
          : t('houseSay.months', { count: months })
      const key = content.after === 'erase' ? 'houseSay.retentionErase' : 'houseSay.retentionLock'
      return t(key, { categories: categories([content.category]), term })
    }
    case 'assessment':
      return t(`houseSay.${content.outcome}`, {
        assessment: t(`houseChoice.${content.assessment}`),
        on: day(content.on),
        until: day(content.until),
        purposes: purposes(content.purposes),
        categories: categories(content.categories),
      })
    case 'contact':
      return t('houseSay.contact', content)
    case 'form':
      return t('houseSay.form', {
        title: zh ? content.title.zh : content.title.en,
        purposes: purposes([...new Set(itemsOf(content).flatMap((one) => one.purposes))]),
        elements: list(sectionsOf(content).map(({ element }) => t(`element.${element}`))),
      })
  }
}
