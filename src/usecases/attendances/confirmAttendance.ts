import {
  type Agreement,
  type AttendedText,
  awaitedOf,
  type ConsentSignature,
  confirmed,
  isDraft,
  statementOf,
} from '#consent'
import type { Permit } from '#decision'
import { err, type Result } from '#kernel'
import type { ActRequest, ByAccount, Done } from '../act.ts'
import { interestedIn, mayAttend } from '../agreements/attendants.ts'
import type { ConsentOut } from '../agreements/consentOut.ts'
import { stoodBefore } from '../agreements/openDrafts.ts'
import { overrulesAnother } from '../agreements/overrulesAnother.ts'
import {
  askKey,
  checkKey,
  type KeyAsked,
  type KeyRefusal,
  type SealWorld,
  type ToSign,
} from '../agreements/passkeySignature.ts'
import { filesOf, keep } from '../agreements/signedFiles.ts'
import { signingPerson } from '../agreements/signingPerson.ts'
import type { Case } from '../caseFolder.ts'
import { type Governed, govern } from '../govern.ts'
import { ruleInput } from '../houserules/change.ts'
import { inPerson } from '../inPerson.ts'
import type { ActTransaction } from '../ports.ts'
import { recallEndedBy, recallOutputs } from '../recalls/recall.ts'
import { unwindable } from '../unwind.ts'
import type { World } from '../world.ts'
import { type AttendanceCode, refuse } from './refusal.ts'
import { spokenIn } from './showAttendance.ts'
import { type Asked, attendanceRequest, findWaiting, type Waiting } from './waiting.ts'

/** What somebody says of what they were shown, word for word. */
export type Confirming = Pick<AttendedText, 'said' | 'language' | 'spoken'>

/** What a passkey of whoever stood by is asked. No act: nothing of the person is read; what is signed is what was sent. */
export const askAttendance = (
  world: World,
  by: ByAccount,
  asked: Asked,
  confirming: Confirming,
): Promise<Result<KeyAsked, KeyRefusal>> => askKey(world, toSign(by, asked, confirming))

/** Whoever stood by says so with a passkey of their own. What waited for nobody else counts from then on. */
export async function confirmAttendance(
  world: SealWorld & ConsentOut,
  from: Case,
  by: ByAccount,
  asked: Asked,
  { response, ...confirming }: Confirming & { readonly response: unknown },
): Promise<Result<Governed<Agreement>, AttendanceCode>> {
  if (!inPerson('attendance', by).ok) return err('attendance.by-person')
  const signature = await checkKey(world, toSign(by, asked, confirming), response)
  if (!signature.ok) return signature
  const request = attendanceRequest(world, from, by, 'attendance')
  return unwindable(() =>
    govern(world, request, (permit, transaction) =>
      record({ world, from, asked, confirming, signature: signature.value, request }, permit, transaction),
    ),
  )
}

const toSign = (
  { account }: ByAccount,
  { part, agreement: attends }: Asked,
  { said, language, spoken }: Confirming,
): ToSign => ({
  account,
  textWith: (nonce): AttendedText => ({
    ...{ signs: 'habeas.attendance.1', nonce, account, part, attends, said, language, spoken },
    statement: statementOf(part, spoken)[language],
  }),
})

type Given = {
  readonly world: World & ConsentOut
  readonly from: Case
  readonly asked: Asked
  readonly confirming: Confirming
  readonly signature: ConsentSignature
  readonly request: ActRequest
}

/** All is asked once more, of what the transaction sees at the instant of the act. */
async function record(given: Given, permit: Permit, transaction: ActTransaction): Promise<Done<Agreement>> {
  const { world, from, asked, confirming, signature, request } = given
  const { id, instant: at } = permit.act
  const found = await findWaiting(world, transaction, from, asked, at)
  if (!found.ok) return refuse(found.error)
  const { draft, attendant, form, agreements } = found.value
  if (!isOver(found.value, confirming)) refuse('consent.signature-other-words')
  const matter = { subject: from.subject.id, interested: interestedIn(world, form.form), at }
  if (!(await mayAttend(world, asked.account, asked.part, matter))) refuse('attendance.not-impartial')
  const agreement = confirmed(draft.agreement, attendant, { id, at })
  if (!isSignedStill(agreement, from) || overrulesAnother(agreement, agreements)) refuse('attendance.gone')
  if (!(await keep(transaction, agreement, signature))) refuse('attendance.gone')
  if (!(await transaction.recordConfirmation(asked.id, at))) refuse('attendance.gone')
  const former = isDraft(agreement) ? undefined : stoodBefore(agreement, agreements)
  const recalls = await recallEndedBy(world, permit, transaction, request.situation, { agreement, former })
  const files = filesOf(world, { agreement, form: form.form, signature })
  return {
    value: agreement,
    outputs: new Map([...files, ...recallOutputs(recalls)]),
    inputs: { [`${ruleInput}${form.id}`]: form.sha256 },
  }
}

/** What they confirmed is what was signed in their presence. */
const isOver = ({ signature, attendant }: Waiting, { said, spoken }: Confirming): boolean =>
  signature.sha256 === said && spokenIn(attendant.part, signature) === spoken

/** The law and the papers of this day have the last word, as over every signature. */
function isSignedStill(agreement: Agreement, { situation }: Case): boolean {
  const person = signingPerson(situation)
  const awaited = person && awaitedOf(agreement, { person, objections: [] })
  return awaited?.ok === true && awaited.value.every((one) => agreement.awaits?.includes(one))
}
