import { Button } from '@mantine/core'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ApiError, type CaseSummary, type Emergency } from '../api.ts'
import { useCase } from '../asked.ts'
import { emergencyReasons, useEnd, useLook, useOpenEmergencies, useOpenEmergency } from '../emergencies.ts'
import { LookShown } from '../emergencyLook.tsx'
import { EmergencyFault } from '../emergencyWords.tsx'
import { Failure } from '../failure.tsx'
import { SayWhy } from '../sayWhy.tsx'
import { Back, Box, Heading, Sign, Working } from '../shell.tsx'
import { useWriter } from '../write.ts'

/** For whoever treats somebody whose life is in danger: open, look at the least, end. */
export function EmergencyPage() {
  const { caseId } = useParams({ from: '/cases/$caseId/emergency' })
  const { t } = useWriter()
  const found = useCase(caseId)
  const open = useOpenEmergencies(true)
  const end = useEnd()
  const mine = open.data?.emergencies.find((one) => one.caseId === caseId)
  const [wasOpen, remember] = useState(false)
  useEffect(() => {
    if (mine) remember(true)
  }, [mine])
  const error = found.error ?? open.error
  if (error) return <Failure error={error} name="" />
  if (!found.data || !open.data) return <Working>{t('emergency.looking')}</Working>
  const { subjectName: name } = found.data
  return (
    <>
      <Back caseId={caseId} name={name} />
      <Heading>{t('emergency.title', { name })}</Heading>
      {mine && <Opened key={mine.id} emergency={mine} end={() => end.mutate(mine)} ending={end.isPending} />}
      {!mine && wasOpen && <Ended caseId={caseId} name={name} />}
      {!mine && !wasOpen && <NotOpen summary={found.data} />}
      {end.error && <EmergencyFault error={end.error} />}
    </>
  )
}

/** By their own hand, or by itself: what was shown is gone from the page. */
function Ended({ caseId, name }: { readonly caseId: string; readonly name: string }) {
  const { t } = useWriter()
  return (
    <div role="status">
      <Box tone="good">
        <p>
          <Sign>✓</Sign>
          <strong>{t('emergency.ended')}</strong>
        </p>
        <p>{t('emergency.endedLead', { name })}</p>
      </Box>
      <p className="inline">
        <Link className="button" to="/cases/$caseId" params={{ caseId }}>
          {t('back', { name })}
        </Link>
      </p>
    </div>
  )
}

/** What it means is said before it can be done. */
function NotOpen({ summary: { id, subjectName: name } }: { readonly summary: CaseSummary }) {
  const { t } = useWriter()
  const navigate = useNavigate()
  const opening = useOpenEmergency(id)
  const { error } = opening
  if (error instanceof ApiError && error.denial) return <Failure error={error} name={name} />
  return (
    <>
      <h2>{t('emergency.before')}</h2>
      <ul>
        <li>{t('emergency.rule1')}</li>
        <li>{t('emergency.rule2')}</li>
        <li>{t('emergency.rule3')}</li>
        <li>{t('emergency.rule4', { name })}</li>
        <li>{t('emergency.rule5')}</li>
        <li>{t('emergency.rule6')}</li>
      </ul>
      <SayWhy
        which={t('emergency.reason')}
        options={emergencyReasons.map((value) => ({ value, text: t(`emergency.because.${value}`) }))}
        wordsLabel={t('emergency.words')}
        send={t('emergency.open')}
        leave={t('emergency.leave')}
        waiting={opening.isPending}
        onSaid={(reason, words) => opening.mutate({ reason, words })}
        onLeave={() => void navigate({ to: '/cases/$caseId', params: { caseId: id } })}
      />
      {opening.isPending && <Working>{t('emergency.opening')}</Working>}
      {error && <EmergencyFault error={error} />}
    </>
  )
}

type OpenedProps = { readonly emergency: Emergency; readonly end: () => void; readonly ending: boolean }

function Opened({ emergency: { id, caseId, until }, end, ending }: OpenedProps) {
  const { t, day } = useWriter()
  const record = useLook(caseId, id)
  const warnings = useLook(caseId, id)
  return (
    <>
      <div role="status">
        <Box tone="care">
          <p>
            <Sign>⚠</Sign>
            <strong>{t('emergency.openUntil', { until: day(until) })}</strong>
          </p>
          <p>{t('emergency.eachLook')}</p>
        </Box>
      </div>
      <div className="choices">
        <Button loading={record.isPending} onClick={() => record.mutate('record')}>
          {t('emergency.look')}
        </Button>
        <Button loading={warnings.isPending} onClick={() => warnings.mutate('warnings')}>
          {t('emergency.warn')}
        </Button>
        <Button variant="outline" loading={ending} onClick={end}>
          {t('emergency.end')}
        </Button>
      </div>
      {(record.isPending || warnings.isPending) && <Working>{t('emergency.looking')}</Working>}
      {[record, warnings].map(({ data, error }, i) => (
        <section key={i === 0 ? 'record' : 'warnings'} aria-live="polite">
          {data && <LookShown looked={data} />}
          {error && <EmergencyFault error={error} />}
        </section>
      ))}
    </>
  )
}
