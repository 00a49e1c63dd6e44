import {
  type Holding,
  type Kinship,
  kinships,
  type OrganisationId,
  type PaperKind,
  paperKinds,
  type Role,
  roles,
} from '#access'
import type { Programs } from '#cli'
import {
  addDays,
  err,
  type Fault,
  type Instant,
  inputFault,
  ok,
  parseDay,
  type Result,
  type SubjectId,
  subjectId,
} from '#kernel'
import {
  addService,
  disableAccount,
  inviteAccount,
  listAccounts,
  recordCare,
  recoverAccount,
} from '#usecases'
import { atDoor } from './main.atDoor.ts'

const signInName = /^[a-z0-9][a-z0-9._-]{1,63}$/
const organisationName = /^[a-z0-9][a-z0-9._-]{0,63}$/
type Term = Pick<Holding, 'from' | 'until' | 'evidence'>

const wrong = (where: string, found: string, expected: string): Result<never, Fault> =>
  err(inputFault('account.wrong', where, found, expected))

const theOperator = 'the operator'

/** From now on, up to the end of a day. */
function termOf(now: Instant, until: string | undefined, evidence = theOperator): Result<Term, Fault> {
  if (until === undefined) return ok({ from: now, until: null, evidence })
  const day = parseDay(until)
  if (day === undefined) return wrong('--until', 'no day', 'a day such as 2027-01-31')
  const end = `${addDays(day, 1)}T00:00:00.000Z` as Instant
  return end > now
    ? ok({ from: now, until: end, evidence })
    : wrong('--until', 'a day that is over', 'one to come')
}

type Place = {
  readonly subject?: string | undefined
  readonly organisation?: string | undefined
  readonly papers?: string | undefined
  readonly kin?: string | undefined
}

function subjectOf({ subject }: Place): Result<SubjectId, Fault> {
  const id = subject === undefined ? undefined : subjectId(subject)
  return id ? ok(id) : wrong('--subject', 'no id of a person', 'letters, digits, dots and dashes')
}

function organisationOf({ organisation }: Place): Result<OrganisationId, Fault> {
  if (organisation !== undefined && organisationName.test(organisation))
    return ok(organisation as OrganisationId)
  return wrong('--organisation', 'no name of one', 'small letters, digits, dots and dashes')
}

/** A role belongs to a person or to an organisation, never to both. */
function holdingOf(role: Role, place: Place, term: Term): Result<Holding, Fault> {
  if (role === 'person' || role === 'representative') {
    if (place.organisation !== undefined) return wrong('--organisation', 'one', `none for a ${role}`)
    const subject = subjectOf(place)
    if (!subject.ok) return subject
    if (role === 'representative') return representativeOf(subject.value, place, term)
  }
  if (place.papers !== undefined) return wrong('--papers', 'some', `none for a ${role}`)
  if (place.kin !== undefined) return wrong('--kin', 'one', `none for a ${role}`)
  if (role === 'person') {
    const subject = subjectOf(place)
    return subject.ok ? ok({ role, subject: subject.value, ...term }) : subject
  }
  if (place.subject !== undefined) return wrong('--subject', 'one', `none for a ${role}`)
  const organisation = organisationOf(place)
  return organisation.ok ? ok({ role, organisation: organisation.value, ...term }) : organisation
}

/** Whose papers nobody has looked at may be let look, but signs nothing. */
function representativeOf(subject: SubjectId, place: Place, term: Term): Result<Holding, Fault> {
  const { papers, kin } = place
  if (kin !== undefined) return relativeOf(subject, place, term)
  if (papers === undefined) return ok({ role: 'representative', subject, ...term })
  return isPaperKind(papers)
    ? ok({ role: 'representative', subject, papers, ...term })
    : wrong('--papers', 'none that are known', paperKinds.join(', '))
}

