import type { Governed } from './api.ts'
import type { RelativeLook } from './deceased.ts'
import { ReceiptView } from './receipt.tsx'
import { useWriter } from './write.ts'

type Props = { readonly look: RelativeLook; readonly done: Governed }

/** What a relative sees, for their reason; that nothing is on record is said. */
export function RelativeLookView({ look, done }: Props) {
  const { t } = useWriter()
  const { purpose, words, conditions, treatment, unread } = look
  return (
    <section aria-live="polite">
      <h2>{t('dead.shown')}</h2>
      <p>{t('dead.shownFor', { purpose: t(`dead.purpose.${purpose}`), words })}</p>
      <Listed title={t('dead.conditions')} lines={conditions} />
      {treatment && (
        <>
          <Listed title={t('dead.medications')} lines={treatment.medications} />
          <Listed title={t('dead.allergies')} lines={treatment.allergies} />
          <Listed
            title={t('dead.measures')}
            lines={treatment.measures.map(({ measure, value, unit, on }) => ({
              name: `${measure}: ${value} ${unit}`,
              on,
            }))}
          />
        </>
      )}
      {unread > 0 && <p>{t('dead.unread', { n: unread })}</p>}
      <ReceiptView receipt={done.receipt} title={t('dead.look')} shown={{ 'ruling.json': done.ruling }} />
    </section>
  )
}

type Line = { readonly name: string; readonly on: string | null; readonly past?: boolean }

function Listed({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  const { t, day } = useWriter()
  return (
    <>
      <h3>{title}</h3>
      {lines.length === 0 && <p>{t('dead.nothing')}</p>}
      <ul>
        {lines.map(({ name, on, past }) => (
          <li key={`${name} ${on}`}>
            {name}
            {past && ` ${t('dead.past')}`}
            {on !== null && `, ${day(on)}`}
          </li>
        ))}
      </ul>
    </>
  )
}
