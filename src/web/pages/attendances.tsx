import { Link } from '@tanstack/react-router'
import { useAttendances } from '../attendances.ts'
import { Failure } from '../failure.tsx'
import { Heading, Working } from '../shell.tsx'
import { useWriter } from '../write.ts'

/** What waits for whoever was named, oldest first; which it is, a look says. */
export function AttendancesPage() {
  const { t, day } = useWriter()
  const { data, error, refetch } = useAttendances()
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return <Working>{t('attend.working')}</Working>
  return (
    <>
      <p className="noprint">
        <Link to="/">← {t('home.back')}</Link>
      </p>
      <Heading>{t('attend.title')}</Heading>
      <p>{t('attend.lead')}</p>
      {data.attendances.length === 0 && <p>{t('attend.none')}</p>}
      <ul className="cards">
        {data.attendances.map(({ id, part, at }) => (
          <li key={id}>
            <Link className="box ask" to="/attendances/$attendanceId" params={{ attendanceId: id }}>
              <strong>{t(`attend.as.${part}`)}</strong>
              <br />
              {t('attend.signedOn', { at: day(at) })}
              <br />
              <span className="soft">{t('attend.look')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
