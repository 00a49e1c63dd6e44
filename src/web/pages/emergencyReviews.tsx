import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Emergency } from '../api.ts'
import { type Finding, useEmergencyReviews, useReview } from '../emergencies.ts'
import { EmergencyFault, Told } from '../emergencyWords.tsx'
import { Failure } from '../failure.tsx'
import { SayWhy } from '../sayWhy.tsx'
import { Heading, Sign, Working } from '../shell.tsx'
import { useWriter } from '../write.ts'

/** For whoever reviews: what waits first, overdue before all. */
export function EmergencyReviewsPage() {
  const { t } = useWriter()
  const { data, error, refetch } = useEmergencyReviews(true)
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return <Working>{t('emergency.reviewsWorking')}</Working>
  const order = ['overdue', 'waiting', 'closed'] as const
  const emergencies = order.flatMap((state) =>
    data.emergencies.filter(({ review }) => review.state === state),
  )
  return (
    <>
      <p className="noprint">
        <Link to="/">← {t('home.back')}</Link>
      </p>
      <Heading>{t('emergency.reviews')}</Heading>
      <p>{t('emergency.reviewsLead')}</p>
      {emergencies.length === 0 && <p>{t('emergency.reviewsNone')}</p>}
      <ul className="cards">
        {emergencies.map((one) => (
          <li key={one.id} className={`box ${one.review.state === 'closed' ? 'plain' : 'ask'}`}>
            <OneReview emergency={one} />
          </li>
        ))}
      </ul>
    </>
  )
}

const heads = { waiting: 'emergency.waits', overdue: 'emergency.late', closed: 'emergency.closed' } as const

function OneReview({ emergency }: { readonly emergency: Emergency }) {
  const { t, day } = useWriter()
  const [writing, write] = useState(false)
  const reviewing = useReview(emergency.id)
  const { caseId, at, review, endedAt, own } = emergency
  const number = t('emergency.number', { case: caseId, at: day(at) })
  const waits = review.state !== 'closed'
  return (
    <>
      <h2>{number}</h2>
      <p>
        <Sign>{waits ? '?' : '✓'}</Sign>
        <strong>{t(waits && endedAt === null ? 'emergency.open1' : heads[review.state])}</strong>
      </p>
      <Told emergency={emergency} />
      {reviewing.data && <p role="status">{t('emergency.sent', { index: reviewing.data.receipt.index })}</p>}
      {waits && own && <p>{t('emergency.own')}</p>}
      {waits && !own && endedAt !== null && !writing && (
        <p className="inline">
          <Button
            variant="outline"
            aria-label={`${t('emergency.start')}: ${number}`}
            onClick={() => write(true)}
          >
            {t('emergency.start')}
          </Button>
        </p>
      )}
      {waits && writing && <ReviewForm reviewing={reviewing} close={() => write(false)} />}
    </>
  )
}

type FormProps = { readonly reviewing: ReturnType<typeof useReview>; readonly close: () => void }

function ReviewForm({ reviewing, close }: FormProps) {
  const { t } = useWriter()
  const options: readonly { readonly value: Finding; readonly text: string }[] = [
    { value: 'justified', text: t('emergency.justified') },
    { value: 'not-justified', text: t('emergency.notJustified') },
  ]
  return (
    <>
      <SayWhy
        which={t('emergency.finding')}
        options={options}
        wordsLabel={t('emergency.findingWords')}
        send={t('emergency.send')}
        leave={t('emergency.later')}
        waiting={reviewing.isPending}
        onSaid={(finding, words) => reviewing.mutate({ finding, words }, { onSuccess: close })}
        onLeave={close}
      />
      {reviewing.error && <EmergencyFault error={reviewing.error} />}
    </>
  )
}
