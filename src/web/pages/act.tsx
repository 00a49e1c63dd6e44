import { Link, useParams } from '@tanstack/react-router'
import { useAct, useCase } from '../asked.ts'
import { Failure } from '../failure.tsx'
import { Letter } from '../letter.tsx'
import { ReceiptView } from '../receipt.tsx'
import { Reasons } from '../refusal.tsx'
import { RulingView } from '../ruling.tsx'
import { Heading, Working } from '../shell.tsx'
import { firstUpper, useWriter } from '../write.ts'

/** One use of a person's data: who, when, what, why, with which answer, and its proof. */
export function ActPage() {
  const { caseId, actId } = useParams({ from: '/cases/$caseId/acts/$actId' })
  const { t, day, categories, sayBy } = useWriter()
  const { data, error } = useAct(caseId, actId)
  const name = useCase(caseId).data?.subjectName ?? ''
  if (error) return <Failure error={error} name={name} />
  if (!data) return <Working>{t('working.act')}</Working>
  const { use, ruling, articles, consents, reasons, plan, withheld, receipt } = data
  const permitted = use.outcome === 'permitted'
  return (
    <>
      <p className="noprint">
        <Link to="/cases/$caseId/me" params={{ caseId }}>
          ← {t('me.title')}
        </Link>
      </p>
      <Heading>{t('act.title')}</Heading>
      <dl>
        <dt>{t('act.who')}</dt>
        <dd>{use.by?.name ?? use.actor}</dd>
        {use.by && (
          <>
            <dt>{t('act.as')}</dt>
            <dd>{sayBy(use.by)}</dd>
          </>
        )}
        <dt>{t('act.when')}</dt>
        <dd>{day(use.at)}</dd>
        <dt>{t('act.what')}</dt>
        <dd>{firstUpper(t(`kind.${use.kind}`))}</dd>
        <dt>{t('act.why')}</dt>
        <dd>{firstUpper(t(`purpose.${use.purpose}`))}</dd>
        <dt>{t('act.which')}</dt>
        <dd>{firstUpper(categories(use.categories))}</dd>
        <dt>{t('act.answer')}</dt>
        <dd>{firstUpper(t(permitted ? 'me.permitted' : 'me.refused'))}</dd>
      </dl>
      {reasons.length > 0 && (
        <>
          <p>{t('refusal.leadOnRecord')}</p>
          <Reasons reasons={reasons} articles={articles} />
        </>
      )}
      {plan && <Letter plan={plan} />}
      {withheld && <p>{t('family.withheld')}</p>}
      <RulingView ruling={ruling} articles={articles} consents={consents} name={name} refused={!permitted} />
      {receipt ? <ReceiptView receipt={receipt} /> : <p>{t('receipt.pending')}</p>}
    </>
  )
}
