import type { Agreement, StandingForm } from './agreements.ts'
import { Box, Sign } from './shell.tsx'
import { useWriter, type Writer } from './write.ts'

/** Whose signature, or confirmation, is wanted still. */
export const whoOf = ({ t, list }: Writer, awaits: StandingForm['awaits']): string =>
  list(awaits.map((one) => t(`coSign.who.${one}`)))

type NeedsProps = { readonly form: StandingForm; readonly waiting: Agreement | undefined }

/** Before somebody signs: who else must, or who has done so already. */
export function NeedsOthers({ form, waiting }: NeedsProps) {
  const writer = useWriter()
  const { t, zh } = writer
  if (waiting) {
    const choices = waiting.choices.filter(({ item }) => item !== null && form.asks.includes(item))
    return (
      <Box tone="plain">
        <WaitsText agreement={waiting} />
        <p>{t('coSign.same')}</p>
        <ul className="duties">
          {choices.map(({ item, effect }) => (
            <li key={item}>
              <Sign>{effect === 'permit' ? '✓' : '✕'}</Sign>
              <strong>{t(effect === 'permit' ? 'agree.yes' : 'agree.no')}</strong>:{' '}
              {form.content.items.find(({ id }) => id === item)?.says[zh ? 'zh' : 'en']}
            </li>
          ))}
        </ul>
      </Box>
    )
  }
  if (form.awaits.length === 0) return null
  return (
    <Box tone="plain">
      <p>{t('coSign.needs', { who: whoOf(writer, form.awaits) })}</p>
    </Box>
  )
}

type AgreementProps = { readonly agreement: Agreement }

/** Nothing is allowed until the others have signed. */
export const Waits = ({ agreement }: AgreementProps) => (
  <Box tone="care">
    <WaitsText agreement={agreement} />
  </Box>
)

function WaitsText({ agreement }: AgreementProps) {
  const writer = useWriter()
  const { t, day } = writer
  const { awaits, awaitsUntil } = agreement
  return (
    <>
      <p>
        <Sign>…</Sign>
        <strong>{t('coSign.waits', { who: whoOf(writer, awaits) })}</strong>{' '}
        {awaitsUntil && t('coSign.until', { until: day(awaitsUntil) })}
      </p>
      <SignedBy agreement={agreement} />
    </>
  )
}

/** Each who signed and when, where it was more than one or is to be. */
export function SignedBy({ agreement: { signers, awaits, attendants } }: AgreementProps) {
  const { t, day } = useWriter()
  if (signers.length < 2 && awaits.length === 0 && attendants.length === 0) return null
  return (
    <ul>
      {signers.map(({ relation, signedAt, act }) => (
        <li key={act}>{t(`coSign.signed.${signedAs(relation)}`, { at: day(signedAt) })}</li>
      ))}
      {attendants.map(({ part, attends, confirmedAt }) =>
        confirmedAt === null ? null : (
          <li key={`${part} ${attends}`}>{t(`attend.confirmed.${part}`, { at: day(confirmedAt) })}</li>
        ),
      )}
    </ul>
  )
}

const signedAs = (relation: string | null) =>
  relation === 'self' || relation === 'parent' || relation === 'guardian' ? relation : 'other'
