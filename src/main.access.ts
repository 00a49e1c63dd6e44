import { authorize, type Capacity, isOpen, mayEver, operationsFor, type Policies } from '#access'
import type { Desk } from '#http'
import type { ActedBy, Caller, Clock, OrganisationId, Store } from '#usecases'

/** Every case of a server belongs to one organisation; whose care somebody is in is asked each time. */
export function accessOf(
  policies: Policies,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  organisation: OrganisationId | null,
): Desk['access'] {
  return {
    isOpen,
    mayEver: (caller, operation) => mayEver(caller, operation, clock.now()),
    operationsFor: (caller) => operationsFor(caller, clock.now()),
    async authorize(caller, operation, { subject: { id: subject } }) {
      if (caller.kind === 'nobody') return undefined
      // What an application was let see is one person's.
      if (caller.app && caller.app.subject !== subject) return undefined
      const care = await store.door.open((door) => door.listCare(subject))
      const target = { kind: 'person', subject, organisation, care } as const
      const capacity = authorize(policies, caller, operation, target, clock.now())
      return capacity && actedBy(caller, capacity)
    },
  }
}

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
