import { TextInput } from '@mantine/core'
import { useWriter } from './write.ts'

type Props = { readonly value: string; readonly set: (value: string) => void }

/** What a change rests on; asked whenever a rule is changed. */
export function Because({ value, set }: Props) {
  const { t } = useWriter()
  return (
    <TextInput
      label={t('house.because')}
      description={t('house.becauseHint')}
      required
      maxLength={500}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}
