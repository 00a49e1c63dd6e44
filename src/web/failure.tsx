import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ApiError } from './api.ts'
import { Refusal } from './refusal.tsx'
import { useSignInAddress } from './session.ts'
import { Box, Heading, Sign } from './shell.tsx'

type Props = { readonly error: unknown; readonly name: string; readonly again?: () => void }

/** What a page shows instead of its content: a refusal with its reasons, or what went wrong and what to do. */
export function Failure({ error, name, again }: Props) {
  const { t } = useTranslation()
  const { status, denial } = error instanceof ApiError ? error : { status: -1, denial: undefined }
  if (denial) return <Refusal denial={denial} name={name} />
  if (status === 401) return <SignInFirst />
  if (status === 404) return <NotFound />
  return (
    <>
      <Heading>{t('failure.title')}</Heading>
      <Box tone="care">
        <p>
          <Sign>!</Sign>
          {t(`failure.${causes.get(status) ?? 'other'}`)}
        </p>
      </Box>
      {again && <Button onClick={again}>{t('failure.again')}</Button>}
    </>
  )
}

const causes = new Map<number, 'offline' | 'bad' | 'role' | 'busy'>([
  [0, 'offline'],
  [400, 'bad'],
  [403, 'role'],
  [503, 'busy'],
  [507, 'busy'],
])

function SignInFirst() {
  const { t } = useTranslation()
  const address = useSignInAddress()
  return (
    <>
      <Heading>{t('session.needed')}</Heading>
      <p>{t('session.neededLead')}</p>
      <p className="inline">
        <a className="button" href={address}>
          {t('signIn.start')}
        </a>
      </p>
    </>
  )
}

export function NotFound() {
  const { t } = useTranslation()
  return (
    <>
      <Heading>{t('failure.title')}</Heading>
      <p>{t('notFound')}</p>
      <Link to="/">{t('toFirst')}</Link>
    </>
  )
}
