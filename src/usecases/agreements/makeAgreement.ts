import {
  type Agreement,
  anyRelative,
  areNamed,
  type Hindrance,
  type Interpreter,
  type InterpreterFlaw,
  interpreterKey,
  type NamedRelative,
  type Party,
  relativeKey,
  type Signer,
  type SigningFlaw,
} from '#consent'
import { afterDeathItem, type FormItem, isOfRelativesAfterDeath } from '#houserules'
import { dayOf, err, type Instant, ok, type Result, type SubjectId } from '#kernel'
import type { Situation } from '#law'
import type { Form, StandingForm } from './form.ts'
import type { StandingRefusal } from './signerFor.ts'
import type { Unable } from './unable.ts'

/** What somebody says of each choice of a form, and how they answered its question, try by try. */
export type Signing = {
  readonly form: string
  readonly formSha256: string
  readonly language: 'en' | 'zh'
  readonly choices: readonly {
    readonly item: string
    readonly effect: 'permit' | 'refuse'
    readonly answers: readonly number[]
    /** Who of their relatives may look after their death; left out, or none: all near relatives. Of such a yes only. */
    readonly named?: readonly NamedRelative[] | undefined
  }[]
  /** Whether what is allowed goes on after their death; of a form that asks it, from whoever signs for themself. */
  readonly afterDeath?:
    | { readonly says: 'as-before' | 'stop'; readonly answers: readonly number[] }
    | undefined
  /** “Who could then see what” was shown before. */
  readonly previewShown: boolean
  /** The agreement whose place it takes. */
  readonly supersedes: string | null
  /** What the person said of it beside whoever signs for them; left out: they were not asked. */
  readonly voice?: Voice['said'] | undefined
  /** Why they could not be asked; with the voice `not-able`, and with no other. */
  readonly unable?: Unable | undefined
  /** Who interpreted for whoever signs; left out: nobody. */
  readonly interpreter?: Interpreter
  /** What keeps whoever signs from reading or writing it alone; then there is a witness. */
  readonly hindrance?: Hindrance
  /** The name with which their witness signs in. */
  readonly witness?: string
}
type Voice = NonNullable<Agreement['voice']>

/** Who is to stand by a signature cannot, or nobody is named where somebody must be. */
export type AttendanceRefusal =
  /** The form says so, or who signs cannot read or write it alone, and no witness is named. */
  | 'consent.witness-needed'
  /** No account of this name, or none that could: why is not said, because it is about somebody else. */
  | 'consent.witness-not-possible'
  | 'consent.witness-self'
  /** The form wants an interpreter who confirms it. */
  | 'consent.interpreter-to-confirm'
  | 'consent.interpreter-not-possible'
  | 'consent.interpreter-self'
  /** Who interprets cannot be the witness of their own words. */
  | 'consent.attendants-same'
  | 'consent.hindrance-reason'

export type SigningRefusal =
  | StandingRefusal
  /** The law wants this yes in writing, and whoever signs has only signed in. */
  | 'consent.passkey-needed'
  /** Whoever has a passkey says yes with it: an open session alone is not they. */
  | 'consent.passkey-there'
  /** Not a form that stands here with these very words. */
  | 'consent.form'
  /** Not each choice of the form once. */
  | 'consent.choices'
  /** A relative is named by no name, or where none can be named. */
  | 'consent.relatives-named'
  /** Allowed, but what it means was not understood. */
  | 'consent.not-understood'
  | 'consent.no-preview'
  /** What it would replace is not the newest of its form. */
  | 'consent.superseded'
  /** Somebody else said no to what they allow: it stands until whoever said it, or the person, says otherwise. */
  | 'consent.guardians-disagree'
  /** Why the person could not be asked is not said, or cannot be so. */
  | 'consent.voice-reason'
  /** Nobody whom one could ask is named, or it is whoever signs, or whom it is about. */
  | `consent.${InterpreterFlaw}`
  | AttendanceRefusal
  | 'consent.age-unknown'
  | 'consent.capacity-unknown'
  /** Why the law does not let them: the first that `checkSigning` names. */
  | `consent.signer.${SigningFlaw['code']}`

export type Given = {
  readonly id: string
  readonly at: Instant
  readonly subject: SubjectId
  /** Whose form it is. */
  readonly organisation: string
  readonly situation: Situation
  readonly signer: Signer
  readonly former: Pick<Agreement, 'version'> | undefined
  /** The signature was made with a key that only they have. */
  readonly signed: boolean
}

