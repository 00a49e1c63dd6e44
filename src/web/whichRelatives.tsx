import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type NamedRelative, nearKin } from './agreements.ts'
import { Heading } from './shell.tsx'
import { useWriter } from './write.ts'

const most = 8

/** All near relatives, or those who are named; names are kept with the signature and stand in the agreement as digests. */
export function WhichRelatives({ chosen }: { readonly chosen: (named: readonly NamedRelative[]) => void }) {
  const { t } = useWriter()
  const [named, name] = useState<readonly NamedRelative[]>([])
  const [typed, type] = useState('')
  const [relation, relate] = useState<NamedRelative['relation']>('spouse')
  const [lacking, lack] = useState(false)
  const withTyped = typed.trim() === '' ? named : [...named, { name: typed.trim(), relation }]
  const add = (): void => {
    lack(typed.trim() === '')
    name(withTyped)
    type('')
  }
  const go = (event: FormEvent): void => {
    event.preventDefault()
    lack(withTyped.length === 0)
    if (withTyped.length > 0) chosen(withTyped)
  }
  return (
    <>
      <Heading>{t('dead.whichTitle')}</Heading>
      <p>{t('dead.whichLead')}</p>
      <p className="inline">
        <Button variant="outline" onClick={() => chosen([])}>
          {t('dead.all')}
        </Button>
      </p>
      <form className="fields" onSubmit={go} noValidate>
        <h2>{t('dead.these')}</h2>
        <ul>
          {named.map((one) => (
            <li key={`${one.name} ${one.relation}`}>
              {one.name} ({t(`dead.kin.${one.relation}`)}){' '}
              <Button variant="subtle" onClick={() => name(named.filter((other) => other !== one))}>
                {t('dead.remove', { name: one.name })}
              </Button>
            </li>
          ))}
        </ul>
        <TextInput
          label={t('dead.name')}
          maxLength={200}
          value={typed}
          onChange={({ currentTarget }) => type(currentTarget.value)}
        />
        <NativeSelect
          label={t('dead.relation')}
          value={relation}
          onChange={({ currentTarget }) =>
            relate(nearKin.find((one) => one === currentTarget.value) ?? relation)
          }
          data={nearKin.map((value) => ({ value, label: t(`dead.kin.${value}`) }))}
        />
        {lacking && <p role="alert">{t('dead.unnamed')}</p>}
        {withTyped.length < most && (
          <Button variant="outline" onClick={add}>
            {t('dead.add')}
          </Button>
        )}
        <Button type="submit">{t('dead.go')}</Button>
      </form>
    </>
  )
}
