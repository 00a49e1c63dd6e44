import type { Agreement, Agreements, Case, Governed, RecordedAgreement } from '#usecases'
import { stateOfAgreement } from '#usecases'
import type { Desk } from '../desk.ts'
import { recallView } from '../recalls/views.ts'
import { actView, governedView, receiptView } from '../views.ts'

type Done<T> = Extract<Governed<T>, { readonly kind: 'done' }>

/** As it stands at the instant of the look. */
function agreementView({ agreement, events }: RecordedAgreement, at: Agreement['signedAt']) {
  const { id, version, read, signedAt, supersedes, provisions, signer, voice, forms, interpreter } = agreement
  const past = events.filter((event) => event.at <= at)
  const isEnded = (item: string | null): boolean =>
    past.some((event) => event.kind === 'withdrawn' && (event.items?.includes(item ?? '') ?? true))
  return {
    ...{ id, version, form: read.form, formSha256: read.formSha256, signedAt, supersedes },
    signer: { as: signer.grantor, relation: signer.relation, until: signer.authority?.until ?? null },
    interpreted: interpreter !== null,
    strength: forms.includes('signed') ? ('passkey' as const) : ('session' as const),
    voice: voice?.said ?? null,
    state: stateOfAgreement(agreement, events, at),
    choices: provisions.map(({ item, effect, purposes, activities, categories, parties }) => ({
      item,
      effect,
      ended: isEnded(item),
      purposes: purposes ?? [],
      activities: activities ?? [],
      categories: categories ?? [],
      recipients: (parties ?? []).filter(({ kind }) => kind === 'organisation').map((one) => one.id),
    })),
  }
}

export const agreementsView = (from: Case, governed: Done<Agreements>, recallDays: number) => ({
  subjectName: from.subject.name,
  act: actView('agreements', governed),
  receipt: receiptView(governed.receipt, governed.outputs),
  forms: governed.value.forms.map(({ id, sha256, form }) => ({
    ...{ id, sha256, content: form },
    keyNeeded: governed.value.keyNeeded[id] ?? [],
  })),
  agreements: governed.value.agreements.map((one) => agreementView(one, governed.permit.act.instant)),
  standing: governed.value.standing,
  recalls: governed.value.recalls.map((one) => recallView(one, governed.permit.act.instant, recallDays)),
})

export const signingView = (desk: Desk, governed: Done<Agreement>) => ({
  decision: 'permit' as const,
  ...governedView(desk, 'consent', governed),
  agreement: agreementView({ agreement: governed.value, events: [] }, governed.permit.act.instant),
})