/** What is signed, from the form and what was said of it; nothing is agreed to that was not chosen and understood. */
export function makeAgreement(
  { id: form, sha256, form: content }: StandingForm,
  signing: Signing,
  given: Given,
): Result<Agreement, SigningRefusal> {
  const { choices } = signing
  if (!isEachOnce(content, choices) || asksAfterDeath(content, given) !== (signing.afterDeath !== undefined))
    return err('consent.choices')
  if (!choices.every((one) => isRightlyNamed(content, one))) return err('consent.relatives-named')
  if (!signing.previewShown) return err('consent.no-preview')
  const understanding = [
    ...content.items.flatMap((item) => understandingOf(item, signing)),
    ...understandingAfterDeath(content, signing),
  ]
  const understood = understanding.flatMap(({ item, understood }) => (understood ? [item] : []))
  if (choices.some(({ item, effect }) => effect === 'permit' && !understood.includes(item)))
    return err('consent.not-understood')
  if (signing.afterDeath?.says === 'as-before' && !understood.includes(afterDeathItem))
    return err('consent.not-understood')
  const told = content.sections.map(({ element }) => element)
  return ok({
    ...identityOf(signing, given),
    signer: given.signer,
    ...nobodyElse,
    interpreter: signing.interpreter === undefined ? null : interpreterKey(signing.interpreter),
    ...(signing.hindrance && { hindrance: signing.hindrance }),
    voice: voiceOf(signing, given),
    // Each choice is given for itself.
    forms: [...(given.signed ? signedWriting : []), 'electronic', 'explicit', 'separate'],
    read: { form, formSha256: sha256, medium: 'screen', told, understanding, previewShown: true },
    base: 'refuse',
    provisions: content.items.map((item) => provisionOf(item, signing, given)),
    ...notAsked,
    afterDeath: signing.afterDeath?.says ?? 'not-asked',
  })
}

/** A data message that shows and keeps its content is writing where a signature shows whose it is (`keyNeeded.ts`). */
const signedWriting = ['written', 'signed'] as const

const isEachOnce = ({ items }: Form, choices: Signing['choices']): boolean =>
  choices.length === items.length &&
  items.every(({ id }) => choices.filter(({ item }) => item === id).length === 1)

/** What becomes of it after death nobody says for somebody else. */
export const asksAfterDeath = ({ afterDeath }: Form, { signer }: Pick<Given, 'signer'>): boolean =>
  afterDeath !== undefined && signer.grantor === 'self'

function isRightlyNamed({ items }: Form, { item, effect, named }: Signing['choices'][number]): boolean {
  if (named === undefined || named.length === 0) return true
  const asked = items.find(({ id }) => id === item)
  return asked !== undefined && effect === 'permit' && isOfRelativesAfterDeath(asked) && areNamed(named)
}

/** Whoever refuses need not show that they understood. */
const understandingOf = ({ id, question }: FormItem, { choices }: Signing) =>
  answeredTo(id, question, choices.find(({ item }) => item === id)?.answers)

const understandingAfterDeath = ({ afterDeath: asked }: Form, { afterDeath }: Signing) =>
  asked === undefined ? [] : answeredTo(afterDeathItem, asked.question, afterDeath?.answers)

function answeredTo(
  id: string,
  question: FormItem['question'],
  answers: readonly number[] = [],
): Agreement['read']['understanding'] {
  if (answers.length === 0) return []
  const understood = answers.at(-1) === question.right
  return [{ item: id, attempts: answers.length, understood, explainedAgain: answers.length > 1 }]
}

/** Who is not named gets nothing: an item without recipients is for the hospital alone. */
function provisionOf(
  item: FormItem,
  { choices }: Signing,
  { organisation }: Given,
): Agreement['provisions'][number] {
  const { id, purposes, activities, categories, recipients } = item
  const said = choices.find((one) => one.item === id)
  const effect = said?.effect ?? 'refuse'
  const named = recipients.length > 0 ? recipients : [organisation]
  return {
    ...{ effect, item: id, purposes, activities, categories },
    parties: isOfRelativesAfterDeath(item)
      ? relativesIn(effect, said?.named)
      : named.map((party) => ({ kind: 'organisation', id: party })),
    ...{ dataFrom: null, dataUntil: null, from: null, until: null },
    ...{ minimumCohort: null, obligations: [], within: [] },
  }
}

/** A no is to any relative, named or not. */
function relativesIn(effect: 'permit' | 'refuse', named: readonly NamedRelative[] = []): Party[] | null {
  if (effect === 'refuse') return null
  return named.length === 0
    ? [anyRelative]
    : [...new Set(named.map(relativeKey))].map((id) => ({ kind: 'person', id }))
}

const identityOf = ({ language, supersedes }: Signing, { id, at, subject, situation, former }: Given) => ({
  id,
  version: (former?.version ?? 0) + 1,
  supersedes,
  subject,
  jurisdictions: [...situation.jurisdictions],
  language,
  from: dayOf(at),
  until: null,
  signedAt: at,
})

/** Whoever signs for themself has said it already. */
const voiceOf = ({ voice, unable }: Signing, { signer, at }: Given): Agreement['voice'] =>
  voice === undefined || signer.grantor === 'self' ? null : { said: voice, heardOn: dayOf(at), ...unable }

const nobodyElse = { coSigners: [], witness: null }

const notAsked = {
  findings: [],
  recontact: false,
  family: { tellRelatives: 'not-asked' },
  emergency: { allowed: false, minutes: 1 },
  reconsentOn: ['form', 'purpose', 'law', 'majority'],
  review: null,
  visas: [],
} satisfies Partial<Agreement>
