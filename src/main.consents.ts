import type { ConsentPrograms } from '#cli'
import { ok } from '#kernel'
import { readJsonFile } from './adapters/files/readJson.ts'

export const consentPrograms: ConsentPrograms = {
  decide: async (file) => {
    const [{ decideOutsideConsents }, { readConsentCases }] = await Promise.all([
      import('#usecases'),
      import('./adapters/fhir/readConsents.ts'),
    ])
    const document = await readJsonFile(file)
    if (!document.ok) return document
    const cases = readConsentCases(document.value, file)
    return cases.ok ? ok(decideOutsideConsents(cases.value)) : cases
  },
  match: async (file) => {
    const { matchDataUses } = await import('#consent')
    const document = await readJsonFile(file)
    return document.ok ? matchDataUses(document.value, file) : document
  },
}
