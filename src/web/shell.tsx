import { Button, Group } from '@mantine/core'
import { Link, Outlet } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCases } from './asked.ts'
import { useAttendances } from './attendances.ts'
import { EmergencyBanner } from './emergencyBanner.tsx'
import { chooseLanguage, currentLanguage, type Language } from './language.ts'
import { useKeepLanguage, useMay, useSession, useSignOut } from './session.ts'
import { useWriter } from './write.ts'

export function Shell() {
  const { t } = useTranslation()
  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header>
        <div className="bar">
          <Link className="brand" to="/">
            Habeas
          </Link>
          <LanguageChoice />
        </div>
        <WhoIsHere />
        <Demo />
        <EmergencyBanner />
      </header>
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <footer className="foot">
        {t('foot')} <Link to="/notice">{t('house.noticeLink')}</Link>
      </footer>
    </>
  )
}

function Demo() {
  const { t } = useTranslation()
  const { data } = useSession()
  if (data?.demo === false) return null
  return (
    <div className="demo">
      <span aria-hidden="true">⚠ </span>
      {t('demo')}
    </div>
  )
}

/** Who is signed in, in which roles and for whom: on every page. */
function WhoIsHere() {
  const { t, list } = useWriter()
  const { data } = useSession()
  const { mutate, isPending } = useSignOut()
  const mayKeepOrder = useMay('listHouseRules')
  const mayAnswer = useMay('listRecalls')
  const mayReview = useMay('listEmergencyReviews')
  const mayJudge = useMay('listRelativesReviews')
  const { data: attending } = useAttendances(data?.signedIn === true)
  if (!data?.signedIn) return null
  const roles = list(data.holdings.map((one) => (one.relative ? t('dead.role') : t(`role.${one.role}`))))
  const acting = data.holdings.find(({ role, relative }) => role === 'representative' && !relative)
  return (
    <div className="who noprint">
      <span>{t('session.who', { name: data.name, roles })}</span>
      <Link to="/keys">{t('session.keys')}</Link>
      <Link to="/genome">{t('genome.title')}</Link>
      {attending && attending.attendances.length > 0 && (
        <Link to="/attendances">{t('attend.waits', { count: attending.attendances.length })}</Link>
      )}
      {mayKeepOrder && <Link to="/house">{t('house.title')}</Link>}
      {mayAnswer && <Link to="/recalls">{t('recall.title')}</Link>}
      {mayJudge && <Link to="/relatives-reviews">{t('family.judging')}</Link>}
      {mayReview && <Link to="/emergencies">{t('emergency.reviews')}</Link>}
      <Button size="compact-sm" variant="outline" loading={isPending} onClick={() => mutate()}>
        {t('session.out')}
      </Button>
      {acting && <ActingFor until={acting.until} />}
    </div>
  )
}

function ActingFor({ until }: { readonly until: string | null }) {
  const { t, list, day } = useWriter()
  const { data } = useCases()
  if (!data) return null
  const names = list(data.cases.map(({ subjectName }) => subjectName))
  const said =
    until === null ? t('session.acting', { names }) : t('session.actingUntil', { names, day: day(until) })
  return <strong className="acting">{said}</strong>
}

const languages: readonly (readonly [Language, string, string])[] = [
  ['en', 'English', 'en'],
  ['zh', '中文', 'zh-CN'],
]

function LanguageChoice() {
  const { t } = useTranslation()
  const { data } = useSession()
  const now = currentLanguage()
  const keepLanguage = useKeepLanguage()
  const own = data?.signedIn ? data.language : null
  // A person's language is kept with the person, not the browser.
  useEffect(() => {
    if (own !== null && own !== currentLanguage()) void chooseLanguage(own)
  }, [own])
  const choose = async (language: Language): Promise<void> => {
    await chooseLanguage(language)
    if (data?.signedIn) await keepLanguage(language)
  }
  return (
    <Group gap="xs" role="group" aria-label={t('language')}>
      {languages.map(([code, name, tag]) => (
        <Button
          key={code}
          lang={tag}
          size="compact-sm"
          variant={now === code ? 'filled' : 'outline'}
          aria-pressed={now === code}
          onClick={() => void choose(code)}
        >
          {name}
        </Button>
      ))}
    </Group>
  )
}

/** The heading of a page: what a screen reader hears first, and the title of the window. */
export function Heading({ children }: { readonly children: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  useEffect(() => {
    document.title = `${children} – Habeas`
  }, [children])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}

/** A way back, said first so that nobody is locked in. */
export function Back({ caseId, name }: { readonly caseId: string; readonly name: string }) {
  const { t } = useTranslation()
  return (
    <p className="noprint">
      <Link to="/cases/$caseId" params={{ caseId }}>
        ← {t('back', { name })}
      </Link>
    </p>
  )
}

type Tone = 'harm' | 'care' | 'ask' | 'good' | 'plain'

/** A box whose meaning is in its words and sign; the colour only repeats it. */
export function Box(props: { readonly tone: Tone; readonly children: ReactNode }) {
  return <div className={`box ${props.tone}`}>{props.children}</div>
}

export const Sign = ({ children }: { readonly children: string }) => (
  <span className="sign" aria-hidden="true">
    {children}{' '}
  </span>
)

/** What goes on while one waits; told to screen readers too. */
export const Working = ({ children }: { readonly children: string }) => (
  <p role="status" className="working">
    {children}
  </p>
)
