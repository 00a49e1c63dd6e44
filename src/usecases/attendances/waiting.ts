import type { AccountId } from '#access'
import { type Attendant, type ConsentSignature, draftDays, isAwaited, type RecordedAgreement } from '#consent'
import { addDays, dayOf, err, type Instant, ok, type Result, type SubjectId } from '#kernel'
import type { ActRequest, ByAccount } from '../act.ts'
import { agreementsOf } from '../agreements/agreementsOf.ts'
import { formsAmong, type StandingForm } from '../agreements/form.ts'
import { openDrafts } from '../agreements/openDrafts.ts'
import type { Case } from '../caseFolder.ts'
import { deathOf } from '../deathOf.ts'
import { ownSituation } from '../ownLook.ts'
import type { ActTransaction, StoredAttendance } from '../ports.ts'
import type { World } from '../world.ts'

export type Asked = StoredAttendance & { readonly subject: SubjectId }

/** What somebody is to confirm, as this act sees it. */
export type Waiting = {
  readonly draft: RecordedAgreement
  readonly attendant: Attendant
  /** How it was signed in their presence. */
  readonly signature: ConsentSignature
  /** With the choices that whoever signed was asked, and no others. */
  readonly form: StandingForm
  readonly agreements: readonly RecordedAgreement[]
}

/** What of their own is still to be confirmed by an account; whether it waits still, a look says. */
export async function listAttendances(
  { store, clock }: World,
  account: AccountId,
): Promise<readonly Asked[]> {
  const today = dayOf(clock.now())
  const asked = await store.listAttendancesOf(account)
  return asked.filter((one) => one.confirmedAt === null && addDays(dayOf(one.at), draftDays) >= today)
}

/**
 * Whoever stood by looks at what they are to confirm, and confirms it, for the person whose signature it is: at who it is and what was
 * said, and at nothing else.
 */
export function attendanceRequest(world: World, from: Case, by: ByAccount, kind: string): ActRequest {
  return {
    kind,
    subject: from.subject.id,
    actor: by.name,
    by,
    situation: {
      ...ownSituation(world, from, 'access-own'),
      data: { categories: ['identity'], identifiability: 'identified', persons: 1 },
    },
    under: 'attendance',
    death: deathOf(from),
    hold: kind === 'attendance' ? 'alone' : 'shared',
    needs: [],
    inputs: {},
  }
}

/** What it is, if it waits still: in words that stand, on papers that do, and withdrawn by nobody. */
export async function findWaiting(
  world: World,
  transaction: ActTransaction,
  from: Case,
  { id, agreement, part, account }: StoredAttendance,
  at: Instant,
): Promise<Result<Waiting, 'attendance.gone'>> {
  const gone = err('attendance.gone' as const)
  const asked = (await transaction.listAttendances()).find((one) => one.id === id)
  if (asked === undefined || asked.confirmedAt !== null) return gone
  const agreements = await agreementsOf(transaction, from)
  const rules = world.house === null ? [] : await transaction.listHouseRules(world.house)
  const forms = formsAmong(rules, from.situation)
  const isThis = (one: Attendant) =>
    one.attends === agreement && one.part === part && one.person === account && isAwaited(one)
  for (const draft of await openDrafts(world, agreements, forms, at)) {
    const attendant = draft.agreement.attendants?.find(isThis)
    if (attendant === undefined || isAgainstTheirWill(draft, from)) continue
    const form = forms.find(({ sha256 }) => sha256 === draft.agreement.read.formSha256)!
    const signed = (await transaction.listSignatures()).find((one) => one.agreement === agreement)
    return signed ? ok({ draft, attendant, signature: signed.signature, form, agreements }) : gone
  }
  return gone
}

/** What somebody else signed for them does not go on over a no that they said since. */
const isAgainstTheirWill = ({ agreement }: RecordedAgreement, { situation }: Case): boolean =>
  agreement.signer.grantor !== 'self' && situation.subject?.wishes?.refuses === true
