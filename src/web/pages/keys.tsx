import { Button, TextInput } from '@mantine/core'
import { browserSupportsWebAuthn, startRegistration } from '@simplewebauthn/browser'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { ApiError, ask, type Passkey } from '../api.ts'
import { Elsewhere } from '../elsewhere.tsx'
import { Failure } from '../failure.tsx'
import { Box, Heading, Sign } from '../shell.tsx'
import { AgainFirst, isAgain } from '../signInAgain.tsx'
import { useWriter } from '../write.ts'

type Passkeys = { readonly passkeys: readonly Passkey[] }

/** What somebody signs in with: what there is, one more, one less. */
export function KeysPage() {
  const { t } = useWriter()
  const { data, error, refetch } = useQuery({
    queryKey: ['passkeys'],
    queryFn: () => ask<Passkeys>('passkeys'),
  })
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return null
  return (
    <>
      <p className="noprint">
        <Link to="/">← {t('home.back')}</Link>
      </p>
      <Heading>{t('keys.title')}</Heading>
      <p>{t('keys.lead')}</p>
      {data.passkeys.length === 0 && <p>{t('keys.none')}</p>}
      <ul className="cards">
        {data.passkeys.map((one) => (
          <li key={one.id} className="box plain">
            <PasskeyLine passkey={one} />
          </li>
        ))}
      </ul>
      <AddPasskey />
      <Elsewhere />
    </>
  )
}

/** The list and what is said of the session are asked anew. */
function useRenew() {
  const queries = useQueryClient()
  return async () => {
    await queries.invalidateQueries({ queryKey: ['passkeys'] })
    await queries.invalidateQueries({ queryKey: ['session'] })
  }
}

function PasskeyLine({ passkey: { id, label, addedAt, usedAt } }: { readonly passkey: Passkey }) {
  const { t, day } = useWriter()
  const onSuccess = useRenew()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => ask(`passkeys/${encodeURIComponent(id)}/removal`, {}),
    onSuccess,
  })
  return (
    <>
      <strong>{label}</strong>
      <br />
      {t('keys.added', { at: day(addedAt) })}{' '}
      {usedAt === null ? t('keys.unused') : t('keys.used', { at: day(usedAt) })}
      <p>
        <Button
          variant="outline"
          loading={isPending}
          aria-label={t('keys.removeOf', { label })}
          onClick={() => mutate()}
        >
          {t('keys.remove')}
        </Button>
      </p>
      {isAgain(error) ? <AgainFirst /> : error && <Failure error={error} name="" />}
    </>
  )
}

export function AddPasskey() {
  const { t } = useWriter()
  const [label, setLabel] = useState('')
  const onSuccess = useRenew()
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const options = await ask<never>('passkeys/options', {})
      const response = await startRegistration({ optionsJSON: options })
      return ask<Passkey>('passkeys', { response, label: label.trim() || t('keys.unnamed') })
    },
    onSuccess: async () => {
      setLabel('')
      await onSuccess()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    mutate()
  }
  if (!browserSupportsWebAuthn()) return <p>{t('signIn.noPasskeys')}</p>
  return (
    <section>
      <h2>{t('keys.add')}</h2>
      <p>{t('keys.addHint')}</p>
      <form className="fields" onSubmit={submit}>
        <TextInput
          label={t('keys.label')}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          maxLength={60}
        />
        <Button type="submit" loading={isPending}>
          {t('keys.add')}
        </Button>
      </form>
      {isAgain(error) && <AgainFirst />}
      {error && !isAgain(error) && (
        <div role="alert">
          <Box tone="care">
            <p>
              <Sign>!</Sign>
              {t(error instanceof ApiError ? 'keys.refused' : 'signIn.cancelled')}
            </p>
          </Box>
        </div>
      )}
    </section>
  )
}
