import { Link, Navigate } from '@tanstack/react-router'
import type { CaseSummary, Role, Session } from '../api.ts'
import { useCases } from '../asked.ts'
import { useDeceased } from '../deceased.ts'
import { useEmergencyReviews } from '../emergencies.ts'
import { Failure } from '../failure.tsx'
import { useHouseRules } from '../house.ts'
import { useRelativesReviews } from '../relatives.ts'
import { useMay, useSession, useSignInAddress } from '../session.ts'
import { Box, Heading, Sign, Working } from '../shell.tsx'
import { firstUpper, useWriter } from '../write.ts'

/** What each visitor came for. */
export function HomePage() {
  const { t } = useWriter()
  const { data, error, refetch } = useSession()
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return <Working>{t('working.session')}</Working>
  return data.signedIn ? <FirstPage session={data} /> : <Welcome demo={data.demo} />
}

function Welcome({ demo }: { readonly demo: boolean }) {
  const { t } = useWriter()
  const address = useSignInAddress()
  return (
    <>
      <Heading>{t('signIn.title')}</Heading>
      <p>{t('signIn.lead')}</p>
      {demo && <p>{t('signIn.demo')}</p>}
      <p className="inline">
        <a className="button" href={address}>
          {t('signIn.start')}
        </a>
      </p>
      <p>
        <Link to="/genome">{t('genome.title')}</Link>
      </p>
    </>
  )
}

type SignedIn = Extract<Session, { signedIn: true }>
/** Roles that have a list of people; the first that somebody has decides how it is introduced. */
const listing = ['person', 'representative', 'clinician', 'steward', 'auditor'] as const

function FirstPage({ session }: { readonly session: SignedIn }) {
  const roles = session.holdings.flatMap(({ role, relative }) => (relative ? [] : [role]))
  const first = listing.find((role) => roles.includes(role))
  return first === undefined ? <NothingYet session={session} /> : <People session={session} role={first} />
}

function NothingYet({ session }: { readonly session: SignedIn }) {
  const { t, list } = useWriter()
  const roles = list(session.holdings.map(({ role }) => t(`role.${role}`)))
  const mayReview = useMay('listEmergencyReviews')
  const isRelative = session.holdings.some(({ relative }) => relative)
  return (
    <>
      <Heading>{t('home.nothingTitle', { name: session.name })}</Heading>
      <AddPasskey session={session} />
      <EmergenciesWait />
      <RelativesWait />
      <OfTheDead />
      {!mayReview && !isRelative && <p>{t('home.nothing', { roles })}</p>}
    </>
  )
}

type PeopleProps = { readonly session: SignedIn; readonly role: (typeof listing)[number] }

function People({ session, role }: PeopleProps) {
  const { t } = useWriter()
  const { data, error, refetch } = useCases()
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return <Working>{t('working.session')}</Working>
  const [only] = data.cases
  if (role === 'person' && session.hasPasskey && only && data.cases.length === 1)
    return <Navigate to="/cases/$caseId/me" params={{ caseId: only.id }} replace />
  return (
    <>
      <Heading>{t(`home.${role}Title`, { name: session.name })}</Heading>
      <AddPasskey session={session} />
      {role === 'steward' && session.may.includes('listHouseRules') && <HouseWaits />}
      <EmergenciesWait />
      <RelativesWait />
      <p>{t(`home.${role}`)}</p>
      <OfTheDead />
      {data.cases.length === 0 && <p>{t('home.nobody')}</p>}
      <ul className="cards">
        {data.cases.map((one) => (
          <li key={one.id}>
            <CaseCard summary={one} role={role} />
          </li>
        ))}
      </ul>
    </>
  )
}

/** What only a steward can settle comes before the list. */
function HouseWaits() {
  const { t } = useWriter()
  const { data } = useHouseRules()
  const waiting = data?.rules.filter(({ state, own }) => state === 'proposed' && !own) ?? []
  if (waiting.length === 0) return null
  return (
    <Box tone="ask">
      <p>
        <Sign>?</Sign>
        {t('house.waits', { count: waiting.length })}
      </p>
      <Link className="button" to="/house">
        {t('house.title')}
      </Link>
    </Box>
  )
}

/** Questions about relatives that only somebody else than the one who asked can decide. */
function RelativesWait() {
  const { t } = useWriter()
  const { data } = useRelativesReviews(useMay('listRelativesReviews'))
  const waiting = data?.reviews.filter(({ state, own }) => state === 'waiting' && !own) ?? []
  if (waiting.length === 0) return null
  return (
    <Box tone="ask">
      <p>
        <Sign>?</Sign>
        {t('family.judgingWaits', { count: waiting.length })}
      </p>
      <Link className="button" to="/relatives-reviews">
        {t('family.judging')}
      </Link>
    </Box>
  )
}

/** To whom somebody shows kinship. */
function OfTheDead() {
  const { t } = useWriter()
  const { data } = useDeceased(useMay('listDeceased'))
  if (!data || data.deceased.length === 0) return null
  return (
    <section>
      <h2>{t('dead.home')}</h2>
      <p>{t('dead.homeHint')}</p>
      <ul className="cards">
        {data.deceased.map(({ caseId, subjectName: name }) => (
          <li key={caseId} className="box plain">
            <Link className="button" to="/deceased/$caseId" params={{ caseId }}>
              {t('dead.title', { name })}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Reviews that only somebody else than the one who opened it can close. */
function EmergenciesWait() {
  const { t } = useWriter()
  const { data } = useEmergencyReviews(useMay('listEmergencyReviews'))
  const waiting = data?.emergencies.filter(({ review, own }) => review.state !== 'closed' && !own) ?? []
  if (!data) return null
  return (
    <Box tone={waiting.length > 0 ? 'ask' : 'plain'}>
      {waiting.length > 0 && (
        <p>
          <Sign>?</Sign>
          {t('emergency.reviewsWait', { count: waiting.length })}
        </p>
      )}
      <Link className="button" to="/emergencies">
        {t('emergency.reviews')}
      </Link>
    </Box>
  )
}

function CaseCard({ summary, role }: { readonly summary: CaseSummary; readonly role: Role }) {
  const { id, subjectName, indication } = summary
  const { t, asks, known } = useWriter()
  const own = role === 'person' || role === 'representative'
  const to = own ? '/cases/$caseId/me' : '/cases/$caseId'
  return (
    <Link className="box plain" to={to} params={{ caseId: id }}>
      <strong>{subjectName}</strong>
      <br />
      {firstUpper(known('indication', indication))}
      <br />
      <span className="soft">{own ? t('home.ownHint') : asks(summary)}</span>
    </Link>
  )
}

/** A code opens once: whoever came in with one needs something to come in with the next time. */
function AddPasskey({ session }: { readonly session: SignedIn }) {
  const { t } = useWriter()
  if (session.hasPasskey || session.method === 'outside') return null
  return (
    <Box tone="care">
      <p>
        <Sign>!</Sign>
        {t('home.addPasskey')}
      </p>
      <Link className="button" to="/keys">
        {t('keys.add')}
      </Link>
    </Box>
  )
}
