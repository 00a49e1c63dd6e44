import { Button, Radio, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api.ts'
import { Failure } from '../failure.tsx'
import { Heading } from '../shell.tsx'
import { useWriter } from '../write.ts'

export type ConsentAsked = {
  readonly ask: 'consent'
  readonly app: string
  readonly scopes: readonly string[]
  readonly people: readonly { readonly id: string; readonly name: string }[]
}
type Props = { readonly uid: string; readonly asked: ConsentAsked }

/** May an application act for me? Which, what it could see, of whom, for how long; no as large as yes. */
export function AppConsent({ uid, asked: { app, scopes, people } }: Props) {
  const { t } = useWriter()
  const [only] = people
  const [person, setPerson] = useState(people.length === 1 && only ? only.id : '')
  const { mutate, isPending, error } = useMutation({
    mutationFn: (allow: boolean) =>
      ask<{ readonly next: string }>(`sign-in/${encodeURIComponent(uid)}/consent`, {
        allow,
        person: allow ? person : null,
      }),
    onSuccess: ({ next }) => location.assign(next),
  })
  if (error) return <Failure error={error} name="" />
  return (
    <>
      <Heading>{t('app.title', { app })}</Heading>
      <p>{t('app.lead', { app })}</p>
      <h2>{t('app.what')}</h2>
      <ScopeList scopes={scopes} />
      <h2>{t('app.whom')}</h2>
      {people.length === 0 && <p>{t('home.nobody')}</p>}
      <Radio.Group value={person} onChange={setPerson} aria-label={t('app.whom')}>
        <Stack gap="xs">
          {people.map(({ id, name }) => (
            <Radio key={id} value={id} label={name} />
          ))}
        </Stack>
      </Radio.Group>
      <p>{t('app.howLong')}</p>
      <div className="choices">
        <Button fullWidth loading={isPending} disabled={person === ''} onClick={() => mutate(true)}>
          {t('app.yes')}
        </Button>
        <Button fullWidth variant="outline" loading={isPending} onClick={() => mutate(false)}>
          {t('app.no')}
        </Button>
      </div>
    </>
  )
}

const types = [
  'Patient',
  'AllergyIntolerance',
  'Condition',
  'Consent',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
] as const

/** In words; what is only about the way in is not worth a reader's while. */
function ScopeList({ scopes }: { readonly scopes: readonly string[] }) {
  const { t } = useWriter()
  const named = types.filter((type) =>
    scopes.some((scope) => scope.startsWith('patient/*.') || scope.startsWith(`patient/${type}.`)),
  )
  if (named.length === 0) return <p>{t('app.nothing')}</p>
  return (
    <ul>
      {named.map((type) => (
        <li key={type}>{t(`app.${type}`)}</li>
      ))}
    </ul>
  )
}
