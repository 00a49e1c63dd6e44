import { type Payload, parseOpening } from '#evidence'
import { type ActId, FaultError, type Instant, isRecord, type Json, surroundingsFault } from '#kernel'
import type { StoredAct } from './ports.ts'

/** One use of a person's data, in the words of its record. `index` is null while the entry waits for its place. */
export type Use = {
  readonly act: ActId
  readonly kind: string
  readonly outcome: 'permitted' | 'refused'
  readonly at: Instant
  readonly actor: string
  /** Who acted there and in which capacity; null for the operator, and for what was recorded before people signed in. */
  readonly by: UsedBy | null
  readonly activity: string
  readonly purpose: string
  readonly categories: readonly string[]
  readonly index: number | null
}

/** What the act's log entry commits to; an opening that cannot be read is damage, not an empty answer. */
export function payloadOf({ opening }: StoredAct): Payload {
  const parsed = parseOpening(opening)
  if (parsed.ok) return parsed.value.payload
  throw new FaultError(
    surroundingsFault(
      'store.damaged',
      'the database',
      'an opening that cannot be read',
      'the opening of an entry',
    ),
  )
}

export function describeUse(stored: StoredAct, index: number | null): Use {
  const payload = payloadOf(stored)
  return {
    act: stored.id,
    kind: stored.kind,
    outcome: stored.outcome,
    at: stored.at,
    actor: textOf(payload['actor']),
    by: byOf(payload['by']),
    activity: textOf(payload['activity']),
    purpose: textOf(payload['purpose']),
    categories: categoriesOf(stored.situation),
    index,
  }
}

/** Of who acted, what the person may know: the account behind it stays with the hospital. */
export type UsedBy = {
  readonly name: string
  readonly role: string
  readonly relation: string
  readonly organisation: string | null
  /** The application that asked in their name. */
  readonly through: string | null
}

function byOf(value: unknown): UsedBy | null {
  if (!isRecord(value) || value['kind'] !== 'account') return null
  const { name, role, relation, organisation, through } = value
  return {
    name: textOf(name),
    role: textOf(role),
    relation: textOf(relation),
    organisation: typeof organisation === 'string' ? organisation : null,
    through: isRecord(through) ? textOf(through['name']) : null,
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function categoriesOf(situation: Json): readonly string[] {
  const data = isRecord(situation) ? situation['data'] : undefined
  const categories = isRecord(data) ? data['categories'] : undefined
  return Array.isArray(categories) ? categories.map(String) : []
}
