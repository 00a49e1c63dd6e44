import type { Agreement, Agreements, Case, Governed, RecordedAgreement } from '#usecases'
import { draftUntilOf, stateOfAgreement } from '#usecases'
import type { Desk } from '../desk.ts'
import { recallView } from '../recalls/views.ts'
import { actView, governedView, receiptView } from '../views.ts'

type Done<T> = Extract<Governed<T>, { readonly kind: 'done' }>

/** As it stands at the instant of the look. */
function agreementView({ agreement, events }: RecordedAgreement, at: Agreement['signedAt'], isOpen: boolean) {
  const { id, version, read, signedAt, supersedes, provisions, signer, voice, forms, interpreter } = agreement
  const state = stateOfAgreement(agreement, events, at)
  const past = events.filter((event) => event.at <= at)
  const isEnded = (item: string | null): boolean =>
    past.some((event) => event.kind === 'withdrawn' && (event.items?.includes(item ?? '') ?? true))
  return {
    ...{ id, version, form: read.form, formSha256: read.formSha256, signedAt, supersedes },
    signer: signerView(signer),
    signers: signersOf(agreement),
    ...awaitsView(agreement, isOpen),
    attendants: (agreement.attendants ?? []).map(({ part, attends, confirmedAt = null, act = null }) => ({
      ...{ part, attends, confirmedAt, act },
    })),
    interpreted: interpreter !== null,
    strength: forms.includes('signed') ? ('passkey' as const) : ('session' as const),
    voice: voice?.said ?? null,
    unable: voice?.because ? { because: voice.because, words: voice.words ?? '' } : null,
    // A draft that nobody can sign any more has run out, whatever ended it.
    state: state === 'draft' && agreement.awaits && !isOpen ? 'expired' : state,
    afterDeath: agreement.afterDeath,
    choices: provisions.map(({ item, effect, purposes, activities, categories, parties }) => ({
      item,
      effect,
      ended: isEnded(item),
      purposes: purposes ?? [],
      activities: activities ?? [],
      categories: categories ?? [],
      recipients: (parties ?? []).filter(({ kind }) => kind === 'organisation').map((one) => one.id),
      relatives: activities?.includes('access-deceased')
        ? (parties ?? []).filter(({ kind }) => kind === 'person').length
        : null,
    })),
  }
}

const signerView = ({ grantor, relation, authority }: Agreement['signer']) => ({
  as: grantor,
  relation,
  until: authority?.until ?? null,
})

/** In the order in which they signed. */
const signersOf = ({ id, signer, coSigners, signedAt }: Agreement) => [
  ...coSigners.map((one) => ({
    ...signerView(one),
    signedAt: one.signedAt ?? signedAt,
    act: one.draft ?? id,
  })),
  { ...signerView(signer), signedAt: signer.signedAt ?? signedAt, act: signer.draft ?? id },
]

const awaitsView = (agreement: Agreement, isOpen: boolean) =>
  agreement.awaits
    ? { awaits: agreement.awaits, awaitsUntil: isOpen ? draftUntilOf(agreement) : null }
    : { awaits: [], awaitsUntil: null }

export const agreementsView = (from: Case, governed: Done<Agreements>, recallDays: number) => ({
  subjectName: from.subject.name,
  act: actView('agreements', governed),
  receipt: receiptView(governed.receipt, governed.outputs),
  forms: governed.value.forms.map(({ id, sha256, form, asks, awaits }) => ({
    ...{ id, sha256, content: form },
    ...{ asks, awaits, keyNeeded: governed.value.keyNeeded[id] ?? [] },
  })),
  agreements: governed.value.agreements.map((one) =>
    agreementView(one, governed.permit.act.instant, governed.value.open.has(one.agreement.id)),
  ),
  standing: governed.value.standing,
  recalls: governed.value.recalls.map((one) => recallView(one, governed.permit.act.instant, recallDays)),
})

export const signingView = (desk: Desk, governed: Done<Agreement>) => ({
  decision: 'permit' as const,
  ...governedView(desk, 'consent', governed),
  agreement: agreementView({ agreement: governed.value, events: [] }, governed.permit.act.instant, true),
})
