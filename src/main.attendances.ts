import type { AttendanceDesk } from '#http'
import { err, ok, type Result } from '#kernel'
import {
  type Asked,
  type AttendanceCode,
  askAttendance,
  type ByAccount,
  type Caller,
  type Case,
  type ConsentOut,
  confirmAttendance,
  listAttendances,
  showAttendance,
  type World,
} from '#usecases'
import { optionsToSign, signatureCheck } from './adapters/passkeys/signature.ts'
import type { ServedCases } from './main.cases.ts'

type Parts = {
  readonly world: () => World & ConsentOut
  readonly origin: string
  readonly cases: ServedCases
}
type Found = { readonly asked: Asked; readonly by: ByAccount }

/** Whoever was named reaches one case by the number that waits for them, and no other. */
export function attendanceDeskFor({ world, origin, cases }: Parts): AttendanceDesk {
  const passkeys = signatureCheck(origin)
  const find = async (caller: Caller, id: string): Promise<Result<Found, AttendanceCode>> => {
    if (caller.kind === 'nobody') return err('attendance.unknown')
    const asked = (await world().store.listAttendancesOf(caller.account)).find((one) => one.id === id)
    return asked === undefined ? err('attendance.unknown') : ok({ asked, by: actedBy(caller, asked) })
  }
  const caseOf = async ({ caseId, subject }: Asked): Promise<Result<Case, AttendanceCode>> => {
    const read = await cases.read(caseId)
    return read?.ok && read.value.value.subject.id === subject ? ok(read.value.value) : err('attendance.gone')
  }
  const found = async (caller: Caller, id: string) => {
    const one = await find(caller, id)
    if (!one.ok) return one
    const from = await caseOf(one.value.asked)
    return from.ok ? ok({ ...one.value, from: from.value }) : from
  }
  return {
    list: async (caller) => (caller.kind === 'nobody' ? [] : listAttendances(world(), caller.account)),
    show: async (caller, id) => {
      const one = await found(caller, id)
      return one.ok ? showAttendance(world(), one.value.from, one.value.by, one.value.asked) : one
    },
    ask: async (caller, id, confirming) => {
      const one = await find(caller, id)
      if (!one.ok) return one
      const key = await askAttendance(world(), one.value.by, one.value.asked, confirming)
      if (!key.ok) return key
      const options = await optionsToSign(origin, key.value.challenge, key.value.passkeys)
      return ok(JSON.parse(JSON.stringify(options)))
    },
    confirm: async (caller, id, confirming, response) => {
      const one = await found(caller, id)
      if (!one.ok) return one
      const { from, by, asked } = one.value
      return confirmAttendance({ ...world(), passkeys }, from, by, asked, { ...confirming, response })
    },
  }
}

/** In no role that they hold, and at no place: the person named them. */
const actedBy = (
  { account, name, method }: Extract<Caller, { kind: 'account' }>,
  { part }: Asked,
): ByAccount => ({
  ...{ kind: 'account', account, name, method, role: part },
  ...{ relation: 'none', organisation: null, actingFor: null, through: null },
})
