import { Button, Radio, Stack, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useWriter } from './write.ts'

type Props<Value extends string> = {
  readonly which: string
  readonly options: readonly { readonly value: Value; readonly text: string }[]
  readonly wordsLabel: string
  readonly send: string
  readonly leave: string
  readonly waiting: boolean
  readonly onSaid: (value: Value, words: string) => void
  readonly onLeave: () => void
}

const longest = 500

/** A choice and a sentence of one's own, both needed; to leave is as large as to send. */
export function SayWhy<Value extends string>(props: Props<Value>) {
  const { which, options, wordsLabel, send, leave, waiting, onSaid, onLeave } = props
  const { t } = useWriter()
  const [chosen, choose] = useState('')
  const [words, write] = useState('')
  const [lacking, lack] = useState(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const value = options.find((one) => one.value === chosen)?.value
    const isWhole = value !== undefined && words.trim() !== ''
    lack(!isWhole)
    if (isWhole) onSaid(value, words.trim())
  }
  return (
    <form className="fields" onSubmit={submit} noValidate>
      <Radio.Group label={which} value={chosen} onChange={choose}>
        <Stack gap="sm" mt="sm">
          {options.map(({ value, text }) => (
            <Radio key={value} value={value} label={text} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={wordsLabel}
        required
        autosize
        minRows={2}
        maxLength={longest}
        value={words}
        onChange={({ currentTarget }) => write(currentTarget.value.replace(/[\r\n]+/g, ' '))}
      />
      {lacking && <p role="alert">{t('emergency.choose')}</p>}
      <Button type="submit" loading={waiting}>
        {send}
      </Button>
      <Button variant="outline" onClick={onLeave}>
        {leave}
      </Button>
    </form>
  )
}
