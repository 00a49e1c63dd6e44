import type { AccountId } from '#access'
import { type AttendancePart, type Attendant, checkHindrance } from '#consent'
import { err, type Instant, ok, type Result, type SubjectId } from '#kernel'
import type { ActedBy } from '../act.ts'
import type { World } from '../world.ts'
import type { Form, StandingForm } from './form.ts'
import { isImpartial } from './impartial.ts'
import type { AttendanceRefusal, Signing } from './makeAgreement.ts'

type Named = { readonly part: AttendancePart; readonly name: string }
type Asked = {
  readonly by: ActedBy
  readonly subject: SubjectId
  readonly form: StandingForm
  readonly signing: Signing
  /** The act that signs it. */
  readonly id: string
  readonly at: Instant
}

/** Who is to stand by what is signed here, by their own account; a no needs nobody. */
export async function attendantsOf(
  world: World,
  asked: Asked,
): Promise<Result<readonly Attendant[], AttendanceRefusal>> {
  const { signing, form } = asked
  const reason = checkHindrance(signing.hindrance)
  if (!reason.ok) return err(`consent.${reason.error}` as const)
  if (signing.choices.every(({ effect }) => effect === 'refuse')) return ok([])
  const named = namedIn(signing, form.form)
  if (!named.ok) return named
  const found: Attendant[] = []
  for (const one of named.value) {
    const attendant = await find(world, asked, one)
    if (!attendant.ok) return attendant
    found.push(attendant.value)
  }
  const isOne = found.length === 2 && found[0]!.person === found[1]!.person
  return isOne ? err('consent.attendants-same') : ok(found)
}

function namedIn(
  { witness, hindrance, interpreter }: Signing,
  { attendance }: Form,
): Result<readonly Named[], AttendanceRefusal> {
  if (witness === undefined && (hindrance !== undefined || attendance?.witness === true))
    return err('consent.witness-needed')
  if (interpreter && interpreter.account === undefined && attendance?.interpreter === 'confirmed')
    return err('consent.interpreter-to-confirm')
  const named = { witness, interpreter: interpreter?.account }
  return ok(
    (['witness', 'interpreter'] as const).flatMap((part) =>
      named[part] === undefined ? [] : [{ part, name: named[part] }],
    ),
  )
}

async function find(
  world: World,
  { by, subject, form, id, at }: Asked,
  { part, name }: Named,
): Promise<Result<Attendant, AttendanceRefusal>> {
  const { door } = world.store
  const account = await door.look((look) => look.findAccount({ signInName: name.trim().toLowerCase() }))
  if (account === undefined) return err(`consent.${part}-not-possible` as const)
  if (by.kind === 'account' && by.account === account.id) return err(`consent.${part}-self` as const)
  const may = await mayAttend(world, account.id, part, {
    subject,
    interested: interestedIn(world, form.form),
    at,
  })
  if (!may) return err(`consent.${part}-not-possible` as const)
  return ok({ part, person: account.id, attends: id })
}

/** The hospital whose form it is, and whoever a choice of it names. */
export const interestedIn = ({ house }: Pick<World, 'house'>, { items }: Form): readonly string[] => [
  ...(house === null ? [] : [house]),
  ...items.flatMap(({ recipients }) => recipients),
]

/** Whether this account can sign in with a passkey and stand by it, as of that instant. */
export async function mayAttend(
  { store }: World,
  account: AccountId,
  part: AttendancePart,
  matter: Parameters<typeof isImpartial>[2],
): Promise<boolean> {
  const [found, passkeys, care] = await store.door.look((look) =>
    Promise.all([
      look.findAccount({ id: account }),
      look.listPasskeys(account),
      look.listCare(matter.subject),
    ]),
  )
  if (found === undefined || found.disabledAt !== null || passkeys.length === 0) return false
  const own = care.filter((one) => one.account === account)
  return isImpartial(part, { holdings: found.holdings, care: own }, matter)
}
