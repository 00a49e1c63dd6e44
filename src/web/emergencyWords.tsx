import type { Emergency } from './api.ts'
import { Sign } from './shell.tsx'
import { useWriter, type Writer } from './write.ts'
import { WrittenFault } from './writtenFault.tsx'

/** The person's notice: who opened something of theirs, why, what was looked at, and what somebody else finds of it. */
export function MyEmergencies({ emergencies }: { readonly emergencies: readonly Emergency[] }) {
  const { t } = useWriter()
  if (emergencies.length === 0) return null
  return (
    <section>
      <h2>{t('emergency.mine')}</h2>
      <p>{t('emergency.mineLead')}</p>
      <ul className="cards">
        {[...emergencies].reverse().map((one) => (
          <li key={one.id} className={`box ${one.endedAt === null ? 'care' : 'plain'}`}>
            <Told emergency={one} />
          </li>
        ))}
      </ul>
      <p className="soft">{t('emergency.complain')}</p>
    </section>
  )
}

/** All that happened, in the order in which it did. */
export function Told({ emergency }: { readonly emergency: Emergency }) {
  const writer = useWriter()
  const { t, day } = writer
  const { by, at, reason, words, until, endedAt, review } = emergency
  const said = { by, at: day(at), reason: t(`emergency.because.${reason}`), words }
  return (
    <>
      <p>{t('emergency.opened', said)}</p>
      <p>
        {endedAt === null && <Sign>⚠</Sign>}
        {endedAt === null
          ? t('emergency.stillOpen', { at: day(until) })
          : t('emergency.overOn', { at: day(endedAt) })}
      </p>
      <p>{sayLooks(writer, emergency)}</p>
      <p>
        <Sign>{review.state === 'closed' ? '✓' : '?'}</Sign>
        <strong>{sayReview(writer, emergency)}</strong>
      </p>
    </>
  )
}

const sayLooks = ({ t, list, day }: Writer, { looks }: Emergency): string =>
  looks.length === 0
    ? t('emergency.noLooks')
    : t('emergency.looks', {
        looks: list(looks.map(({ part, at }) => t(`emergency.part.${part}`, { at: day(at) }))),
      })

function sayReview({ t, day }: Writer, { review: { state, dueOn, finding } }: Emergency): string {
  if (finding) {
    const { at, by, words } = finding
    return t(`emergency.found.${finding.finding}`, { by, at: day(at), words })
  }
  return t(state === 'overdue' ? 'emergency.review.overdue' : 'emergency.review.waiting', { day: day(dueOn) })
}

const faults = {
  'emergency.text': 'emergency.fault.text',
  'emergency.no-words': 'emergency.fault.words',
  'emergency.open-already': 'emergency.fault.already',
  'emergency.over': 'emergency.fault.over',
  'emergency.still-open': 'emergency.fault.stillOpen',
  'emergency.closed': 'emergency.fault.closed',
  'emergency.own': 'emergency.fault.own',
} as const

export const EmergencyFault = ({ error }: { readonly error: unknown }) => (
  <WrittenFault error={error} words={faults} />
)
