import { authorize, type Capacity, type Care, type Policies } from '#access'
import type { AskedAhead, Desk } from '#http'
import { ok, type SubjectId } from '#kernel'
import type { ActedBy, Caller, Clock, Store } from '#usecases'
import type { ServedCases } from './main.cases.ts'

type Parts = {
  readonly policies: Policies
  readonly store: Store
  readonly clock: Clock
  readonly cases: ServedCases
}

/**
 * A case, and in which capacity the one who asks may do what they ask with it. Every case of a server belongs to one organisation;
 * in whose care somebody is, is asked each time, ahead: of the person whose case it was when it was last read, and once more if it
 * is somebody else's by now. Its file is opened ahead too, and nothing of it is read before it is known who asks.
 */
export function findCaseAmong({ policies, store, clock, cases }: Parts): Pick<Desk, 'askAhead' | 'findCase'> {
  const lastSubjects = new Map<string, SubjectId>()
  const askAhead = (id: string): AskedAhead | undefined => {
    const subject = lastSubjects.get(id)
    if (subject === undefined) return undefined
    const care = careFor(store, subject)
    care.catch(() => undefined)
    const opened = cases.open(id)
    return { subject, care, read: opened?.read, letGo: () => opened?.letGo() }
  }
  const findCase: Desk['findCase'] = async (caller, operation, id, ahead) => {
    if (caller.kind === 'nobody') return undefined
    const from = await (ahead?.read?.() ?? cases.read(id))
    if (from === undefined || !from.ok) return from
    const { id: subject } = from.value.value.subject
    lastSubjects.set(id, subject)
    // What an application was let see is one person's.
    if (caller.app && caller.app.subject !== subject) return undefined
    const care = await (ahead?.subject === subject ? ahead.care : careFor(store, subject))
    const target = { kind: 'person', subject, organisation: cases.organisation, care } as const
    const capacity = authorize(policies, caller, operation, target, clock.now())
    return capacity && ok({ from: from.value, by: actedBy(caller, capacity) })
  }
  return { askAhead, findCase }
}

const careFor = (store: Store, subject: SubjectId): Promise<readonly Care[]> =>
  store.door.look((door) => door.listCare(subject))

const actedBy = (
  { account, name, method, app }: Extract<Caller, { kind: 'account' }>,
  capacity: Capacity,
): ActedBy => ({
  kind: 'account',
  account,
  name,
  method,
  ...capacity,
  through: app ? { client: app.client, name: app.name } : null,
})