/** What shows kinship and death is named, and counts until a day: relatives decide nothing, and look for a while. */
function relativeOf(subject: SubjectId, { papers, kin }: Place, term: Term): Result<Holding, Fault> {
  const kinship = kinships.find((one): one is Kinship => one === kin)
  if (kinship === undefined) return wrong('--kin', 'none that is known', kinships.join(', '))
  if (papers !== undefined) return wrong('--papers', 'some', 'none for a relative')
  if (term.evidence === theOperator) return wrong('--evidence', 'none', 'what shows kinship and death')
  if (term.until === null) return wrong('--until', 'none', 'the last day of the papers')
  return ok({ role: 'representative', subject, kinship, ...term })
}

const isPaperKind = (text: string): text is PaperKind => (paperKinds as readonly string[]).includes(text)
const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text)

type Named = { readonly signInName: string; readonly role: string }
type Held = Place & { readonly until?: string | undefined; readonly evidence?: string | undefined }

function checkNames({ signInName: typed, role }: Named): Result<Role, Fault> {
  if (!signInName.test(typed))
    return wrong('name', 'none that can be one', 'from two small letters, digits, dots, dashes')
  return isRole(role) ? ok(role) : wrong('--role', 'none that is known', roles.join(', '))
}

function holdingFor(request: Held, role: Role, now: Instant): Result<Holding, Fault> {
  const term = termOf(now, request.until, request.evidence)
  return term.ok ? holdingOf(role, request, term.value) : term
}

const add: Programs['accounts']['add'] = async (request, choice, show) => {
  const { signInName: typed, issuer, issuerId } = request
  const checked = checkNames(request)
  if (!checked.ok) return checked
  if ((issuer === undefined) !== (issuerId === undefined))
    return wrong('--issuer', 'one without the other', '--issuer and --issuer-id together')
  return atDoor(choice, show, async (world) => {
    const holding = holdingFor(request, checked.value, world.clock.now())
    if (!holding.ok) return holding
    const outside = issuer === undefined || issuerId === undefined ? null : { issuer, subject: issuerId }
    const { name = typed } = request
    const invitation = { signInName: typed, name, language: null, outside, holdings: [holding.value] }
    const made = await inviteAccount(world, invitation)
    return made.ok ? ok(made.value.issued) : made
  })
}

const addsService: Programs['accounts']['addService'] = async (request, choice, show) => {
  const checked = checkNames(request)
  if (!checked.ok) return checked
  const { readPublicKeys } = await import('./adapters/oidc/readPublicKeys.ts')
  const keys = await readPublicKeys(request.key)
  if (!keys.ok) return keys
  return atDoor(choice, show, async (world) => {
    const holding = holdingFor(request, checked.value, world.clock.now())
    if (!holding.ok) return holding
    const { signInName, name = signInName } = request
    return addService(world, { signInName, name, holdings: [holding.value] }, keys.value)
  })
}

const care: Programs['accounts']['recordCare'] = (request, choice, show) =>
  atDoor(choice, show, async (world) => {
    const subject = subjectOf(request)
    if (!subject.ok) return subject
    const organisation = organisationOf(request)
    if (!organisation.ok) return organisation
    const term = termOf(world.clock.now(), request.until, request.evidence)
    if (!term.ok) return term
    const { until, evidence } = term.value
    return recordCare(world, request.signInName, {
      subject: subject.value,
      organisation: organisation.value,
      until,
      evidence,
    })
  })

export const accountPrograms: Programs['accounts'] = {
  add,
  addApp: (request, choice, show) =>
    import('./main.app.ts').then((app) => app.addApplication(request, choice, show)),
  endApp: (id, choice, show) => import('./main.app.ts').then((app) => app.endApplication(id, choice, show)),
  addService: addsService,
  recordCare: care,
  recover: (name, choice, show) => atDoor(choice, show, (world) => recoverAccount(world, name)),
  disable: (name, choice, show) => atDoor(choice, show, (world) => disableAccount(world, name)),
  list: (choice, show) =>
    atDoor(choice, show, async (world) => {
      const all = await listAccounts(world)
      return ok(
        all.map(({ signInName, name, holdings, disabledAt }) => ({
          signInName,
          name,
          roles: holdings.map(({ role }) => role),
          disabled: disabledAt !== null,
        })),
      )
    }),
}
