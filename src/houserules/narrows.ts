import type { Content, ContentOf } from './content.ts'

const within = <T>(some: readonly T[], all: readonly T[]): boolean => some.every((one) => all.includes(one))

/**
 * Does a rule in the place of another allow nothing that the other did not? Only then one steward is enough. What a form says, and where
 * somebody is reached, is never compared, and whatever cannot be compared widens.
 */
export function narrows(next: Content, former: Content | undefined): boolean {
  if (next.kind === 'assessment' && next.outcome === 'refused')
    return former === undefined || isAbout(next, former)
  if (former === undefined) return false
  switch (next.kind) {
    case 'purpose':
      return former.kind === 'purpose' && next.purpose === former.purpose && fewer(next, former)
    case 'recipient':
      return former.kind === 'recipient' && isSameRecipient(next, former)
    case 'retention':
      return former.kind === 'retention' && isSooner(next, former)
    case 'assessment':
      return former.kind === 'assessment' && isStricter(next, former)
    case 'form':
    case 'contact':
      return false
  }
}

const fewer = (next: ContentOf<'purpose'>, former: ContentOf<'purpose'>): boolean =>
  within(next.activities, former.activities) && within(next.categories, former.categories)

const isSameRecipient = (next: ContentOf<'recipient'>, former: ContentOf<'recipient'>): boolean =>
  next.id === former.id &&
  next.name === former.name &&
  next.party === former.party &&
  next.country === former.country &&
  within(next.purposes, former.purposes) &&
  within(next.categories, former.categories)

/** Data that was to be erased must not come to be kept locked instead. */
const isSooner = (next: ContentOf<'retention'>, former: ContentOf<'retention'>): boolean =>
  next.category === former.category &&
  next.months <= former.months &&
  (next.after === former.after || next.after === 'erase')

/** In the place of a finding against it, one against less would widen. */
const isAbout = (next: ContentOf<'assessment'>, former: Content): boolean =>
  former.kind === 'assessment' &&
  former.assessment === next.assessment &&
  within(former.purposes, next.purposes) &&
  within(former.categories, next.categories)

const isStricter = (next: ContentOf<'assessment'>, former: ContentOf<'assessment'>): boolean =>
  next.assessment === former.assessment &&
  within(next.purposes, former.purposes) &&
  within(next.categories, former.categories) &&
  former.outcome === 'granted' &&
  next.on >= former.on &&
  next.until <= former.until &&
  next.report === former.report
