import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { ApiError } from '../api.ts'
import { type Attendance, useAttendance, useConfirm } from '../attendances.ts'
import { Failure } from '../failure.tsx'
import { currentLanguage } from '../language.ts'
import { wordsFor } from '../onPapers.tsx'
import { useSession } from '../session.ts'
import { Box, Heading, Sign, Working } from '../shell.tsx'
import { firstUpper, useWriter, type Writer } from '../write.ts'
import { AddPasskey } from './keys.tsx'

/** What somebody is to confirm, in its words, and their signature under it. */
export function AttendancePage() {
  const { attendanceId } = useParams({ from: '/attendances/$attendanceId' })
  const { t } = useWriter()
  const { data, error } = useAttendance(attendanceId)
  if (!data && !error) return <Working>{t('attend.working')}</Working>
  return (
    <>
      <p className="noprint">
        <Link to="/attendances">← {t('attend.toList')}</Link>
      </p>
      {error && (
        <>
          <Heading>{t('attend.title')}</Heading>
          <Refused error={error} />
        </>
      )}
      {data && <One key={data.id} attendance={data} />}
    </>
  )
}

function One({ attendance }: { readonly attendance: Attendance }) {
  const { t, day, zh } = useWriter()
  const { part, at, until, form, choices, statement } = attendance
  const language = zh ? 'zh' : 'en'
  return (
    <>
      <Heading>{t(`attend.oneTitle.${part}`)}</Heading>
      <p>
        {t('attend.signedOn', { at: day(at) })}. {t('attend.until', { until: day(until) })}
      </p>
      <h2>{form.title[language]}</h2>
      <details>
        <summary>{t('attend.told')}</summary>
        {form.sections.map(({ element, text }) => (
          <section key={element}>
            <h3>{firstUpper(t(`element.${element}`))}</h3>
            <p>{text[language]}</p>
          </section>
        ))}
      </details>
      <h2>{t('attend.chosen')}</h2>
      <ul className="duties">
        {form.items.map(({ id, says }) => {
          const isYes = choices.some(({ item, effect }) => item === id && effect === 'permit')
          return (
            <li key={id}>
              <Sign>{isYes ? '✓' : '✕'}</Sign>
              <strong>{firstUpper(t(isYes ? 'agree.yes' : 'agree.no'))}</strong>: {says[language]}
            </li>
          )
        })}
      </ul>
      <h2>{t('attend.says')}</h2>
      <p className="sentence">{statement[language]}</p>
      <p>{t('attend.notSo')}</p>
      <Confirm attendance={attendance} />
    </>
  )
}

function Confirm({ attendance }: { readonly attendance: Attendance }) {
  const { t } = useWriter()
  const { data: session } = useSession()
  const { mutate, isPending, error, data } = useConfirm(attendance)
  if (data)
    return (
      <div role="status">
        <Box tone="good">
          <p>
            <Sign>✓</Sign>
            {t('attend.done', { index: data.receipt.index })}
          </p>
        </Box>
      </div>
    )
  if (session?.signedIn === true && !session.hasPasskey)
    return (
      <>
        <p>{t('attend.needsKey')}</p>
        <AddPasskey />
      </>
    )
  return (
    <>
      <p className="inline noprint">
        <Button loading={isPending} onClick={() => mutate(currentLanguage())}>
          {t('attend.confirm')}
        </Button>
      </p>
      {error && <Refused error={error} />}
    </>
  )
}

function Refused({ error }: { readonly error: unknown }) {
  const writer = useWriter()
  const words = sayRefusal(writer, error)
  if (words === undefined) return <Failure error={error} name="" />
  return (
    <div role="alert">
      <Box tone="care">
        <p>
          <Sign>!</Sign>
          {words}
        </p>
      </Box>
    </div>
  )
}

/** Of the browser's own refusal nobody is told why. */
function sayRefusal(writer: Writer, error: unknown): string | undefined {
  if (!(error instanceof ApiError)) return writer.t('seal.cancelled')
  const { code = '' } = error
  const words = writer.known('attend.because', code.replace('attendance.', ''))
  return code.startsWith('attendance.') ? words : wordsFor(writer, code)
}
