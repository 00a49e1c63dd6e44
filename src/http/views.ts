import { toBase64 } from '#kernel'
import type {
  Account,
  ActDetail,
  Case,
  Files,
  FromFile,
  Governed,
  Plan,
  RecallRecord,
  Situation,
} from '#usecases'
import type { Desk } from './desk.ts'
import { emergencyView } from './emergencies/view.ts'
import { type Problem, problem } from './problem.ts'

/** Documents of the outside, made of what the use cases answer. */
const consentsOf = ({ consents }: Situation) =>
  (consents ?? []).map(({ by, on, forms, covers, withdrawnOn }) => ({
    by,
    on: on ?? null,
    forms: forms ?? [],
    purposes: covers?.purposes ?? [],
    categories: covers?.categories ?? [],
    withdrawnOn: withdrawnOn ?? null,
  }))

export const caseView = (id: string, { value }: FromFile<Case>) => ({
  id,
  subjectName: value.subject.name,
  actorName: value.actor.name,
  indication: value.indication,
  candidateDrugs: value.candidateDrugs ?? [],
  day: value.situation.at,
  activity: value.situation.activity,
  purpose: value.situation.purpose,
  categories: value.situation.data?.categories ?? [],
  consents: consentsOf(value.situation),
})

const encode = (files: Files) =>
  Object.fromEntries([...files].map(([name, bytes]) => [name, toBase64(bytes)]))

export const receiptView = (
  { index, files }: { readonly index: number; readonly files: Files },
  outputs: Files,
) => ({
  index,
  files: encode(files),
  outputs: encode(outputs),
})

export function actView(kind: string, governed: Governed<unknown>) {
  const { id, instant, activity, purpose } =
    governed.kind === 'done' ? governed.permit.act : governed.denial.act
  return { id, at: instant, kind, activity, purpose }
}

export const governedView = (desk: Desk, kind: string, governed: Governed<unknown>) => ({
  act: actView(kind, governed),
  ruling: governed.ruling,
  articles: desk.cite(governed.ruling),
  consents: consentsOf(governed.situation),
  receipt: receiptView(governed.receipt, governed.outputs),
})

type Done<T> = Extract<Governed<T>, { readonly kind: 'done' }>
type Refused = Extract<Governed<never>, { readonly kind: 'refused' }>

export const denialView = (desk: Desk, kind: string, governed: Refused): Problem =>
  problem(
    403,
    'denied',
    'Refused',
    'This may not be done now. Every reason is given, and the refusal is on record.',
    {
      decision: 'denial',
      ...governedView(desk, kind, governed),
      reasons: governed.denial.reasons,
    },
  )

export const planView = (desk: Desk, governed: Done<Plan>) => ({
  decision: 'permit' as const,
  ...governedView(desk, 'plan', governed),
  plan: governed.value,
})

export const withdrawalView = (
  desk: Desk,
  governed: Done<readonly RecallRecord[]>,
  purposes: readonly string[] | null,
) => ({
  decision: 'permit' as const,
  ...governedView(desk, 'withdrawal', governed),
  purposes,
  recipients: governed.value.map(({ recipient }) => recipient),
})

export function accountView(from: Case, governed: Done<Account>) {
  const { known, uses, withdrawals, emergencies, afterDeath, more } = governed.value
  return {
    subjectName: from.subject.name,
    act: actView('account', governed),
    receipt: receiptView(governed.receipt, governed.outputs),
    known,
    uses,
    more,
    allowed: consentsOf(governed.situation),
    emergencies: emergencies.map((one) => emergencyView(one, governed.permit.act.instant, null)),
    afterDeath,
    withdrawals: withdrawals.map(({ id, at, purposes }) => ({ act: id, at, purposes })),
  }
}

export const actDetailView = (
  desk: Desk,
  { use, situation, ruling, reasons, plan, withheld, receipt }: ActDetail,
) => ({
  use,
  ruling,
  articles: desk.cite(ruling),
  consents: consentsOf(situation),
  reasons,
  plan,
  withheld,
  receipt: receipt ? receiptView(receipt, new Map()) : null,
})
