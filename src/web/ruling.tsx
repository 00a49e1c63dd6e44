import type { ReactNode } from 'react'
import type { Article, Consent, Duty, Ruling } from './api.ts'
import { Sign } from './shell.tsx'
import { useWriter } from './write.ts'

type Props = {
  readonly ruling: Ruling
  readonly articles: readonly Article[]
  readonly consents: readonly Consent[]
  readonly name: string
  readonly refused?: boolean
}

/** A ruling as a sentence; its articles one click away, its machine form two. */
export function RulingView({ ruling, articles, consents, name, refused = false }: Props) {
  const { t, day } = useWriter()
  const permitted = ruling.outcome === 'permit' || ruling.outcome === 'permit-with-duties'
  const answer = refused && permitted ? 'notByPerson' : ruling.outcome
  const open = ruling.duties.filter(({ met }) => met !== true)
  const met = ruling.duties.filter((duty) => duty.met === true)
  return (
    <section>
      <h2>{t('ruling.title')}</h2>
      <p className="sentence">
        <Sign>{permitted && !refused ? '✓' : '✕'}</Sign>
        <strong>{t(`ruling.${answer}`)}</strong> {t('ruling.day', { day: day(ruling.at) })}
      </p>
      <Consents consents={consents} name={name} />
      <Duties heading={t('ruling.open')} duties={open} sign="○" />
      <Duties heading={t('ruling.met')} duties={met} sign="✓" />
      <Articles articles={articles}>
        <details>
          <summary>{t('ruling.machine')}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard */}
          <pre tabIndex={0}>{JSON.stringify(ruling, null, 2)}</pre>
        </details>
      </Articles>
    </section>
  )
}

type ConsentsProps = { readonly consents: readonly Consent[]; readonly name: string }

export function Consents({ consents, name }: ConsentsProps) {
  const { t, day, consent } = useWriter()
  if (consents.length === 0) return <p>{t('consent.none')}</p>
  return (
    <>
      {consents.map((one) => (
        <p key={`${one.by} ${one.on} ${one.withdrawnOn} ${one.purposes.join()}`}>
          {consent(one, name)}
          {one.withdrawnOn && <strong> {t('consent.ended', { on: day(one.withdrawnOn) })}</strong>}
        </p>
      ))}
    </>
  )
}

function Duties(props: {
  readonly heading: string
  readonly duties: readonly Duty[]
  readonly sign: string
}) {
  const { t } = useWriter()
  if (props.duties.length === 0) return null
  return (
    <>
      <h3>{props.heading}</h3>
      <ul className="duties">
        {props.duties.map(({ code, deadlineDays }) => (
          <li key={code}>
            <Sign>{props.sign}</Sign>
            {t(`duty.${code}`)}
            {deadlineDays !== undefined && ` (${deadline(t, deadlineDays)})`}
          </li>
        ))}
      </ul>
    </>
  )
}

const deadline = (t: ReturnType<typeof useWriter>['t'], days: number): string =>
  days < 1 ? t('ruling.hours', { count: Math.round(days * 24) }) : t('ruling.days', { count: days })

type ArticlesProps = { readonly articles: readonly Article[]; readonly children?: ReactNode }

/** Articles one click away; what is two clicks away comes after them. */
export function Articles({ articles, children }: ArticlesProps) {
  const { t } = useWriter()
  return (
    <details>
      <summary>{t('ruling.articles', { count: articles.length })}</summary>
      <ul className="articles">
        {articles.map((one) => (
          <li key={one.norm}>
            <ArticleView article={one} />
          </li>
        ))}
      </ul>
      {children}
    </details>
  )
}

function ArticleView({
  article: { instrument, article, rank, wording, verified },
}: {
  readonly article: Article
}) {
  const { t, zh } = useWriter()
  const language = zh ? 'zh' : 'en'
  return (
    <>
      <strong>{t('ruling.article', { instrument: instrument[language], article })}</strong>{' '}
      <span className="soft">({t(`procedure.rank.${rank}`)})</span>: {wording[language]}
      {verified === 'from-memory' && <em> ({t('ruling.recalled')})</em>}
    </>
  )
}
