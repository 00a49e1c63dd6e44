import { Button, Radio, Stack } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useWriter } from './write.ts'

type Props = {
  /** What comes before the question. */
  readonly children: ReactNode
  readonly label: string
  readonly options: readonly { readonly value: string; readonly text: string }[]
  readonly send: string
  /** Nothing is chosen afterwards. */
  readonly onChosen: (value: string) => void
}

/** One of several, by a button of its own; whoever forgot to choose is told so. */
export function ChooseOne({ children, label, options, send, onChosen }: Props) {
  const { t } = useWriter()
  const [chosen, choose] = useState('')
  const [forgotten, forget] = useState(false)
  const answer = (event: FormEvent): void => {
    event.preventDefault()
    forget(chosen === '')
    if (chosen === '') return
    choose('')
    onChosen(chosen)
  }
  return (
    <form onSubmit={answer}>
      {children}
      <Radio.Group label={label} value={chosen} onChange={choose}>
        <Stack gap="sm" mt="sm">
          {options.map(({ value, text }) => (
            <Radio key={value} value={value} label={text} />
          ))}
        </Stack>
      </Radio.Group>
      {forgotten && <p role="alert">{t('agree.choose')}</p>}
      <p className="inline">
        <Button type="submit">{send}</Button>
      </p>
    </form>
  )
}
