import { ofKind, type StandingRule } from '#houserules'
import { type Day, err, type Instant, ok, type Result } from '#kernel'
import type { Purpose } from '#vocabulary'

/** What an agreement does not know: who decides on the processing, and what was laid down about it. */
export type ControllerFacts = {
  readonly recordId: string
  readonly writtenAt: Instant
  /** Organisations, with how to reach an office of theirs: no persons. */
  readonly controller: Office
  readonly authority: Office
  readonly processors: readonly Office[]
  readonly noticeUrl: string
  readonly withdrawalUrl: string
  readonly rightsUrl: string
  readonly impactAssessment: string | null
  readonly byPurpose: (purpose: Purpose | null) => {
    readonly lawfulBasis: string
    readonly retention: string
    readonly storedIn: readonly string[]
    readonly processedIn: readonly string[]
    readonly service: string
  }
}
export type Office = { readonly id: string; readonly role: string; readonly contact: string }

/** Pages of this server, where the person reads more and does something about it. */
export type ReceiptPages = Pick<ControllerFacts, 'noticeUrl' | 'withdrawalUrl' | 'rightsUrl'>

type Asked = {
  readonly recordId: string
  readonly at: Instant
  readonly day: Day
  readonly organisation: string
  readonly pages: ReceiptPages
}

/** The facts and what they rest on; without an office to turn to there are none. */
export function controllerFacts(
  rules: readonly StandingRule[],
  { recordId, at, day, organisation, pages }: Asked,
): Result<{ readonly facts: ControllerFacts; readonly relied: readonly StandingRule[] }, 'no-contact'> {
  const [found] = ofKind(rules, 'contact')
  if (found === undefined) return err('no-contact')
  const { name, contact, country, authority, authorityContact } = found.content
  const terms = ofKind(rules, 'retention')
  const assessed = ofKind(rules, 'assessment').filter(
    ({ content: { outcome, on, until } }) => outcome === 'granted' && on <= day && day <= until,
  )
  const facts: ControllerFacts = {
    ...{ recordId, writtenAt: at, processors: [], ...pages },
    controller: { id: organisation, role: 'controller', contact: `${name}: ${contact}` },
    authority: { id: authority, role: 'authority', contact: authorityContact },
    impactAssessment:
      assessed.length === 0 ? null : assessed.map(({ content }) => sayAssessment(content)).join('; '),
    byPurpose: () => ({
      lawfulBasis: 'consent',
      retention: terms.map(({ content }) => sayTerm(content)).join('; '),
      ...{ storedIn: [country], processedIn: [country], service: name },
    }),
  }
  return ok({ facts, relied: [found, ...terms, ...assessed] })
}

type Assessment = ReturnType<typeof ofKind<'assessment'>>[number]['content']
const sayAssessment = ({ assessment, on, until, report }: Assessment): string =>
  `${assessment} of ${on}, until ${until}, sha256=${report}`

type Term = ReturnType<typeof ofKind<'retention'>>[number]['content']
/** A duration of ISO 8601, from the last contact on. */
const sayTerm = ({ category, months, after }: Term): string => `${category}: P${months}M, then ${after}`
