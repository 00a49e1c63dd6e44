import { Button, TextInput } from '@mantine/core'
import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ApiError, ask } from '../api.ts'
import { Failure } from '../failure.tsx'
import { Box, Heading, Sign } from '../shell.tsx'
import { useWriter } from '../write.ts'
import { AppConsent, type ConsentAsked } from './appConsent.tsx'
import { Trouble } from './trouble.tsx'

type Asked = { readonly ask: 'login' } | ConsentAsked
type Next = { readonly next: string }
const goOn = ({ next }: Next): void => location.assign(next)

/** Where somebody shows who they are: with a passkey, or with a code that opens once. */
export function WayPage() {
  const { uid } = useParams({ from: '/sign-in/way/$uid' })
  const { t } = useWriter()
  const { data, error, refetch } = useQuery({
    queryKey: ['way', uid],
    queryFn: () => ask<Asked>(`sign-in/${encodeURIComponent(uid)}`),
  })
  if (error instanceof ApiError && error.status === 404) return <Trouble why="expired" />
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return null
  if (data.ask === 'consent') return <AppConsent uid={uid} asked={data} />
  return (
    <>
      <Heading>{t('signIn.wayTitle')}</Heading>
      <WithPasskey uid={uid} />
      <WithCode uid={uid} />
    </>
  )
}

function WithPasskey({ uid }: { readonly uid: string }) {
  const { t } = useWriter()
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => {
      const options = await ask<never>(`sign-in/${encodeURIComponent(uid)}/passkey/options`, {})
      const response = await startAuthentication({ optionsJSON: options })
      return ask<Next>(`sign-in/${encodeURIComponent(uid)}/passkey`, { response })
    },
    onSuccess: goOn,
  })
  if (!browserSupportsWebAuthn()) return <p>{t('signIn.noPasskeys')}</p>
  return (
    <section>
      <h2>{t('signIn.passkey')}</h2>
      <p>{t('signIn.passkeyHint')}</p>
      <Button loading={isPending} onClick={() => mutate()}>
        {t('signIn.usePasskey')}
      </Button>
      {error && <Refused error={error} sort="passkey" />}
    </section>
  )
}

function WithCode({ uid }: { readonly uid: string }) {
  const { t } = useWriter()
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => ask<Next>(`sign-in/${encodeURIComponent(uid)}/code`, { name, code }),
    onSuccess: goOn,
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    mutate()
  }
  return (
    <section>
      <h2>{t('signIn.code')}</h2>
      <p>{t('signIn.codeHint')}</p>
      <form className="fields" onSubmit={submit}>
        <TextInput
          label={t('signIn.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          required
          withAsterisk={false}
        />
        <TextInput
          label={t('signIn.codeLabel')}
          description={t('signIn.codeForm')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={64}
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={isPending}>
          {t('signIn.enter')}
        </Button>
      </form>
      {error && <Refused error={error} sort="code" />}
    </section>
  )
}

/** Said where one is, and heard at once. */
function Refused({ error, sort }: { readonly error: unknown; readonly sort: 'passkey' | 'code' }) {
  const { t } = useWriter()
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new failure is to be heard
  useEffect(() => box.current?.focus(), [error])
  const { status, seconds } = error instanceof ApiError ? error : { status: -1, seconds: undefined }
  const say = (): string => {
    if (status === 401) return t(sort === 'code' ? 'signIn.wrongCode' : 'signIn.wrongPasskey')
    if (status === 429)
      return seconds === undefined ? t('signIn.tooMany') : t('signIn.locked', { count: seconds })
    if (status === 404) return t('trouble.expired')
    if (status === -1) return t('signIn.cancelled')
    return t(status === 0 ? 'failure.offline' : 'failure.other')
  }
  return (
    <div ref={box} tabIndex={-1} role="alert">
      <Box tone="care">
        <p>
          <Sign>!</Sign>
          {say()}
        </p>
      </Box>
    </div>
  )
}
