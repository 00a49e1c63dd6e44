import { useSignInAddress } from '../session.ts'
import { Heading } from '../shell.tsx'
import { useWriter } from '../write.ts'

const causes = ['expired', 'refused', 'provider-down', 'not-known', 'clock'] as const
type Cause = (typeof causes)[number]

/** Somebody did not come back signed in: why, and what helps. */
export function TroublePage() {
  const asked = new URLSearchParams(location.search).get('why')
  return <Trouble why={causes.find((cause) => cause === asked) ?? 'refused'} />
}

export function Trouble({ why }: { readonly why: Cause }) {
  const { t } = useWriter()
  const address = useSignInAddress()
  return (
    <>
      <Heading>{t('trouble.title')}</Heading>
      <p>{t(`trouble.${why}`)}</p>
      <p className="inline">
        <a className="button" href={address}>
          {t('trouble.again')}
        </a>
      </p>
    </>
  )
}
