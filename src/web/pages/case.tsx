import { Button } from '@mantine/core'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useAskForPlan, useCase } from '../asked.ts'
import { Failure } from '../failure.tsx'
import { Consents } from '../ruling.tsx'
import { useMay } from '../session.ts'
import { Heading, Working } from '../shell.tsx'
import { useWriter } from '../write.ts'

export function CasePage() {
  const { caseId } = useParams({ from: '/cases/$caseId' })
  const { t, asks, day, known, list, drug } = useWriter()
  const { data, error, refetch } = useCase(caseId)
  const mayPlan = useMay('makePlan')
  const maySee = useMay('showProcedure')
  const own = useMay('showAccount')
  const mayHelp = useMay('openEmergency')
  const mayAskOfRelatives = useMay('askRelativesReview')
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return null
  return (
    <>
      <p className="noprint">
        <Link to="/">← {t('home.back')}</Link>
      </p>
      <Heading>{data.subjectName}</Heading>
      <h2>{t('caseOf.asked')}</h2>
      <p className="sentence">{asks(data)}</p>
      <p>{t('caseOf.for', { indication: known('indication', data.indication) })}</p>
      <p>{t('caseOf.drugs', { drugs: list(data.candidateDrugs.map(drug)) })}</p>
      <p>{t('caseOf.day', { day: day(data.day) })}</p>
      <h2>{t('caseOf.agreed')}</h2>
      <Consents consents={data.consents} name={data.subjectName} />
      {mayPlan && <h2>{t('caseOf.choose')}</h2>}
      <div className="choices">
        {mayPlan && (
          <AskForPlan
            caseId={caseId}
            name={data.subjectName}
            label={t('caseOf.plan')}
            hint={t('caseOf.planHint')}
          />
        )}
        {maySee && (
          <div>
            <Link className="button" to="/cases/$caseId/procedure" params={{ caseId }}>
              {t('procedure.link')}
            </Link>
            <p className="soft">{t('procedure.linkHint')}</p>
          </div>
        )}
        {own && <OwnChoices caseId={caseId} />}
        {mayAskOfRelatives && (
          <div>
            <Link className="button" to="/cases/$caseId/relatives" params={{ caseId }}>
              {t('family.linkOf')}
            </Link>
            <p className="soft">{t('family.linkOfHint')}</p>
          </div>
        )}
        {mayHelp && (
          <div>
            <Link className="button" to="/cases/$caseId/emergency" params={{ caseId }}>
              {t('emergency.go')}
            </Link>
            <p className="soft">{t('emergency.goHint')}</p>
          </div>
        )}
      </div>
    </>
  )
}

function OwnChoices({ caseId }: { readonly caseId: string }) {
  const { t } = useWriter()
  return (
    <>
      <div>
        <Link className="button" to="/cases/$caseId/me" params={{ caseId }}>
          {t('caseOf.me')}
        </Link>
        <p className="soft">{t('caseOf.meHint')}</p>
      </div>
      <div>
        <Link className="button" to="/cases/$caseId/agreements" params={{ caseId }}>
          {t('caseOf.agree')}
        </Link>
        <p className="soft">{t('caseOf.agreeHint')}</p>
      </div>
      <div>
        <Link className="button" to="/cases/$caseId/relatives" params={{ caseId }}>
          {t('family.link')}
        </Link>
        <p className="soft">{t('family.linkHint')}</p>
      </div>
      <div>
        <Link className="button" to="/cases/$caseId/withdraw" params={{ caseId }}>
          {t('caseOf.withdraw')}
        </Link>
        <p className="soft">{t('caseOf.withdrawHint')}</p>
      </div>
    </>
  )
}

type AskProps = {
  readonly caseId: string
  readonly name: string
  readonly label: string
  readonly hint?: string
}

/** Asks once, by the reader's own hand, and shows the answer on its page. */
export function AskForPlan({ caseId, name, label, hint }: AskProps) {
  const { t } = useWriter()
  const navigate = useNavigate()
  const { mutate, isPending, error } = useAskForPlan(caseId)
  const go = () => void navigate({ to: '/cases/$caseId/plan', params: { caseId } })
  return (
    <div>
      <Button fullWidth loading={isPending} onClick={() => mutate(undefined, { onSuccess: go })}>
        {label}
      </Button>
      {hint && <p className="soft">{hint}</p>}
      {isPending && <Working>{t('working.plan')}</Working>}
      {error && <Failure error={error} name={name} />}
    </div>
  )
}
