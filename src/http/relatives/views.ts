import {
  type AccountId,
  type Case,
  type Governed,
  type Relatives,
  relativesFiles,
  type StoredRelativesReview,
  type Telling,
} from '#usecases'
import type { Desk } from '../desk.ts'
import { actView, receiptView } from '../views.ts'

type Done<T> = Extract<Governed<T>, { readonly kind: 'done' }>

/** What was asked, by whom and why, and how it ended. */
export function reviewView(review: StoredRelativesReview, asks: AccountId | null) {
  const { id, caseId, name: by, account, at, reason, words, law, finding } = review
  const found = finding && {
    ...{ at: finding.at, by: finding.name, verdict: finding.verdict, words: finding.words },
    ...{ law: finding.law, allowed: finding.allowed },
  }
  const state = finding === null ? 'waiting' : 'closed'
  return { id, caseId, by, own: account === asks, at, state, law, reason, words, finding: found }
}

/** For a person who does not want to know: that it was asked and whether it is decided. */
const untold = (review: StoredRelativesReview) => ({
  ...reviewView(review, null),
  ...{ law: null, reason: null, words: null, finding: null },
})

export function relativesView(desk: Desk, { subject }: Case, governed: Done<Relatives>) {
  const { wishes, filed, withheld, reviews, decided, telling, forms } = governed.value
  return {
    subjectName: subject.name,
    act: actView('relatives', governed),
    receipt: receiptView(governed.receipt, governed.outputs),
    wishes: { ...wishes, filed },
    withheld,
    reviews: reviews.map((one) => (withheld ? untold(one) : reviewView(one, null))),
    telling: telling && { ...tellingView(telling), decided },
    forms: forms.map(({ id, form }) => ({ id, title: form.title })),
    articles: telling ? desk.citeNorms(normsOf(telling)) : [],
  }
}

const tellingView = ({ at, law, allowed, reasons, steps }: Telling) => ({
  asked: { at, activity: 'inform-relative', purpose: 'family-interest' },
  ...{ law, allowed, reasons, steps },
})

const normsOf = ({ steps, reasons }: Telling): readonly string[] => [
  ...steps.flatMap(({ norms }) => norms),
  ...reasons.flatMap((one) => ('norms' in one ? one.norms : 'norm' in one ? [one.norm] : [])),
]

/** The opening of the entry names the person, and the ruling tells of them: whoever decides gets the rest, the person all. */
export function decidedView({ permit, value, receipt, outputs }: Done<StoredRelativesReview>) {
  const { id, instant } = permit.act
  const files = new Map([...receipt.files].filter(([name]) => name !== 'opening.json'))
  const own = new Map([...outputs].filter(([name]) => name === relativesFiles[1]))
  return {
    act: { id, at: instant },
    review: reviewView(value, null),
    receipt: receiptView({ index: receipt.index, files }, own),
  }
}
