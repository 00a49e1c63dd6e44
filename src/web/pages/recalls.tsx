import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Failure } from '../failure.tsx'
import { AnswerForm } from '../recallAnswer.tsx'
import { type Recall, useAnswer, useRecalls } from '../recalls.ts'
import { Before, sayStanding } from '../recallWords.tsx'
import { Heading, Sign, Working } from '../shell.tsx'
import { useWriter } from '../write.ts'

/** For whoever was given something: what waits first. */
export function RecallsPage() {
  const { t } = useWriter()
  const { data, error, refetch } = useRecalls()
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return <Working>{t('recall.working')}</Working>
  const isDone = ({ state }: Recall) => state === 'answered'
  const recalls = [...data.recalls.filter((one) => !isDone(one)), ...data.recalls.filter(isDone)]
  return (
    <>
      <p className="noprint">
        <Link to="/">← {t('home.back')}</Link>
      </p>
      <Heading>{t('recall.title')}</Heading>
      <p>{t('recall.lead')}</p>
      {recalls.length === 0 && <p>{t('recall.none')}</p>}
      <ul className="cards">
        {recalls.map((one) => (
          <li key={one.id} className={`box ${isDone(one) ? 'plain' : 'ask'}`}>
            <OneRecall recall={one} />
          </li>
        ))}
      </ul>
    </>
  )
}

const heads = {
  waiting: 'recall.open',
  overdue: 'recall.late',
  answered: 'recall.done',
  'lock-ended': 'recall.over',
} as const

function OneRecall({ recall }: { readonly recall: Recall }) {
  const writer = useWriter()
  const { t, day, list, categories, purposes } = writer
  const [open, setOpen] = useState(false)
  const answering = useAnswer(recall.id)
  const { id, state, since, dueOn, acts } = recall
  const number = t('recall.number', { id })
  const label = t(recall.answers.length > 0 ? 'recall.correct' : 'recall.answer')
  const what = {
    categories: recall.categories === null ? t('recall.all') : categories(recall.categories),
    purposes: purposes(recall.purposes ?? []),
    at: day(since),
    day: day(dueOn),
  }
  return (
    <>
      <h2>{number}</h2>
      <p>
        <Sign>{state === 'answered' ? '✓' : '?'}</Sign>
        <strong>{t(heads[state])}</strong>
      </p>
      <p>{t('recall.what', what)}</p>
      {acts.length > 0 && <p>{t('recall.acts', { acts: list(acts) })}</p>}
      {recall.answers.length > 0 && <p>{sayStanding(writer, recall)}</p>}
      <Before recall={recall} />
      {answering.data && !open && (
        <p role="status">{t('recall.sent', { index: answering.data.receipt.index })}</p>
      )}
      {open ? (
        <AnswerForm answering={answering} close={() => setOpen(false)} />
      ) : (
        <p className="choices">
          <Button variant="outline" aria-label={`${label}: ${number}`} onClick={() => setOpen(true)}>
            {label}
          </Button>
        </p>
      )}
    </>
  )
}
