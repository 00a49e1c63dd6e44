import type { Case, Governed, LawSince, Procedure } from '#usecases'
import type { Desk } from '../desk.ts'
import { actView, receiptView } from '../views.ts'

type Done = Extract<Governed<Procedure>, { readonly kind: 'done' }>

export function procedureView(desk: Desk, { subject, situation }: Case, governed: Done) {
  const { steps, reasons, dayBefore, lastAgreement, forms } = governed.value
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
    forms: forms.map(({ id, form }) => ({ id, title: form.title })),
    articles: desk.citeNorms([
      ...steps.flatMap(({ norms }) => norms),
      ...normsOf(dayBefore),
      ...normsOf(lastAgreement),
      ...reasons.flatMap((one) => ('norms' in one ? one.norms : 'norm' in one ? [one.norm] : [])),
    ]),
  }
}

const normsOf = (since: LawSince | null): readonly string[] =>
  (since?.changes ?? []).flatMap((one) => [...one.norms, ...(one.change === 'dropped' ? one.step.norms : [])])
