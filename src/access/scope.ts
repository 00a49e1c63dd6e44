/** Kinds of resources that an application may be let at. */
export const resourceTypes = [
  'Patient',
  'AllergyIntolerance',
  'Condition',
  'Consent',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
] as const
export type ResourceType = (typeof resourceTypes)[number]

const interactions = ['r', 's', 'rs'] as const
/** SMART App Launch 2.2, “Scopes for requesting FHIR resources”: of one patient, read and search only. */
export const recordScopes: readonly string[] = ['*', ...resourceTypes].flatMap((type) =>
  interactions.map((may) => `patient/${type}.${may}`),
)

/** Do these scopes let an application read (`r`) or search (`s`) resources of this type? */
export const scopesAllow = (scopes: readonly string[], type: ResourceType, may: 'r' | 's'): boolean =>
  scopes.some((scope) => {
    const [, of, how] = /^patient\/(\*|[A-Za-z]+)\.(rs|r|s)$/.exec(scope) ?? []
    return (of === '*' || of === type) && how !== undefined && how.includes(may)
  })

export const isResourceType = (type: string): type is ResourceType =>
  (resourceTypes as readonly string[]).includes(type)
