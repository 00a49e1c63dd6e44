import Type, { type Static } from 'typebox'
import { type AgreementEvent, reconsentTriggers } from '#consent'
import type { Instant } from '#kernel'

const orNull = <Item extends Parameters<typeof Type.Array>[0]>(item: Item) => Type.Union([Type.Null(), item])
const Id = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$' })

/** An event with all members that any kind of it has. */
export const EventShape = Type.Object({
  at: Type.Unsafe<Instant>(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' })),
  kind: Type.Enum(['paused', 'resumed', 'superseded', 'withdrawn']),
  because: orNull(Type.Enum([...reconsentTriggers, 'asked', 'capacity-regained', 'death'])),
  by: orNull(Id),
  /** All of it, and not these items only. */
  whole: orNull(Type.Boolean()),
  items: Type.Array(Id, { maxItems: 1000 }),
})
type EventMembers = Static<typeof EventShape>

export const eventMember = (event: AgreementEvent): EventMembers => ({
  at: event.at,
  kind: event.kind,
  because: event.kind === 'paused' ? event.because : null,
  by: event.kind === 'superseded' ? event.by : null,
  whole: event.kind === 'withdrawn' ? event.items === null : null,
  items: event.kind === 'withdrawn' ? [...(event.items ?? [])] : [],
})

/** Undefined: its members are not those of its kind. */
export function eventOf(members: EventMembers): AgreementEvent | undefined {
  const event = unchecked(members)
  return event && JSON.stringify(eventMember(event)) === JSON.stringify(members) ? event : undefined
}

function unchecked({ at, kind, because, by, whole, items }: EventMembers): AgreementEvent | undefined {
  switch (kind) {
    case 'paused':
      return because === null ? undefined : { at, kind, because }
    case 'resumed':
      return { at, kind }
    case 'superseded':
      return by === null ? undefined : { at, kind, by }
    case 'withdrawn':
      return whole === null ? undefined : { at, kind, items: whole ? null : items }
  }
}
