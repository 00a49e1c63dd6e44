import type { Review } from './relatives.ts'
import { Sign } from './shell.tsx'
import { useWriter } from './write.ts'
import { WrittenFault } from './writtenFault.tsx'

/** What was asked, and how it ended; nothing of it where the reader does not want to know. */
export function ToldReview({ review }: { readonly review: Review }) {
  const { t, day } = useWriter()
  const { by, at, reason, words, state, finding } = review
  return (
    <>
      <p>{t('family.asked', { by, at: day(at) })}</p>
      {reason !== null && words !== null && (
        <p>{t('family.because', { reason: t(`family.reason.${reason}`), words })}</p>
      )}
      <p>
        <Sign>{state === 'closed' ? '✓' : '?'}</Sign>
        <strong>{t(state === 'closed' ? 'family.closed' : 'family.waits')}</strong>
      </p>
      {finding && (
        <>
          <p>
            {t(`family.verdict.${finding.verdict}`, {
              by: finding.by,
              at: day(finding.at),
              words: finding.words,
            })}
          </p>
          {finding.verdict === 'matters' && <p>{t(finding.allowed ? 'family.allowed' : 'family.refused')}</p>}
        </>
      )}
      {reason === null && <p>{t('family.untold')}</p>}
    </>
  )
}

const faults = {
  'relatives.text': 'family.fault.text',
  'relatives.no-words': 'family.fault.words',
  'relatives.asked-already': 'family.fault.already',
  'relatives.closed': 'family.fault.closed',
  'relatives.own': 'family.fault.own',
} as const

export const RelativesFault = ({ error }: { readonly error: unknown }) => (
  <WrittenFault error={error} words={faults} />
)
