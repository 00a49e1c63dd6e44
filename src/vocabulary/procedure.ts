/** Words of our own for the order of work that a ruling asks for; the contract has none. */

/** In the order in which they come. */
export const stages = ['facts', 'approval', 'information', 'consent', 'act', 'during', 'after'] as const
export type Stage = (typeof stages)[number]

/** Who does a step. Whoever consents is a party of the ruling instead. */
export const doers = ['clinician', 'institution', 'researcher', 'requester'] as const
export type Doer = (typeof doers)[number]

/** To whom a step turns. `consenting`: whoever the ruling says must consent, or the person if nobody must. */
export const addressees = [
  'consenting',
  'person',
  'relatives',
  'head',
  'committee',
  'authority',
  'recipient',
  'institution',
  'public',
  'file',
] as const
export type Addressee = (typeof addressees)[number]

/** What a step leaves on paper. */
export const papers = [
  'care-information',
  'privacy-notice',
  'research-information',
  'family-information',
  'consent-form',
  'approval',
  'filing',
  'assessment',
  'contract',
  'entry',
  'report',
  'answer',
  'copy',
  'proof',
] as const
export type Paper = (typeof papers)[number]

/** From which day a term runs. */
export const termStarts = [
  'act',
  'approval',
  'request',
  'discovery',
  'collection',
  'contract',
  'end',
] as const
export type TermStart = (typeof termStarts)[number]

export const stepStates = ['done', 'open', 'unknown', 'not-possible'] as const
export type StepState = (typeof stepStates)[number]
