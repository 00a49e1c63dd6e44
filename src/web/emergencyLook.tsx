import type { Looked, RecordShown, WarningsShown } from './emergencies.ts'
import { ReceiptView } from './receipt.tsx'
import { Box, Sign } from './shell.tsx'
import { useWriter, type Writer } from './write.ts'

/** What was looked at, what kills first before all else, with the receipt of the look. */
export function LookShown({ looked: { look, ruling, receipt } }: { readonly looked: Looked }) {
  const { t } = useWriter()
  return (
    <>
      {look.part === 'record' ? <RecordView record={look} /> : <WarningsView warnings={look} />}
      <details>
        <summary>{t('emergency.receipt')}</summary>
        <ReceiptView receipt={receipt} shown={{ 'ruling.json': ruling, 'emergency-look.json': look }} />
      </details>
    </>
  )
}

function RecordView({ record }: { readonly record: RecordShown }) {
  const writer = useWriter()
  const { t } = writer
  const { allergies, medications, conditions, measures, unread } = record
  const dated = ({ name, on }: { readonly name: string; readonly on: string | null }) =>
    on ? `${name} (${writer.day(on)})` : name
  return (
    <>
      <h2>{t('emergency.record')}</h2>
      {unread > 0 && (
        <Box tone="care">
          <p>
            <Sign>!</Sign>
            {t('emergency.unread', { count: unread })}
          </p>
        </Box>
      )}
      <Items title={t('emergency.allergies')} items={allergies.map(dated)} urgent />
      <Items title={t('emergency.medications')} items={medications.map(dated)} />
      <Items
        title={t('emergency.conditions')}
        items={conditions.map((one) => (one.past ? `${dated(one)}, ${t('emergency.past')}` : dated(one)))}
      />
      <Items title={t('emergency.measures')} items={measures.map((one) => sayMeasure(writer, one))} />
      <Who record={record} />
    </>
  )
}

type ItemsProps = {
  readonly title: string
  readonly items: readonly string[]
  readonly urgent?: boolean
}

/** That nothing is on record is said, and never taken for “none”. */
function Items({ title, items, urgent = false }: ItemsProps) {
  const { t } = useWriter()
  return (
    <div className={urgent && items.length > 0 ? 'box harm' : 'box plain'}>
      <h3>
        {urgent && items.length > 0 && <Sign>⚠</Sign>}
        {title}
      </h3>
      {items.length === 0 ? (
        <p>{t('emergency.none')}</p>
      ) : (
        <ul>
          {items.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

function sayMeasure(
  { t, day }: Writer,
  { measure, value, unit, bound, on }: RecordShown['measures'][number],
) {
  const amount = `${bound === null ? '' : `${t(`emergency.${bound}`)} `}${value} ${unit === '1' ? '' : unit}`
  return `${measure}: ${amount.trim()}${on === null ? '' : ` (${day(on)})`}`
}

function Who({ record: { age, sex, pregnant } }: { readonly record: RecordShown }) {
  const { t } = useWriter()
  const unknown = t('emergency.notTold')
  return (
    <dl>
      <dt>{t('emergency.age')}</dt>
      <dd>{age === null ? unknown : t('emergency.years', { count: age })}</dd>
      <dt>{t('emergency.sex')}</dt>
      <dd>{sex === null ? unknown : t(`emergency.${sex}`)}</dd>
      <dt>{t('emergency.pregnant')}</dt>
      <dd>{pregnant === null ? unknown : t(pregnant ? 'emergency.yes' : 'emergency.no')}</dd>
    </dl>
  )
}

function WarningsView({ warnings: { planOf, drugs } }: { readonly warnings: WarningsShown }) {
  const { t, zh, day, drug, list } = useWriter()
  const sayDrug = ({ name, action, maxDose, startDose, suggest }: WarningsShown['drugs'][number]): string =>
    [
      `${drug(name)}: ${t(`action.${action}`)}`,
      ...(maxDose === null ? [] : [t('plan.atMost', { dose: maxDose })]),
      ...(startDose === null ? [] : [t('plan.startWith', { dose: startDose })]),
      ...(suggest.length === 0 ? [] : [t('plan.instead', { drugs: list(suggest.map(drug)) })]),
    ].join(zh ? '。' : '. ')
  return (
    <>
      <h2>{t('emergency.warnings')}</h2>
      <p>{planOf === null ? t('emergency.noPlan') : t('emergency.planOf', { day: day(planOf) })}</p>
      {planOf !== null && drugs.length === 0 && <p>{t('emergency.noWarnings')}</p>}
      {drugs.length > 0 && (
        <ul>
          {drugs.map((one) => (
            <li key={one.name}>{sayDrug(one)}</li>
          ))}
        </ul>
      )}
    </>
  )
}
