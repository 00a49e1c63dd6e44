import {
  type Agreement,
  type ConsentSignature,
  flawOfInterpreter,
  isAdult,
  isDraft,
  type PersonFacts,
  type RecordedAgreement,
} from '#consent'
import { canonicalBytes, dayOf, err, expectOk, type Json, type Result, sha256Hex } from '#kernel'
import type { ActedBy, ByAccount } from '../act.ts'
import type { Case } from '../caseFolder.ts'
import { type Governed, govern } from '../govern.ts'
import { ruleInput } from '../houserules/change.ts'
import { ownRequest } from '../ownLook.ts'
import type { ActTransaction } from '../ports.ts'
import { recallEndedBy, recallOutputs } from '../recalls/recall.ts'
import { jsonFile } from '../receipt.ts'
import { unwind, unwindable } from '../unwind.ts'
import type { World } from '../world.ts'
import { agreementsOf } from './agreementsOf.ts'
import { askedOf, narrowed } from './asked.ts'
import type { ConsentOut } from './consentOut.ts'
import { formsAmong, type StandingForm } from './form.ts'
import { hasPasskey, mayBeKeyless, signatureBySession } from './keyless.ts'
import { type Given, makeAgreement, type Signing, type SigningRefusal } from './makeAgreement.ts'
import { overrulesAnother } from './overrulesAnother.ts'
import { signerFor } from './signerFor.ts'
import { signingPerson } from './signingPerson.ts'
import { checkUnable } from './unable.ts'
import { withOthers } from './withOthers.ts'

/** What is given out with the receipt of a signature: what was signed, the form in its very words, both for systems that read FHIR, and how it was signed. */
export const signedFiles = [
  'agreement.json',
  'form.json',
  'consent-r4.json',
  'consent-r5.json',
  'signature.json',
] as const

type Answer = Promise<Result<Governed<Agreement>, SigningRefusal>>

/** The person, or who may for them, says yes or no to each choice of a form; every later act sees it. An act with a receipt. */
export async function signConsent(
  world: World & ConsentOut,
  from: Case,
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
      const agreement = signedBy(form, signing, former, {
        id: permit.act.id,
        at: permit.act.instant,
        subject: from.subject.id,
        organisation: world.house!,
        situation: from.situation,
        signer,
        former: former?.agreement,
        signed: byKey !== undefined,
      })
      checkInterpreter(signing, [from.subject.name, ...(by.kind === 'account' ? [by.name] : [])])
      if (overrulesAnother(agreement, signed)) orUnwind(err('consent.guardians-disagree'))
      const signature = byKey ?? signatureBySession(world, { by: by as ByAccount, from, signer, signing })
      await record(transaction, agreement, signature)
      const recalls = await recallEndedBy(world, permit, transaction, request.situation, {
        agreement,
        // A draft replaces nothing that stands; what it says no to binds at once.
        former: isDraft(agreement) ? undefined : former?.agreement,
      })
      const out = (version: 'R4' | 'R5') =>
        world.consentOut({ agreement, events: [] }, version, dayOf(agreement.signedAt))
      return {
        value: agreement,
        outputs: new Map([
          [signedFiles[0], jsonFile(agreement)],
          [signedFiles[1], jsonFile(form.form)],
          [signedFiles[2], jsonFile(out('R4'))],
          [signedFiles[3], jsonFile(out('R5'))],
          [signedFiles[4], jsonFile(signature)],
          ...recallOutputs(recalls),
        ]),
        inputs: { [`${ruleInput}${form.id}`]: form.sha256 },
      }
    }),
  )
}

function checkInterpreter({ interpreter }: Signing, names: readonly string[]): void {
  const flaw = interpreter && flawOfInterpreter(interpreter, names)
  if (flaw) orUnwind(err(`consent.${flaw}` as const))
}

/** Whoever may not sign by the law leaves nothing behind; nor does one of whom that cannot be told. */
function signedBy(
  form: StandingForm,
  signing: Signing,
  former: RecordedAgreement | undefined,
  given: Given,
): Agreement {
  const person = signingPerson(given.situation) ?? orUnwind<PersonFacts>(err('consent.age-unknown'))
  // That somebody cannot decide must be known before another decides for them; a child is one by its age.
  if (given.signer.grantor !== 'self' && person.capacity === null && isAdult(person, dayOf(given.at)))
    orUnwind(err('consent.capacity-unknown'))
  const { items } = askedOf(form, given, person)
  orUnwind(checkUnable(signing, person, dayOf(given.at)))
  const made = orUnwind(makeAgreement(narrowed(form, items), signing, given))
  const agreement = withOthers(made, former, person)
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

async function record(
  transaction: ActTransaction,
  agreement: Agreement,
  signature: ConsentSignature,
): Promise<void> {
  const sha256 = sha256Hex(expectOk(canonicalBytes(agreement as unknown as Json)))
  const isFirst = await transaction.recordAgreement({ agreement, sha256 }, signature)
  if (!isFirst) orUnwind(err('consent.superseded'))
}

/** All unwinding of a signature goes through here, so its codes are those of its refusals. */
const orUnwind = <T>(result: Result<T, SigningRefusal>): T =>
  result.ok ? result.value : unwind(result.error)
