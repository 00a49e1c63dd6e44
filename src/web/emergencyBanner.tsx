import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Emergency } from './api.ts'
import { useCases } from './asked.ts'
import { useEnd, useOpenEmergencies } from './emergencies.ts'
import { useMay } from './session.ts'
import { useWriter } from './write.ts'

/** On every page of whoever has something open, until it is over. */
export function EmergencyBanner() {
  const { data } = useOpenEmergencies(useMay('openEmergency'))
  return data?.emergencies.map((one) => <OneBanner key={one.id} emergency={one} />)
}

function OneBanner({ emergency: { id, caseId, until } }: { readonly emergency: Emergency }) {
  const { t, day } = useWriter()
  const { data } = useCases()
  const end = useEnd()
  const name = data?.cases.find((one) => one.id === caseId)?.subjectName ?? caseId
  return (
    <section className="emergency noprint" aria-label={t('emergency.title', { name })}>
      <strong>
        <span aria-hidden="true">⚠ </span>
        {t('emergency.banner', { name, until: day(until) })}
      </strong>
      <Link to="/cases/$caseId/emergency" params={{ caseId }}>
        {t('emergency.toLook')}
      </Link>
      <Button
        size="compact-sm"
        variant="outline"
        aria-label={t('emergency.endOf', { name })}
        loading={end.isPending}
        onClick={() => end.mutate({ caseId, id })}
      >
        {t('emergency.end')}
      </Button>
    </section>
  )
}
