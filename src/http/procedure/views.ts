import {
  type Agreement,
  type Case,
  draftUntilOf,
  type Governed,
  type LawSince,
  type Procedure,
} from '#usecases'
import type { Desk } from '../desk.ts'
import { actView, receiptView } from '../views.ts'

type Done = Extract<Governed<Procedure>, { readonly kind: 'done' }>

export function procedureView(desk: Desk, { subject, situation }: Case, governed: Done) {
  const { steps, reasons, dayBefore, lastAgreement, forms, waiting } = governed.value
  const { at, activity, purpose } = situation
  return {
    subjectName: subject.name,
    act: actView('procedure', governed),
    receipt: receiptView(governed.receipt, governed.outputs),
    asked: { at, activity, purpose },
    steps,
    reasons,
    dayBefore,
    lastAgreement,
    forms: forms.map(({ id, form }) => ({
      ...{ id, title: form.title, witness: form.attendance?.witness ?? false },
      ...waitsOf(waiting.find(({ read }) => read.form === id)),
    })),
    articles: desk.citeNorms([
      ...steps.flatMap(({ norms }) => norms),
      ...normsOf(dayBefore),
      ...normsOf(lastAgreement),
      ...reasons.flatMap((one) => ('norms' in one ? one.norms : 'norm' in one ? [one.norm] : [])),
    ]),
  }
}

/** Of a draft: for whom it waits, and until when. */
const waitsOf = (draft: Agreement | undefined) => ({
  awaits: draft?.awaits ?? [],
  awaitsUntil: draft ? draftUntilOf(draft) : null,
})

const normsOf = (since: LawSince | null): readonly string[] =>
  (since?.changes ?? []).flatMap((one) => [...one.norms, ...(one.change === 'dropped' ? one.step.norms : [])])
