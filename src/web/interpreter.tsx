import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Interpreter } from './agreements.ts'
import type { FormContent } from './house.ts'
import { useWriter } from './write.ts'

type Props = {
  readonly interpreter: Interpreter | undefined
  readonly named: (interpreter: Interpreter | undefined) => void
  readonly form: FormContent
}

/** Who put it into words that whoever signs understands, if somebody did. */
export function InterpreterPart({ form, interpreter, named }: Props) {
  const { t } = useWriter()
  if (interpreter === undefined)
    return (
      <details>
        <summary>{t('seal.interpreter')}</summary>
        <Name named={named} confirms={form.attendance?.interpreter === 'confirmed'} />
      </details>
    )
  const { name, language } = interpreter
  return (
    <>
      <p role="status">{t('seal.interpreterNamed', { name, language })}</p>
      <p className="inline">
        <Button variant="outline" onClick={() => named(undefined)}>
          {t('seal.interpreterNot')}
        </Button>
      </p>
    </>
  )
}

type NameProps = Pick<Props, 'named'> & {
  /** The form wants them to confirm it. */
  readonly confirms: boolean
}

function Name({ named, confirms }: NameProps) {
  const { t } = useWriter()
  const [name, setName] = useState('')
  const [language, setLanguage] = useState('')
  const [organisation, setOrganisation] = useState('')
  const [account, setAccount] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    named({
      name: name.trim(),
      language: language.trim(),
      organisation: organisation.trim() || null,
      ...(account.trim() !== '' && { account: account.trim() }),
    })
  }
  const field = (label: string, value: string, set: (text: string) => void, required = true) => (
    <TextInput
      {...{ label, value, required }}
      onChange={(event) => set(event.currentTarget.value)}
      maxLength={200}
      withAsterisk={false}
      autoComplete="off"
    />
  )
  return (
    <form className="fields" onSubmit={submit}>
      <p>{t('seal.interpreterLead')}</p>
      {field(t('seal.interpreterName'), name, setName)}
      {field(t('seal.interpreterLanguage'), language, setLanguage)}
      {field(t('seal.interpreterOf'), organisation, setOrganisation, false)}
      {field(
        t(confirms ? 'attend.interpreterAccountNeeded' : 'attend.interpreterAccount'),
        account,
        setAccount,
        confirms,
      )}
      <Button type="submit" variant="outline">
        {t('seal.interpreterKeep')}
      </Button>
    </form>
  )
}
