import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask, type OwnSession } from './api.ts'
import { Failure } from './failure.tsx'
import { AgainFirst, isAgain } from './signInAgain.tsx'
import { useWriter } from './write.ts'

type Sessions = { readonly sessions: readonly OwnSession[] }
const queryKey = ['sessions']

/** Where else somebody is signed in: for whoever has lost a device, or left one open. */
export function Elsewhere() {
  const { t } = useWriter()
  const queries = useQueryClient()
  const { data, error } = useQuery({ queryKey, queryFn: () => ask<Sessions>('sessions') })
  const end = useMutation({
    mutationFn: (handle: string | undefined) =>
      ask(handle === undefined ? 'session/end-others' : `sessions/${handle}/end`, {}),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  })
  const wrong = error ?? end.error
  return (
    <section>
      <h2>{t('keys.sessions')}</h2>
      <p>{t('keys.sessionsHint')}</p>
      <ul className="cards">
        {data?.sessions.map((one) => (
          <li key={one.handle} className="box plain">
            <SessionLine session={one} end={() => end.mutate(one.handle)} isPending={end.isPending} />
          </li>
        ))}
      </ul>
      <Button variant="outline" loading={end.isPending} onClick={() => end.mutate(undefined)}>
        {t('keys.endElsewhere')}
      </Button>
      <p role="status">
        {end.isSuccess && t(end.variables === undefined ? 'keys.elsewhereDone' : 'keys.endedDone')}
      </p>
      {isAgain(wrong) ? <AgainFirst /> : wrong && <Failure error={wrong} name="" />}
    </section>
  )
}

type LineProps = {
  readonly session: OwnSession
  readonly end: () => void
  readonly isPending: boolean
}

function SessionLine({ session: { method, begunAt, seenAt, here }, end, isPending }: LineProps) {
  const { t, day } = useWriter()
  const begun = day(begunAt)
  return (
    <>
      <strong>{t(here ? 'keys.here' : 'keys.there')}</strong>
      <br />
      {t(`keys.by.${method}`, { at: begun })} {t('keys.seen', { at: day(seenAt) })}
      {!here && (
        <p>
          <Button
            variant="outline"
            disabled={isPending}
            aria-label={t('keys.endOf', { at: begun })}
            onClick={end}
          >
            {t('session.out')}
          </Button>
        </p>
      )}
    </>
  )
}
