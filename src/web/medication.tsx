import type { Action, Because, Medication, Source } from './api.ts'
import { Box, Sign } from './shell.tsx'
import { useWriter, type Writer } from './write.ts'

/** Colour only repeats what word and sign say; red is for harm. */
const looks: Readonly<
  Record<Action, { readonly sign: string; readonly tone: Parameters<typeof Box>[0]['tone'] }>
> = {
  contraindicated: { sign: '✕', tone: 'harm' },
  avoid: { sign: '✕', tone: 'harm' },
  alternative: { sign: '⇄', tone: 'harm' },
  'duplicate-therapy': { sign: '⇉', tone: 'harm' },
  'stop-or-switch-interacting': { sign: '⇄', tone: 'care' },
  'test-first': { sign: '?', tone: 'ask' },
  'insufficient-data': { sign: '?', tone: 'ask' },
  'reduce-dose': { sign: '↓', tone: 'care' },
  'start-low': { sign: '↓', tone: 'care' },
  'increase-dose': { sign: '↑', tone: 'care' },
  monitor: { sign: '◉', tone: 'good' },
  standard: { sign: '✓', tone: 'good' },
  'no-guidance': { sign: '–', tone: 'plain' },
}

export function MedicationView({ medication }: { readonly medication: Medication }) {
  const writer = useWriter()
  const { t, drug } = writer
  const { action, because, disagreements } = medication
  const look = looks[action]
  const details = detailsOf(writer, medication)
  const mainly = mainReasons(writer, medication)
  return (
    <Box tone={look.tone}>
      <h3>
        <Sign>{look.sign}</Sign>
        {drug(medication.drug.name)} – {t(`action.${action}`)}
      </h3>
      {details.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {mainly !== '' && <p>{t('plan.mainly', { reasons: mainly })}</p>}
      {disagreements.length > 0 && (
        <>
          <p>
            <Sign>≠</Sign>
            <strong>{t('plan.disagree')}</strong>
          </p>
          <ul>
            {disagreements.map(({ source, action: other }) => (
              <li key={`${source.title} ${other}`}>
                <span lang="en">{source.title}</span>: {t(`action.${other}`)}
              </li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>{t('plan.reasons', { count: because.length })}</summary>
        <ul lang="en">
          {because.map((one) => (
            <li key={`${one.kind} ${one.finding} ${one.source.title}`}>
              {one.finding} <SourceView source={one.source} />
            </li>
          ))}
        </ul>
      </details>
    </Box>
  )
}

function SourceView({ source: { body, title, year, confidence } }: { readonly source: Source }) {
  const { t, zh } = useWriter()
  return (
    <>
      <cite>
        {body}: {title}
        {year !== null && `, ${year}`}
      </cite>
      {confidence === 'general-knowledge' && <em lang={zh ? 'zh-CN' : 'en'}> ({t('plan.recalled')})</em>}
    </>
  )
}

const percent = (factor: number): string => `${Math.round(factor * 100)} %`

function detailsOf({ t, list, drug }: Writer, medication: Medication): string[] {
  const { dose, maxDose, startDose, suggest, test, also } = medication
  const amount = dose && [...new Set([percent(dose.factorMin), percent(dose.factorMax)])].join('–')
  const lines = [
    amount && t('plan.usual', { amount }),
    maxDose && t('plan.atMost', { dose: maxDose }),
    startDose && t('plan.startWith', { dose: startDose }),
    suggest.length > 0 && t('plan.instead', { drugs: list(suggest.map(drug)) }),
    test.length > 0 && t('plan.before', { tests: list(test) }),
    ...also.map(({ action, what }) =>
      t(action === 'monitor' ? 'plan.watch' : 'plan.gone', { what: list(what.map(drug)) }),
    ),
  ]
  return lines.filter((line): line is string => Boolean(line))
}

/** The findings that alone would have led to this action, in a few words. */
function mainReasons({ t, list, drug }: Writer, { because, action }: Medication): string {
  const decisive = because.filter(({ finding }) => finding.endsWith(`: ${action}`))
  const words = decisive.map(({ kind, of }: Because) => t(`reason.${kind}`, { of: drug(of) }))
  return list([...new Set(words)])
}
