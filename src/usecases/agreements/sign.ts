import type { AccountId } from '#access'
import {
  type Agreement,
  type Attendant,
  attended,
  type ConsentSignature,
  flawOfInterpreter,
  isAdult,
  isDraft,
  type PersonFacts,
  type RecordedAgreement,
} from '#consent'
import { dayOf, err, type Result } from '#kernel'
import type { ActedBy, ByAccount } from '../act.ts'
import type { Case } from '../caseFolder.ts'
import { type Governed, govern } from '../govern.ts'
import { ruleInput } from '../houserules/change.ts'
import { ownRequest } from '../ownLook.ts'
import type { ActTransaction } from '../ports.ts'
import { recallEndedBy, recallOutputs } from '../recalls/recall.ts'
import { unwind, unwindable } from '../unwind.ts'
import type { World } from '../world.ts'
import { agreementsOf } from './agreementsOf.ts'
import { askedOf, narrowed } from './asked.ts'
import { attendantsOf } from './attendants.ts'
import type { ConsentOut } from './consentOut.ts'
import { formsAmong, type StandingForm } from './form.ts'
import { hasPasskey, mayBeKeyless, signatureBySession } from './keyless.ts'
import { type Given, makeAgreement, type Signing, type SigningRefusal } from './makeAgreement.ts'
import { openDrafts, stoodBefore } from './openDrafts.ts'
import { overrulesAnother } from './overrulesAnother.ts'
import { filesOf, keep } from './signedFiles.ts'
import { signerFor } from './signerFor.ts'
import { signingPerson } from './signingPerson.ts'
import { checkUnable } from './unable.ts'
import { withOthers } from './withOthers.ts'

/** A case, as the server names it too: so that whoever stands by a signature can be led to it. */
export type SignedCase = Case & { readonly caseId: string }

type Answer = Promise<Result<Governed<Agreement>, SigningRefusal>>

/** The person, or who may for them, says yes or no to each choice of a form; every later act sees it. An act with a receipt. */
export async function signConsent(
  world: World & ConsentOut,
  from: SignedCase,
  by: ActedBy,
  signing: Signing,
  byKey?: ConsentSignature,
): Answer {
  const standing = signerFor(by, from, world.clock.now())
  if (!standing.ok) return standing
  const request = { ...ownRequest(world, from, by, 'consent'), hold: 'alone' as const, needs: [] }
  const hasKey = byKey === undefined && (await hasPasskey(world, by))
  return unwindable(() =>
    govern(world, request, async (permit, transaction) => {
      // Papers may have ended while this act waited for its turn.
      const signer = orUnwind(signerFor(by, from, permit.act.instant))
      const form = await findForm(world, transaction, from, signing)
      if (byKey === undefined) orUnwind(mayBeKeyless(world, from, form, signing, hasKey))
      const signed = await agreementsOf(transaction, from)
      const former = formerOf(signed, signing)
      const { id, instant: at } = permit.act
      const subject = from.subject.id
      const attendants = orUnwind(await attendantsOf(world, { by, subject, form, signing, id, at }))
      const [open] = await openDrafts(world, former ? [former] : [], [form], at)
      const { situation } = from
      const agreement = signedBy(
        form,
        signing,
        { open, attendants },
        {
          ...{ id, at, subject, situation, signer },
          organisation: world.house!,
          former: former?.agreement,
          signed: byKey !== undefined,
        },
      )
      checkInterpreter(signing, [from.subject.name, ...(by.kind === 'account' ? [by.name] : [])])
      if (overrulesAnother(agreement, signed)) orUnwind(err('consent.guardians-disagree'))
      const signature = byKey ?? signatureBySession(world, { by: by as ByAccount, from, signer, signing })
      if (!(await keep(transaction, agreement, signature))) orUnwind(err('consent.superseded'))
      await askAttendants(world, transaction, from, agreement)
      const recalls = await recallEndedBy(world, permit, transaction, request.situation, {
        agreement,
        // A draft replaces nothing that stands; what it says no to binds at once.
        former: isDraft(agreement) ? undefined : stoodBefore(agreement, signed),
      })
      const files = filesOf(world, { agreement, form: form.form, signature })
      return {
        value: agreement,
        outputs: new Map([...files, ...recallOutputs(recalls)]),
        inputs: { [`${ruleInput}${form.id}`]: form.sha256 },
      }
    }),
  )
}

/** Each of them is told that something waits for them: of what is signed here, not of what was signed before. */
async function askAttendants(
  { chance }: World,
  transaction: ActTransaction,
  { caseId }: SignedCase,
  { id: agreement, signedAt: at, attendants = [] }: Agreement,
): Promise<void> {
  for (const { part, person, attends } of attendants)
    if (attends === agreement)
      await transaction.recordAttendance({
        ...{ id: chance.id(), at, part, agreement, caseId },
        account: person as AccountId,
      })
}

function checkInterpreter({ interpreter }: Signing, names: readonly string[]): void {
  const flaw = interpreter && flawOfInterpreter(interpreter, names)
  if (flaw) orUnwind(err(`consent.${flaw}` as const))
}

/** The draft that it may join, and who stands by. */
type Beside = {
  readonly open: RecordedAgreement | undefined
  readonly attendants: readonly Attendant[]
}

/** Whoever may not sign by the law leaves nothing behind; nor does one of whom that cannot be told. */
function signedBy(
  form: StandingForm,
  signing: Signing,
  { open, attendants }: Beside,
  given: Given,
): Agreement {
  const person = signingPerson(given.situation) ?? orUnwind<PersonFacts>(err('consent.age-unknown'))
  // That somebody cannot decide must be known before another decides for them; a child is one by its age.
  if (given.signer.grantor !== 'self' && person.capacity === null && isAdult(person, dayOf(given.at)))
    orUnwind(err('consent.capacity-unknown'))
  const { items } = askedOf(form, given, person)
  orUnwind(checkUnable(signing, person, dayOf(given.at)))
  const made = orUnwind(makeAgreement(narrowed(form, items), signing, given))
  const agreement = withOthers(attended(made, attendants), open, person)
  return agreement.ok ? agreement.value : orUnwind(err(`consent.signer.${agreement.error}` as const))
}

async function findForm(
  { house }: World,
  transaction: ActTransaction,
  { situation }: Case,
  { form, formSha256 }: Signing,
): Promise<StandingForm> {
  const rules = house === null ? [] : await transaction.listHouseRules(house)
  const found = formsAmong(rules, situation).find(({ id, sha256 }) => id === form && sha256 === formSha256)
  return found ?? orUnwind(err('consent.form'))
}

/** One chain for a form: who signs it again says so. */
function formerOf(
  signed: readonly RecordedAgreement[],
  { form, supersedes }: Signing,
): RecordedAgreement | undefined {
  const replaced = new Set(signed.map(({ agreement }) => agreement.supersedes))
  const newest = signed.filter(({ agreement }) => !replaced.has(agreement.id))
  const former = newest.find(({ agreement }) => agreement.id === supersedes && agreement.read.form === form)
  if (supersedes !== null && former === undefined) orUnwind(err('consent.superseded'))
  if (supersedes === null && newest.some(({ agreement }) => agreement.read.form === form))
    orUnwind(err('consent.superseded'))
  return former
}

/** All unwinding of a signature goes through here, so its codes are those of its refusals. */
const orUnwind = <T>(result: Result<T, SigningRefusal>): T =>
  result.ok ? result.value : unwind(result.error)
