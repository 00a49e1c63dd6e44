import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Failure } from '../failure.tsx'
import { ReceiptView } from '../receipt.tsx'
import { Reasons } from '../refusal.tsx'
import { type Relatives, relativesReasons, type Telling, useAskReview, useRelatives } from '../relatives.ts'
import { RelativesFault, ToldReview } from '../relativesWords.tsx'
import { SayWhy } from '../sayWhy.tsx'
import { useMay } from '../session.ts'
import { Back, Box, Heading, Sign, Working } from '../shell.tsx'
import { StepView } from '../stepView.tsx'
import { useWriter } from '../write.ts'

/** What somebody wishes for their relatives and to know themself; what was asked of it; what telling relatives would take. */
export function RelativesPage() {
  const { caseId } = useParams({ from: '/cases/$caseId/relatives' })
  const { t } = useWriter()
  const mayAsk = useMay('askRelativesReview')
  const { data, error, refetch } = useRelatives(caseId)
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return <Working>{t('family.working')}</Working>
  const { subjectName: name } = data
  return (
    <>
      <Back caseId={caseId} name={name} />
      <Heading>{mayAsk ? t('family.titleOf', { name }) : t('family.title')}</Heading>
      <p>{t(mayAsk ? 'family.leadOf' : 'family.lead')}</p>
      <Wishes caseId={caseId} relatives={data} isTheirs={mayAsk} />
      <Reviews caseId={caseId} relatives={data} mayAsk={mayAsk} />
      {data.telling && <TellingView relatives={data} telling={data.telling} />}
      <ReceiptView receipt={data.receipt} title={t('family.look')} />
    </>
  )
}

type WishesProps = { readonly caseId: string; readonly relatives: Relatives; readonly isTheirs: boolean }

/** `isTheirs`: the reader is somebody who treats the person. */
function Wishes({ caseId, relatives, isTheirs }: WishesProps) {
  const { t, zh } = useWriter()
  const { wishes, forms, subjectName: name } = relatives
  return (
    <section>
      <h2>{isTheirs ? t('family.saidOf', { name }) : t('family.said')}</h2>
      <Box tone={wishes.tell === 'not-said' ? 'ask' : 'plain'}>
        <p className="sentence">{t(`family.${isTheirs ? 'tellOf' : 'tell'}.${wishes.tell}`)}</p>
        {wishes.notToKnow.map((kind) => (
          <p key={kind}>{t(`family.${isTheirs ? 'notKnowOf' : 'notKnow'}.${kind}`)}</p>
        ))}
        {wishes.filed && <p>{t(isTheirs ? 'family.filedOf' : 'family.filed')}</p>}
      </Box>
      {!isTheirs && forms.length === 0 && <p>{t('family.noForm')}</p>}
      {!isTheirs &&
        forms.map(({ id, title }) => (
          <p key={id} className="noprint inline">
            <Link className="button" to="/cases/$caseId/agreements/$formId" params={{ caseId, formId: id }}>
              {forms.length === 1
                ? t('family.changeOnly')
                : t('family.change', { title: zh ? title.zh : title.en })}
            </Link>
          </p>
        ))}
    </section>
  )
}

type ReviewsProps = { readonly caseId: string; readonly relatives: Relatives; readonly mayAsk: boolean }

function Reviews({ caseId, relatives: { reviews }, mayAsk }: ReviewsProps) {
  const { t } = useWriter()
  const waits = reviews.some(({ state }) => state === 'waiting')
  return (
    <section>
      <h2>{t('family.reviews')}</h2>
      {reviews.length === 0 && <p>{t('family.none')}</p>}
      <ul className="cards">
        {[...reviews].reverse().map((one) => (
          <li key={one.id} className={`box ${one.state === 'closed' ? 'plain' : 'ask'}`}>
            <ToldReview review={one} />
          </li>
        ))}
      </ul>
      {mayAsk && <AskForReview caseId={caseId} waits={waits} />}
    </section>
  )
}

function AskForReview({ caseId, waits }: { readonly caseId: string; readonly waits: boolean }) {
  const { t } = useWriter()
  const [writing, write] = useState(false)
  const asking = useAskReview(caseId)
  const close = () => write(false)
  const options = relativesReasons.map((value) => ({ value, text: t(`family.reason.${value}`) }))
  return (
    <>
      {asking.data && <p role="status">{t('family.sent', { index: asking.data.receipt.index })}</p>}
      {!waits && !writing && (
        <Button variant="outline" onClick={() => write(true)}>
          {t('family.ask')}
        </Button>
      )}
      {!waits && writing && (
        <SayWhy
          which={t('family.which')}
          options={options}
          wordsLabel={t('family.words')}
          send={t('family.send')}
          leave={t('family.leave')}
          waiting={asking.isPending}
          onSaid={(reason, words) => asking.mutate({ reason, words }, { onSuccess: close })}
          onLeave={close}
        />
      )}
      {asking.error && <RelativesFault error={asking.error} />}
    </>
  )
}

/** The order of work, as far as it has come; nobody is told anything by this page. */
function TellingView({ relatives, telling }: { readonly relatives: Relatives; readonly telling: Telling }) {
  const { t, day } = useWriter()
  const { asked, steps, reasons, law, allowed, decided } = telling
  const may = allowed && decided
  const nothingSince = { day: asked.at, changes: [] }
  const procedure = { ...relatives, asked, steps, reasons, dayBefore: nothingSince, lastAgreement: null }
  return (
    <section>
      <h2>{t('family.telling')}</h2>
      <Box tone={may ? 'good' : 'ask'}>
        <p className="sentence">
          <Sign>{may ? '✓' : '✕'}</Sign>
          {t(`family.law.${law}`, { day: day(asked.at) })}{' '}
          <strong>{t(may ? 'procedure.may' : allowed ? 'family.undecided' : 'procedure.mayNot')}</strong>
        </p>
      </Box>
      {!allowed && (
        <details>
          <summary>{t('family.why')}</summary>
          <Reasons reasons={reasons} articles={relatives.articles} />
        </details>
      )}
      <details>
        <summary>{t('family.steps')}</summary>
        <ol className="cards">
          {steps.map((step) => (
            <StepView key={step.id} step={step} procedure={procedure} />
          ))}
        </ol>
      </details>
    </section>
  )
}
