import { Link, useParams } from '@tanstack/react-router'
import {
  type Agreement,
  type Choice,
  type StandingForm,
  settledOf,
  useAgreements,
  waitingOf,
} from '../agreements.ts'
import { ConsentReceipt } from '../consentReceipt.tsx'
import { SignedBy, Waits } from '../coSigning.tsx'
import { Failure } from '../failure.tsx'
import { SignedFor, StandingBox } from '../onPapers.tsx'
import { MyRecalls } from '../recallWords.tsx'
import { ReceiptView } from '../receipt.tsx'
import { SignedHow } from '../sealing.tsx'
import { Back, Heading, Sign, Working } from '../shell.tsx'
import { useWriter, type Writer } from '../write.ts'

/** What a person said yes and no to, form by form; each can be read and changed. */
export function AgreementsPage() {
  const { caseId } = useParams({ from: '/cases/$caseId/agreements' })
  const { t } = useWriter()
  const { data, error, refetch } = useAgreements(caseId)
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return <Working>{t('agree.working')}</Working>
  const { forms, agreements, standing } = data
  const shown = new Set(
    forms.flatMap(({ id }) => [settledOf(agreements, id) ?? [], waitingOf(agreements, id) ?? []].flat()),
  )
  const earlier = agreements.filter((one) => !shown.has(one))
  return (
    <>
      <Back caseId={caseId} name={data.subjectName} />
      <Heading>{t('agree.title')}</Heading>
      <p>{t('agree.lead')}</p>
      <StandingBox standing={standing} name={data.subjectName} />
      <h2>{t('agree.forms')}</h2>
      {forms.length === 0 && <p>{t('agree.none')}</p>}
      {forms.map((form) => (
        <FormCard
          key={form.id}
          caseId={caseId}
          form={form}
          said={settledOf(agreements, form.id)}
          waiting={waitingOf(agreements, form.id)}
          maySign={standing.as !== 'nobody'}
        />
      ))}
      <MyRecalls recalls={data.recalls} />
      {earlier.length > 0 && (
        <details>
          <summary>{t('agree.earlier')}</summary>
          {earlier.map((one) => (
            <Said key={one.id} agreement={one} form={forms.find(({ id }) => id === one.form)} />
          ))}
        </details>
      )}
      <ReceiptView receipt={data.receipt} title={t('agree.look')} />
    </>
  )
}

type CardProps = {
  readonly caseId: string
  readonly form: StandingForm
  readonly said: Agreement | undefined
  /** What others must sign too. */
  readonly waiting: Agreement | undefined
  readonly maySign: boolean
}

function FormCard({ caseId, form, said, waiting, maySign }: CardProps) {
  const { t, zh } = useWriter()
  const title = zh ? form.content.title.zh : form.content.title.en
  const label = t(said || waiting ? 'agree.change' : 'agree.read')
  return (
    <section className={`box ${said?.state === 'given' ? 'good' : 'ask'}`}>
      <h3>{title}</h3>
      {waiting && (
        <>
          <Waits agreement={waiting} />
          <Said agreement={waiting} form={form} />
        </>
      )}
      {said && <Said agreement={said} form={form} />}
      {said && <ConsentReceipt caseId={caseId} agreement={said} title={title} />}
      {!said && !waiting && <p>{t('agree.notSigned')}</p>}
      {maySign && (
        <p className="noprint inline">
          <Link
            className="button"
            to="/cases/$caseId/agreements/$formId"
            params={{ caseId, formId: form.id }}
            aria-label={`${label}: ${title}`}
          >
            {label}
          </Link>
        </p>
      )}
    </section>
  )
}

type SaidProps = { readonly agreement: Agreement; readonly form: StandingForm | undefined }

function Said({ agreement, form }: SaidProps) {
  const writer = useWriter()
  const { t, day, zh } = writer
  const { state, version, signedAt, choices } = agreement
  return (
    <>
      <p>
        {form === undefined && `${t('agree.otherForm')}. `}
        {t('agree.signedOn', { at: day(signedAt) })} <strong>{t(`agree.state.${state}`)}</strong>{' '}
        <span className="soft">({t('agree.version', { version })})</span>
      </p>
      <SignedFor agreement={agreement} />
      {agreement.awaitsUntil === null && <SignedBy agreement={agreement} />}
      <SignedHow agreement={agreement} />
      <ul className="duties">
        {choices.map((choice) => {
          const item = form?.content.items.find(({ id }) => id === choice.item)
          const text = item ? item.says[zh ? 'zh' : 'en'] : describe(writer, choice)
          return (
            <li key={choice.item}>
              <Sign>{choice.effect === 'permit' && !choice.ended ? '✓' : '✕'}</Sign>
              <strong>{t(answerOf(choice))}</strong>: {text}
            </li>
          )
        })}
      </ul>
    </>
  )
}

const answerOf = ({ effect, ended }: Choice) =>
  effect === 'refuse' ? 'agree.no' : ended ? 'agree.ended' : 'agree.yes'

const describe = ({ t, categories, purposes, list }: Writer, choice: Choice): string =>
  t('houseSay.purpose', {
    purpose: purposes(choice.purposes),
    categories: categories(choice.categories),
    activities: list(choice.activities.map((one) => t(`deed.${one}`))),
  })
