import { useNotice } from './house.ts'
import type { Recall, RecallAnswer } from './recalls.ts'
import { Sign } from './shell.tsx'
import { useWriter, type Writer } from './write.ts'

/** What was asked of others on the person's behalf, each with its answer. */
export function MyRecalls({ recalls }: { readonly recalls: readonly Recall[] }) {
  const { t } = useWriter()
  if (recalls.length === 0) return null
  return (
    <section>
      <h2>{t('recall.mine')}</h2>
      <p>{t('recall.mineLead')}</p>
      <ul className="cards">
        {recalls.map((one) => (
          <li key={one.id} className="box plain">
            <MyRecall recall={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function MyRecall({ recall }: { readonly recall: Recall }) {
  const writer = useWriter()
  const { t, day, categories, purposes } = writer
  const recipient = useRecipient(recall.recipient)
  const said = {
    recipient,
    at: day(recall.since),
    categories: recall.categories === null ? t('recall.everything') : categories(recall.categories),
    purposes: purposes(recall.purposes ?? []),
  }
  return (
    <>
      <p>{t('recall.asked', said)}</p>
      <p>
        <Sign>{recall.state === 'answered' ? '✓' : '?'}</Sign>
        <strong>{sayStanding(writer, recall)}</strong>
      </p>
      <Before recall={recall} />
    </>
  )
}

/** What counts now, in one sentence. */
export function sayStanding(writer: Writer, { state, dueOn, answers }: Recall): string {
  const { t, day } = writer
  const last = answers.at(-1)
  if (state === 'lock-ended') return t('recall.state.lock-ended', { until: day(last?.until ?? dueOn) })
  if (state === 'answered' && last) return sayAnswer(writer, last)
  return t(state === 'overdue' ? 'recall.state.overdue' : 'recall.state.waiting', { day: day(dueOn) })
}

const sayAnswer = ({ t, day }: Writer, { at, answer, until, basis, because }: RecallAnswer): string =>
  t(`recall.${answer}`, {
    at: day(at),
    until: until === null ? '' : day(until),
    basis: basis ?? '',
    because: because ?? '',
  })

/** What was corrected stays. */
export function Before({ recall: { state, answers } }: { readonly recall: Recall }) {
  const writer = useWriter()
  const earlier = state === 'lock-ended' ? answers : answers.slice(0, -1)
  if (earlier.length === 0) return null
  return (
    <details>
      <summary>{writer.t('recall.before')}</summary>
      <ul className="soft">
        {earlier.map((one) => (
          <li key={`${one.at} ${one.answer} ${one.until}`}>{sayAnswer(writer, one)}</li>
        ))}
      </ul>
    </details>
  )
}

/** By the name that the hospital laid down, where it did. */
function useRecipient(recipient: string): string {
  const { t, known } = useWriter()
  const { data } = useNotice()
  const [, kind] = /^kind:(.*)$/.exec(recipient) ?? []
  if (kind !== undefined) return t('recall.someone', { kind: known('actor', kind) })
  const laidDown = data?.rules.flatMap(({ content }) =>
    content.kind === 'recipient' && content.id === recipient ? content.name : [],
  )
  return laidDown?.[0] ?? recipient
}
