import type { Instant } from '#kernel'
import { type Governed, recallAnswerFile, recallStandingOf, type StoredRecall } from '#usecases'
import { receiptView } from '../views.ts'

/** As it stands at an instant; nothing in it says whom it is about. */
export function recallView(recall: StoredRecall, at: Instant, days: number) {
  const { id, recipient, at: since, purposes, categories, acts, answers } = recall
  const said = { at: since, answers: answers.map(({ answer }) => answer) }
  return {
    ...{ id, recipient, since },
    ...recallStandingOf(said, at, days),
    ...{ purposes, categories, acts },
    answers: answers.map(({ at, answer }) => ({
      at,
      answer: answer.kind,
      until: answer.kind === 'locked' ? answer.until : null,
      basis: answer.kind === 'locked' ? answer.basis : null,
      because: answer.kind === 'not-recallable' ? answer.because : null,
    })),
  }
}

type Done = Extract<Governed<StoredRecall>, { readonly kind: 'done' }>

/** The opening names the person, and the ruling tells of them: the recipient gets the rest, the person gets all. */
export function recallDoneView({ permit, value, receipt, outputs }: Done, days: number) {
  const { id, instant } = permit.act
  const files = new Map([...receipt.files].filter(([name]) => name !== 'opening.json'))
  const own = new Map([...outputs].filter(([name]) => name === recallAnswerFile))
  return {
    act: { id, at: instant },
    recall: recallView(value, instant, days),
    receipt: receiptView({ index: receipt.index, files }, own),
  }
}
