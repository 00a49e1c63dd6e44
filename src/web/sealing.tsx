import { Button } from '@mantine/core'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import type { Agreement, Said, StandingForm } from './agreements.ts'
import { AddPasskey } from './pages/keys.tsx'
import { useSession } from './session.ts'
import { Box, Sign, Working } from './shell.tsx'
import { useWriter } from './write.ts'

type SealProps = {
  readonly form: StandingForm
  readonly said: readonly Said[]
  readonly sign: (withKey: boolean) => void
  readonly isPending: boolean
}

/** The last step. A no is one click, whoever says it; a yes is signed with the passkey of whoever has one, or the law wants it. */
export function Seal({ form, said, sign, isPending }: SealProps) {
  const { t } = useWriter()
  const { data: session } = useSession()
  const hasKey = session?.signedIn === true && session.hasPasskey
  const allowed = said.filter(({ effect }) => effect === 'permit').map(({ item }) => item)
  const needed = form.keyNeeded.filter((item) => allowed.includes(item))
  const withKey = allowed.length > 0 && hasKey
  return (
    <section>
      <h2>{t('seal.title')}</h2>
      {allowed.length === 0 && <p>{t('seal.noNeedsNone')}</p>}
      {/* It may come while somebody is here, who made a passkey. */}
      {withKey && <p role="status">{t('seal.withKey')}</p>}
      {allowed.length > 0 && !hasKey && <Keyless form={form} needed={needed} />}
      {(withKey || needed.length === 0) && (
        <p className="inline">
          <Button loading={isPending} onClick={() => sign(withKey)}>
            {t(withKey ? 'seal.sign' : 'agree.sign')}
          </Button>
        </p>
      )}
      {isPending && <Working>{t('agree.signing')}</Working>}
    </section>
  )
}

/** Nobody is left without a way: what can be signed without a passkey says so, what cannot says what else there is. */
function Keyless({ form, needed }: { readonly form: StandingForm; readonly needed: readonly string[] }) {
  const { t, zh } = useWriter()
  if (needed.length === 0)
    return (
      <>
        <p>{t('seal.bySession')}</p>
        {browserSupportsWebAuthn() && (
          <details>
            <summary>{t('seal.makeOne')}</summary>
            <AddPasskey />
          </details>
        )}
      </>
    )
  const items = form.content.items.filter(({ id }) => needed.includes(id))
  return (
    <>
      <Box tone="care">
        <p>
          <Sign>!</Sign>
          {t('seal.needed')}
        </p>
        <p>{t('seal.neededFor')}</p>
        <ul>
          {items.map(({ id, says }) => (
            <li key={id}>{says[zh ? 'zh' : 'en']}</li>
          ))}
        </ul>
      </Box>
      {browserSupportsWebAuthn() ? <AddPasskey /> : <p>{t('seal.unsupported')}</p>}
    </>
  )
}

/** With what it was signed. */
export function SignedHow({ agreement }: { readonly agreement: Agreement }) {
  const { t } = useWriter()
  return (
    <p className="soft">
      {t(`seal.strength.${agreement.strength}`)} {agreement.interpreted && t('seal.interpreted')}
    </p>
  )
}
