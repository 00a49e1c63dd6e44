import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Failure } from '../failure.tsx'
import { type Review, useDecide, useRelativesReviews, type Verdict } from '../relatives.ts'
import { RelativesFault, ToldReview } from '../relativesWords.tsx'
import { SayWhy } from '../sayWhy.tsx'
import { Heading, Working } from '../shell.tsx'
import { useWriter } from '../write.ts'

/** For whoever decides whether relatives are to be told: what waits first. */
export function RelativesReviewsPage() {
  const { t } = useWriter()
  const { data, error, refetch } = useRelativesReviews(true)
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return <Working>{t('family.judgingWorking')}</Working>
  const order = ['waiting', 'closed'] as const
  const reviews = order.flatMap((state) => data.reviews.filter((one) => one.state === state))
  return (
    <>
      <p className="noprint">
        <Link to="/">← {t('home.back')}</Link>
      </p>
      <Heading>{t('family.judging')}</Heading>
      <p>{t('family.judgingLead')}</p>
      {reviews.length === 0 && <p>{t('family.judgingNone')}</p>}
      <ul className="cards">
        {reviews.map((one) => (
          <li key={one.id} className={`box ${one.state === 'closed' ? 'plain' : 'ask'}`}>
            <OneReview review={one} />
          </li>
        ))}
      </ul>
    </>
  )
}

function OneReview({ review }: { readonly review: Review }) {
  const { t, day } = useWriter()
  const [writing, write] = useState(false)
  const deciding = useDecide(review.id)
  const { caseId, at, state, own, law } = review
  const number = t('family.number', { case: caseId, at: day(at) })
  const waits = state === 'waiting'
  return (
    <>
      <h2>{number}</h2>
      <ToldReview review={review} />
      {law && <p>{t(`family.law.${law}`, { day: day(at.slice(0, 10)) })}</p>}
      {deciding.data && <p role="status">{t('family.decided', { index: deciding.data.receipt.index })}</p>}
      {waits && own && <p>{t('family.own')}</p>}
      {waits && !own && !writing && (
        <p className="inline">
          <Button
            variant="outline"
            aria-label={`${t('family.start')}: ${number}`}
            onClick={() => write(true)}
          >
            {t('family.start')}
          </Button>
        </p>
      )}
      {waits && writing && <DecisionForm deciding={deciding} close={() => write(false)} />}
    </>
  )
}

type FormProps = { readonly deciding: ReturnType<typeof useDecide>; readonly close: () => void }

function DecisionForm({ deciding, close }: FormProps) {
  const { t } = useWriter()
  const options: readonly { readonly value: Verdict; readonly text: string }[] = [
    { value: 'matters', text: t('family.matters') },
    { value: 'does-not-matter', text: t('family.notMatters') },
  ]
  return (
    <>
      <SayWhy
        which={t('family.decision')}
        options={options}
        wordsLabel={t('family.decisionWords')}
        send={t('family.decide')}
        leave={t('family.later')}
        waiting={deciding.isPending}
        onSaid={(verdict, words) => deciding.mutate({ verdict, words }, { onSuccess: close })}
        onLeave={close}
      />
      {deciding.error && <RelativesFault error={deciding.error} />}
    </>
  )
}
