import type { StartRequest } from '#cli'
import { err, type Fault, inputFault, ok, type Result } from '#kernel'
import type { OrganisationId } from '#usecases'
import { caseFolders } from './adapters/casefolder/caseFolders.ts'
import { demoOrganisation } from './adapters/demo/demoPeople.ts'
import { inProgram } from './main.parts.ts'

/** The cases that a server has, and whose they are; null where nobody said whose. */
export type ServedCases = ReturnType<typeof caseFolders> & {
  readonly demo: boolean
  readonly organisation: OrganisationId | null
}

const none: ServedCases = {
  demo: false,
  organisation: null,
  list: async () => [],
  read: async () => undefined,
  open: () => undefined,
}

const organisationName = /^[a-z0-9][a-z0-9._-]{0,63}$/

/** Invented cases in the demo; a hospital's own when it names their folder and itself; otherwise none. */
export function servedCases({ demo, cases, organisation }: StartRequest): Result<ServedCases, Fault> {
  if (demo) {
    if (cases === undefined && organisation === undefined)
      return ok({ demo, organisation: demoOrganisation, ...caseFolders(inProgram('examples')) })
    return err(
      inputFault('start.demo', '--demo', 'cases of a hospital', '--demo, or --cases with --organisation'),
    )
  }
  if (cases === undefined) return ok(none)
  if (organisation === undefined || !organisationName.test(organisation)) {
    const found = organisation === undefined ? 'nothing' : 'no such name'
    const expected = 'whose cases these are, in small letters, digits, dots and dashes'
    return err(inputFault('start.organisation', '--organisation', found, expected))
  }
  return ok({ demo: false, organisation: organisation as OrganisationId, ...caseFolders(cases) })
}
