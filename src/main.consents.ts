import type { ConsentPrograms } from '#cli'
import { ok } from '#kernel'

export const consentPrograms: ConsentPrograms = {
  decide: async (file) => {
    const [{ decideOutsideConsents }, { readConsentCases }, { readJsonFile }] = await Promise.all([
      import('#usecases'),
      import('./adapters/fhir/readConsents.ts'),
      import('./adapters/files/readJson.ts'),
    ])
    const document = await readJsonFile(file)
    if (!document.ok) return document
    const cases = readConsentCases(document.value, file)
    return cases.ok ? ok(decideOutsideConsents(cases.value)) : cases
  },
  match: async (file) => {
    const [{ matchDataUses }, { readJsonFile }] = await Promise.all([
      import('#consent'),
      import('./adapters/files/readJson.ts'),
    ])
    const document = await readJsonFile(file)
    return document.ok ? matchDataUses(document.value, file) : document
  },
}
