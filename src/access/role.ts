/** In what capacity somebody may act; the words of `design/TERMS.md`. A relation of care is no role but a fact of the gate. */
export const roles = [
  'person',
  'representative',
  'clinician',
  'steward',
  'reviewer',
  'chair',
  'regulator',
  'researcher',
  'auditor',
] as const
export type Role = (typeof roles)[number]
