import type { PaperKind } from '#access'
import type { Signer } from '#consent'
import { dayOf, err, type Instant, lastDayOf, ok, type Result } from '#kernel'
import type { ActedBy } from '../act.ts'
import type { Case } from '../caseFolder.ts'
import { documentOf } from './papers.ts'

export type StandingRefusal =
  /** A program, or whoever runs the server, signs for nobody. */
  | 'consent.by-person'
  | 'consent.somebody-else'
  /** Nobody has looked at what shows that they act for the person. */
  | 'consent.papers-unknown'
  | 'consent.papers-not-begun'
  | 'consent.papers-ended'

/** In which standing somebody signs: for themself, or on their papers, as of that moment. */
export function signerFor(by: ActedBy, { subject }: Case, at: Instant): Result<Signer, StandingRefusal> {
  if (by.kind !== 'account' || by.through !== null || by.method === 'assertion')
    return err('consent.by-person')
  if (by.relation === 'self')
    return ok({ grantor: 'self', giver: 'subject', relation: 'self', person: subject.id, authority: null })
  if (by.relation !== 'represents') return err('consent.by-person')
  if (by.actingFor !== subject.id) return err('consent.somebody-else')
  if (by.papers === undefined) return err('consent.papers-unknown')
  const { kind, evidence, from, until } = by.papers
  if (at < from) return err('consent.papers-not-begun')
  if (until !== null && until <= at) return err('consent.papers-ended')
  return ok({
    ...standingOf[kind],
    person: by.account,
    authority: {
      document: documentOf(evidence),
      from: dayOf(from),
      until: until && lastDayOf(until),
    },
  })
}

type Standing = Pick<Signer, 'grantor' | 'giver' | 'relation'>
const guardian = { grantor: 'guardian', giver: 'guardian' } as const
const standingOf: Readonly<Record<PaperKind, Standing>> = {
  parent: { ...guardian, relation: 'parent' },
  guardian: { ...guardian, relation: 'guardian' },
  'court-order': { ...guardian, relation: 'guardian' },
  mandate: { grantor: 'agent', giver: 'authorised-agent', relation: 'agent' },
}
