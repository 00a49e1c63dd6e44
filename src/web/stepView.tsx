import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import type { Article } from './api.ts'
import { whoOf } from './coSigning.tsx'
import type { ConsentWork, DutyWork, Procedure, Step } from './procedure.ts'
import { Articles } from './ruling.tsx'
import { Sign } from './shell.tsx'
import { isSignedHere, sayAddressee, sayRecord, sayTerm, titleOf } from './stepWords.ts'
import { firstUpper, useWriter } from './write.ts'

const signs = { done: '✓', open: '○', unknown: '?', 'not-possible': '✕' } as const
const tones = { done: 'good', open: 'ask', unknown: 'care', 'not-possible': 'care' } as const

type Props = {
  readonly step: Step
  readonly procedure: Omit<Procedure, 'forms'>
  /** Where the reader can do it themself. */
  readonly children?: ReactNode
}

/** One step: how it stands, in words and a sign; who does it, on what, until when; and the articles one click away. */
export function StepView({ step, procedure, children }: Props) {
  const writer = useWriter()
  const { t, list } = writer
  const { work, paper, state, from, norms } = step
  return (
    <li className={`box ${tones[state]}`}>
      <h3>{titleOf(writer, step, procedure.asked)}</h3>
      <p>
        <Sign>{signs[state]}</Sign>
        <strong>{t(`procedure.state.${state}`)}</strong>
        {work.kind === 'duty' && work.prior && ` ${t('procedure.prior')}`}
      </p>
      <Since procedure={procedure} step={step} />
      <dl>
        {work.kind === 'duty' && <DutyLines work={work} steps={procedure.steps} />}
        {work.kind === 'consent' && <ConsentLines work={work} />}
        {paper && <Line label={t('procedure.withPaper')}>{firstUpper(t(`procedure.paper.${paper}`))}</Line>}
        {from.length > 0 && (
          <Line label={t('procedure.record')}>
            {firstUpper(list(from.map((one) => sayRecord(writer, one, procedure.asked.at))))}
          </Line>
        )}
      </dl>
      {children}
      <Cited norms={norms} articles={procedure.articles} />
    </li>
  )
}

export function Cited(props: { readonly norms: readonly string[]; readonly articles: readonly Article[] }) {
  const cited = props.articles.filter(({ norm }) => props.norms.includes(norm))
  return cited.length > 0 && <Articles articles={cited} />
}

const Line = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </>
)

function DutyLines({ work, steps }: { readonly work: DutyWork; readonly steps: readonly Step[] }) {
  const writer = useWriter()
  const { t, known } = writer
  return (
    <>
      <Line label={t('procedure.who')}>{firstUpper(t(`procedure.by.${work.by}`))}</Line>
      {work.to !== 'file' && (
        <Line label={t('procedure.whom')}>{firstUpper(sayAddressee(writer, work.to, steps))}</Line>
      )}
      {work.authority && (
        <Line label={t('procedure.authorityIs')}>{known('procedure.authority', work.authority)}</Line>
      )}
      {work.elements.length > 0 && (
        <Line label={t('procedure.what')}>
          <ul className="duties">
            {work.elements.map(({ code, told }) => (
              <li key={code}>
                <Sign>{told === true ? '✓' : told ? '?' : '○'}</Sign>
                {t(`element.${code}`)}{' '}
                <span className="soft">
                  (
                  {t(told === true ? 'procedure.told' : told ? 'procedure.toldUnknown' : 'procedure.notTold')}
                  )
                </span>
              </li>
            ))}
          </ul>
        </Line>
      )}
      {work.term && <Line label={t('procedure.until')}>{sayTerm(writer, work.term)}</Line>}
    </>
  )
}

function ConsentLines({ work: { parties } }: { readonly work: ConsentWork }) {
  const { t, forms } = useWriter()
  return (
    <Line label={t('procedure.form')}>
      {parties.map((one) => (
        <div key={one.party}>
          {firstUpper(t('procedure.formOf', { who: t(`party.${one.party}`), forms: forms(one.forms) }))}
        </div>
      ))}
    </Line>
  )
}

/** What is not as the law of an earlier day had it is marked where it stands. */
function Since({ procedure, step }: Pick<Props, 'procedure' | 'step'>) {
  const { t, day } = useWriter()
  const { dayBefore, lastAgreement } = procedure
  const since = [dayBefore, ...(lastAgreement ? [lastAgreement] : [])].find(({ changes }) =>
    changes.some((one) => one.step === step.id),
  )
  if (since === undefined) return null
  return (
    <p>
      <Sign>⚑</Sign>
      {t('procedure.mark', { day: day(since.day) })}
    </p>
  )
}

type SigningProps = {
  readonly caseId: string
  readonly step: Step
  readonly procedure: Procedure
  readonly own: boolean
}

/** The person signs on a page of their own; whoever treats them is told which form it is. */
export function Signing({ caseId, step, procedure: { forms }, own }: SigningProps) {
  const { t, list, zh } = useWriter()
  if (!isSignedHere(step)) return null
  const title = (form: Procedure['forms'][number]) => (zh ? form.title.zh : form.title.en)
  if (forms.length === 0) return <p>{t('procedure.noForm')}</p>
  const stands = <StandBys forms={forms} />
  if (!own)
    return (
      <>
        <p>{t('procedure.theirs', { titles: list(forms.map(title)) })}</p>
        {stands}
      </>
    )
  return (
    <>
      {stands}
      <p className="noprint inline">
        {forms.map((form) => (
          <Link
            key={form.id}
            className="button"
            to="/cases/$caseId/agreements/$formId"
            params={{ caseId, formId: form.id }}
            search={{ step: step.id }}
          >
            {t('procedure.signIt', { title: title(form) })}
          </Link>
        ))}
      </p>
    </>
  )
}

/** Which forms take a witness, and what was signed of them and waits. */
function StandBys({ forms }: Pick<Procedure, 'forms'>) {
  const writer = useWriter()
  const { t, day, zh } = writer
  return forms.map(({ id, title, witness, awaits, awaitsUntil }) => {
    const named = { title: zh ? title.zh : title.en }
    return (
      <Fragment key={id}>
        {witness && <p>{t('attend.formAsks', named)}</p>}
        {awaitsUntil !== null && (
          <p>
            <Sign>…</Sign>
            {t('attend.formWaits', { ...named, who: whoOf(writer, awaits), until: day(awaitsUntil) })}
          </p>
        )}
      </Fragment>
    )
  })
}
