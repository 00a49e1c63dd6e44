import type { AttendancePart, Statement } from '#consent'
import { draftUntil, statementOf } from '#consent'
import { type Day, err, type Instant, type Result } from '#kernel'
import type { ByAccount } from '../act.ts'
import { narrowed } from '../agreements/asked.ts'
import type { StandingForm } from '../agreements/form.ts'
import type { Case } from '../caseFolder.ts'
import { type Governed, govern } from '../govern.ts'
import { inPerson } from '../inPerson.ts'
import { unwindable } from '../unwind.ts'
import type { World } from '../world.ts'
import { type AttendanceCode, refuse } from './refusal.ts'
import { type Asked, attendanceRequest, findWaiting, type Waiting } from './waiting.ts'

/** What somebody is to confirm: the words of the form and what was said to them, and nothing of who said it. */
export type ShownAttendance = {
  readonly id: string
  readonly part: AttendancePart
  readonly at: Instant
  /** The last day on which it can be confirmed. */
  readonly until: Day
  /** Of the words that were signed. */
  readonly said: string
  readonly form: StandingForm
  readonly choices: readonly { readonly item: string; readonly effect: 'permit' | 'refuse' }[]
  /** Of an interpreter: into which language they put it. */
  readonly spoken: string | null
  readonly statement: Statement
}

/** An act of its own: the person sees that it was looked at, and by whom. */
export async function showAttendance(
  world: World,
  from: Case,
  by: ByAccount,
  asked: Asked,
): Promise<Result<Governed<ShownAttendance>, AttendanceCode>> {
  if (!inPerson('attendance', by).ok) return err('attendance.by-person')
  const request = attendanceRequest(world, from, by, 'attendance-look')
  return unwindable(() =>
    govern(world, request, async ({ act }, transaction) => {
      const waiting = await findWaiting(world, transaction, from, asked, act.instant)
      if (!waiting.ok) return refuse(waiting.error)
      return { value: shown(asked, waiting.value), outputs: new Map(), inputs: {} }
    }),
  )
}

/** Of an agreement of several, what was said in their presence. */
function shown({ id, part, at }: Asked, { draft, signature, form }: Waiting): ShownAttendance {
  const { text, sha256: said } = signature
  const choices = 'choices' in text ? text.choices.map(({ item, effect }) => ({ item, effect })) : []
  const items = form.form.items.filter((item) => choices.some((one) => one.item === item.id))
  const spoken = spokenIn(part, signature)
  return {
    ...{ id, part, at, said, choices, spoken },
    until: draftUntil(draft.agreement),
    form: narrowed(form, items),
    statement: statementOf(part, spoken),
  }
}

export const spokenIn = (part: AttendancePart, { text }: Waiting['signature']): string | null =>
  part === 'interpreter' && 'interpreter' in text ? (text.interpreter?.language ?? null) : null
