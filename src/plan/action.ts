/** Section 1 of actions.md: the closed vocabulary with its protective order. Ranks are data; a higher one wins. */
export const actionRanks = {
  contraindicated: 100,
  avoid: 90,
  alternative: 85,
  'duplicate-therapy': 80,
  'stop-or-switch-interacting': 75,
  'test-first': 70,
  'insufficient-data': 65,
  'reduce-dose': 50,
  'start-low': 45,
  'increase-dose': 30,
  monitor: 20,
  standard: 10,
  'no-guidance': 5,
} as const

export type Action = keyof typeof actionRanks
export const isAction = (code: string): code is Action => Object.hasOwn(actionRanks, code)
export const rankOf = (action: Action): number => actionRanks[action]

/** From this rank on a finding protects: it blocks a dose increase, and a merely possible phenotype may carry it. */
export const protectiveFrom = 45
/** From this rank on the drug is not to be chosen. */
export const refusingFrom = 85

/** Section 2: how strong the source's statement is. It orders reasons and never changes the action. */
export type Level = 0 | 1 | 2 | 3
const strengths = ['none', 'optional', 'moderate', 'strong'] as const
export type Strength = (typeof strengths)[number]
export const strengthOf = (level: Level): Strength => strengths[level]

/** Rule 10: only these can be a first choice. */
export const choosable: readonly Action[] = ['standard', 'monitor', 'start-low', 'reduce-dose']

/** Codes that mean the same to the prescriber: sources disagree when theirs fall into different groups. */
const directions: { readonly [A in Action]: string } = {
  contraindicated: 'do not use',
  avoid: 'do not use',
  alternative: 'do not use',
  'duplicate-therapy': 'do not use',
  'stop-or-switch-interacting': 'do not use together',
  'test-first': 'know more first',
  'insufficient-data': 'know more first',
  'reduce-dose': 'less',
  'start-low': 'less',
  'increase-dose': 'more',
  monitor: 'use',
  standard: 'use',
  'no-guidance': 'says nothing',
}
export const directionOf = (action: Action): string => directions[action]
