import { Link, useParams } from '@tanstack/react-router'
import type { Account, Use } from '../api.ts'
import { useAccount } from '../asked.ts'
import { MyEmergencies } from '../emergencyWords.tsx'
import { Failure } from '../failure.tsx'
import { ReceiptView } from '../receipt.tsx'
import { Consents } from '../ruling.tsx'
import { Back, Heading, Sign, Working } from '../shell.tsx'
import { firstUpper, useWriter } from '../write.ts'

/** The person's first page: three lists in plain words, each with one action. */
export function MePage() {
  const { caseId } = useParams({ from: '/cases/$caseId/me' })
  const { t } = useWriter()
  const { data, error, refetch } = useAccount(caseId)
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return <Working>{t('working.account')}</Working>
  return (
    <>
      <Back caseId={caseId} name={data.subjectName} />
      <Heading>{t('me.title')}</Heading>
      <p>{t('me.lead', { name: data.subjectName })}</p>
      <MyEmergencies emergencies={data.emergencies} />
      <Known caseId={caseId} known={data.known} />
      <Used caseId={caseId} uses={data.uses} more={data.more} />
      <Allowed caseId={caseId} account={data} />
      <AfterMyDeath caseId={caseId} wish={data.afterDeath} />
      <ReceiptView receipt={data.receipt} title={t('me.thisLook')} />
    </>
  )
}

function Known({ caseId, known }: { readonly caseId: string; readonly known: Account['known'] }) {
  const { t, day, known: named } = useWriter()
  return (
    <section>
      <h2>{t('me.known')}</h2>
      {known.data.length + known.plans.length === 0 && <p>{t('me.nothing')}</p>}
      <ul>
        {known.data.map(({ name, readAt }) => (
          <li key={`${name} ${readAt}`}>
            {t('me.dataLine', { name: named('data', name), at: day(readAt) })}
          </li>
        ))}
        {known.plans.map((plan) => (
          <PlanLine key={plan.act} caseId={caseId} plan={plan} />
        ))}
      </ul>
    </section>
  )
}

type PlanLineProps = { readonly caseId: string; readonly plan: Account['known']['plans'][number] }

function PlanLine({ caseId, plan: { act, at, indication, firstChoice, withheld } }: PlanLineProps) {
  const { t, day, known, drug } = useWriter()
  const said = { indication: known('indication', indication), at: day(at) }
  const [first] = firstChoice
  const none = t(withheld ? 'family.planWithheld' : 'me.planNone', said)
  return (
    <li>
      {first === undefined ? none : t('me.planLine', { ...said, first: drug(first) })}{' '}
      <Link to="/cases/$caseId/acts/$actId" params={{ caseId, actId: act }}>
        {t('me.see')}
      </Link>
    </li>
  )
}

type UsedProps = { readonly caseId: string; readonly uses: readonly Use[]; readonly more: boolean }

function Used({ caseId, uses, more }: UsedProps) {
  const { t } = useWriter()
  return (
    <section>
      <h2>{t('me.used')}</h2>
      {uses.length === 0 && <p>{t('me.noUse')}</p>}
      <ul className="cards">
        {uses.map((use) => (
          <li key={use.act} className="box plain">
            <UseLine caseId={caseId} use={use} />
          </li>
        ))}
      </ul>
      {more && <p className="soft">{t('me.more')}</p>}
    </section>
  )
}

function UseLine({ caseId, use }: { readonly caseId: string; readonly use: Use }) {
  const { t, day, categories, sayBy } = useWriter()
  const permitted = use.outcome === 'permitted'
  const at = day(use.at)
  const line = {
    at,
    actor: use.by ? `${use.by.name} (${sayBy(use.by)})` : use.actor,
    kind: firstUpper(t(`kind.${use.kind}`)),
    categories: categories(use.categories),
    purpose: t(`purpose.${use.purpose}`),
  }
  return (
    <>
      <strong>
        <Sign>{permitted ? '✓' : '✕'}</Sign>
        {firstUpper(t(permitted ? 'me.permitted' : 'me.refused'))}
      </strong>
      <br />
      {t('me.useLine', line)}{' '}
      <Link
        to="/cases/$caseId/acts/$actId"
        params={{ caseId, actId: use.act }}
        aria-label={t('me.detailsOf', { at })}
      >
        {t('me.details')}
      </Link>
    </>
  )
}

function Allowed({ caseId, account }: { readonly caseId: string; readonly account: Account }) {
  const { t, day, purposes } = useWriter()
  const scopeOf = (ended: Account['withdrawals'][number]['purposes']): string =>
    ended === null ? t('withdraw.everything') : purposes(ended)
  return (
    <section>
      <h2>{t('me.allowed')}</h2>
      <Consents consents={account.allowed} name={account.subjectName} />
      {account.withdrawals.map(({ act, at, purposes: ended }) => (
        <p key={act}>{t('me.withdrawnLine', { at: day(at), scope: scopeOf(ended) })}</p>
      ))}
      <p className="noprint inline">
        <Link className="button" to="/cases/$caseId/agreements" params={{ caseId }}>
          {t('me.agree')}
        </Link>
      </p>
      <p className="noprint inline">
        <Link className="button" to="/cases/$caseId/relatives" params={{ caseId }}>
          {t('family.link')}
        </Link>
      </p>
      <p className="noprint inline">
        <Link className="button" to="/cases/$caseId/withdraw" params={{ caseId }}>
          {t('me.change')}
        </Link>
      </p>
    </section>
  )
}

const ofRelatives = {
  all: 'dead.mineAll',
  named: 'dead.mineThese',
  nobody: 'dead.mineNobody',
  'not-said': 'dead.mineUnsaid',
} as const

/** What holds after their death, and where they can change it. */
function AfterMyDeath({ caseId, wish }: { readonly caseId: string; readonly wish: Account['afterDeath'] }) {
  const { t, zh } = useWriter()
  const { relatives, forms } = wish
  const titleOf = (form: (typeof forms)[number]): string => form.title[zh ? 'zh' : 'en']
  const says = forms.flatMap((form) => {
    if (form.says !== 'as-before' && form.says !== 'stop') return []
    return [t(form.says === 'as-before' ? 'dead.mineYes' : 'dead.mineNo', { title: titleOf(form) })]
  })
  return (
    <section>
      <h2>{t('dead.mine')}</h2>
      {(says.length > 0 ? says : [t('dead.mineNothing')]).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p>{t(ofRelatives[relatives.who], { n: relatives.named })}</p>
      {forms.length === 0 && <p>{t('dead.mineNone')}</p>}
      {forms.map((form) => (
        <p key={form.id} className="noprint inline">
          <Link
            className="button"
            to="/cases/$caseId/agreements/$formId"
            params={{ caseId, formId: form.id }}
          >
            {t('dead.change', { title: titleOf(form) })}
          </Link>
        </p>
      ))}
    </section>
  )
}
