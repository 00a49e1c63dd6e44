import { Link, useParams } from '@tanstack/react-router'
import { stages } from '#vocabulary'
import { Failure } from '../failure.tsx'
import { type LawSince, type Procedure, type Step, useProcedure } from '../procedure.ts'
import { ReceiptView } from '../receipt.tsx'
import { Reasons } from '../refusal.tsx'
import { useMay } from '../session.ts'
import { Back, Box, Heading, Sign, Working } from '../shell.tsx'
import { Cited, Signing, StepView } from '../stepView.tsx'
import { titleOf } from '../stepWords.ts'
import { useWriter } from '../write.ts'

/** The checklist of an act: what the law asks, in its order, and what is recorded of each step. */
export function ProcedurePage() {
  const { caseId } = useParams({ from: '/cases/$caseId/procedure' })
  const { t, day } = useWriter()
  const own = useMay('showAccount')
  const { data, error, refetch } = useProcedure(caseId)
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return <Working>{t('procedure.working')}</Working>
  const { asked, subjectName: name } = data
  const [mine, others] = own ? partedFor(data.steps) : [data.steps, []]
  return (
    <>
      <Back caseId={caseId} name={name} />
      <Heading>{own ? t('procedure.ownTitle') : t('procedure.title', { name })}</Heading>
      <p>
        {t('procedure.lead', {
          day: day(asked.at),
          activity: t(`activity.${asked.activity}`),
          purpose: t(`purpose.${asked.purpose}`),
        })}
      </p>
      <Standing procedure={data} />
      <Stages caseId={caseId} steps={mine} procedure={data} own={own} />
      {others.length > 0 && (
        <details>
          <summary>{t('procedure.others')}</summary>
          <Stages caseId={caseId} steps={others} procedure={data} own={own} />
        </details>
      )}
      <h2>{t('procedure.sinceTitle')}</h2>
      <SinceView since={data.dayBefore} procedure={data} title="sinceDayBefore" />
      {data.lastAgreement && data.lastAgreement.day < asked.at && (
        <SinceView since={data.lastAgreement} procedure={data} title="sinceAgreement" />
      )}
      <ReceiptView receipt={data.receipt} title={t('procedure.look')} />
    </>
  )
}

/** What the person does, or is told, and the act; the rest is for the hospital. */
function partedFor(steps: readonly Step[]): readonly [readonly Step[], readonly Step[]] {
  const concerns = ({ work, stage }: Step): boolean =>
    work.kind !== 'fact' && (work.kind !== 'duty' || stage === 'information' || work.to === 'person')
  return [steps.filter(concerns), steps.filter((step) => !concerns(step))]
}

/** Whether it may be done now, how far it has come, and why not. */
function Standing({ procedure: { steps, reasons, articles } }: { readonly procedure: Procedure }) {
  const { t } = useWriter()
  const before = steps.filter(({ stage }) => !['act', 'during', 'after'].includes(stage))
  const done = before.filter(({ state }) => state === 'done').length
  const may = reasons.length === 0
  return (
    <>
      <Box tone={may ? 'good' : 'ask'}>
        <p className="sentence">
          <Sign>{may ? '✓' : '✕'}</Sign>
          <strong>{t(may ? 'procedure.may' : 'procedure.mayNot')}</strong>{' '}
          {t('procedure.count', { done, all: before.length })}
        </p>
      </Box>
      {!may && (
        <details>
          <summary>{t('procedure.why')}</summary>
          <Reasons reasons={reasons} articles={articles} />
        </details>
      )}
    </>
  )
}

type StagesProps = {
  readonly caseId: string
  readonly steps: readonly Step[]
  readonly procedure: Procedure
  readonly own: boolean
}

function Stages({ caseId, steps, procedure, own }: StagesProps) {
  const { t } = useWriter()
  return stages.map((stage) => {
    const of = steps.filter((step) => step.stage === stage)
    if (of.length === 0) return null
    return (
      <section key={stage}>
        <h2>{t(`procedure.stage.${stage}`)}</h2>
        <ol className="cards">
          {of.map((step) => (
            <StepView key={step.id} step={step} procedure={procedure}>
              <Signing caseId={caseId} step={step} procedure={procedure} own={own} />
              {stage === 'act' && procedure.reasons.length === 0 && (
                <p className="noprint inline">
                  <Link className="button" to="/cases/$caseId" params={{ caseId }}>
                    {t('procedure.toCase')}
                  </Link>
                </p>
              )}
            </StepView>
          ))}
        </ol>
      </section>
    )
  })
}

type SinceProps = {
  readonly since: LawSince
  readonly procedure: Procedure
  readonly title: 'sinceDayBefore' | 'sinceAgreement'
}

/** What the law of that day asked otherwise, for the same facts, and by which articles that changed. */
function SinceView({ since, procedure, title }: SinceProps) {
  const writer = useWriter()
  const { t, day, list } = writer
  const { steps, asked, articles } = procedure
  const nameOf = (id: string): string => {
    const step = steps.find((one) => one.id === id)
    return step ? titleOf(writer, step, asked) : id
  }
  return (
    <>
      <h3>{t(`procedure.${title}`, { day: day(since.day) })}</h3>
      {since.changes.length === 0 && <p>{t('procedure.same')}</p>}
      <ul>
        {since.changes.map((one) => (
          <li key={`${one.change} ${one.change === 'dropped' ? one.step.id : one.step}`}>
            {one.change === 'added' && t('procedure.added', { step: nameOf(one.step) })}
            {one.change === 'changed' &&
              t('procedure.changed', {
                step: nameOf(one.step),
                parts: list(one.parts.map((part) => t(`procedure.part.${part}`))),
              })}
            {one.change === 'dropped' && t('procedure.dropped', { step: titleOf(writer, one.step, asked) })}
            <Cited norms={one.norms} articles={articles} />
          </li>
        ))}
      </ul>
    </>
  )
}
