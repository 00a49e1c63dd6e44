import { Button } from '@mantine/core'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { AfterDeathStep } from '../afterDeath.tsx'
import {
  type AgreementList,
  type Heard,
  type Interpreter,
  newestOf,
  type Said,
  type SaidAfterDeath,
  type Signed,
  type StandBy,
  type Standing,
  type StandingForm,
  useAgreements,
  useSign,
  waitingOf,
} from '../agreements.ts'
import { ApiError } from '../api.ts'
import { NeedsOthers, Waits } from '../coSigning.tsx'
import { Failure, NotFound } from '../failure.tsx'
import type { FormContent } from '../house.ts'
import { InterpreterPart } from '../interpreter.tsx'
import { currentLanguage } from '../language.ts'
import { StandingBox, VoiceStep, wordsFor } from '../onPapers.tsx'
import { ReceiptView } from '../receipt.tsx'
import { Seal, SignedHow } from '../sealing.tsx'
import { Box, Heading, Sign, Working } from '../shell.tsx'
import { ChoiceStep, Preview, ToldStep } from '../signing.tsx'
import { StandByPart } from '../standBy.tsx'
import { consentStepNamed, sayConsentStep } from '../stepWords.ts'
import { useWriter } from '../write.ts'

/** One thing at a time: what to know, each choice with its question, all of it once more, and only then the signature. */
export function SignPage() {
  const { caseId, formId } = useParams({ from: '/cases/$caseId/agreements/$formId' })
  const { t } = useWriter()
  const { data, error, refetch } = useAgreements(caseId)
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return <Working>{t('agree.working')}</Working>
  const form = data.forms.find(({ id }) => id === formId)
  if (form === undefined || data.standing.as === 'nobody') return <NotFound />
  const supersedes = newestOf(data.agreements, formId)?.id ?? null
  return <Steps caseId={caseId} form={form} supersedes={supersedes} list={data} />
}

type StepsProps = {
  readonly caseId: string
  readonly form: StandingForm
  readonly supersedes: string | null
  readonly list: Pick<AgreementList, 'standing' | 'subjectName' | 'agreements'>
}

function Steps({ caseId, form, supersedes, list }: StepsProps) {
  const { t } = useWriter()
  const [at, go] = useState(0)
  const [said, setSaid] = useState<readonly Said[]>([])
  const [heard, hear] = useState<Heard>()
  const [afterDeath, sayAfterDeath] = useState<SaidAfterDeath>()
  const [interpreter, nameInterpreter] = useState<Interpreter>()
  const [standBy, sayStandBy] = useState<StandBy>({})
  const { mutate, isPending, error, data } = useSign(caseId)
  const { standing, subjectName: name } = list
  if (data)
    return <Done caseId={caseId} signed={data} standing={<StandingBox standing={standing} name={name} />} />
  const items = form.content.items.filter(({ id }) => form.asks.includes(id))
  const content = { ...form.content, items }
  const asked = standing.asksVoice || afterDeathIn(form.content, standing) ? 1 : 0
  const item = items[at - 1]
  const next =
    <T,>(keep: (one: T) => void) =>
    (one: T): void => {
      keep(one)
      go(at + 1)
    }
  const say = next((one: Said) => setSaid((now) => [...now.filter((other) => other.item !== one.item), one]))
  const sign = (withKey: boolean) =>
    mutate({
      ...{ form, language: currentLanguage(), choices: said, supersedes },
      ...{ voice: heard?.said, unable: heard?.unable, interpreter, standBy, afterDeath, withKey },
    })
  return (
    <>
      <p className="noprint">
        <Link to="/cases/$caseId/agreements" params={{ caseId }}>
          ← {t('agree.leave')}
        </Link>
      </p>
      <Fulfils />
      <p className="soft">{t('agree.step', { step: at + 1, of: items.length + asked + 2 })}</p>
      <StandingBox standing={standing} name={name} />
      {/* Nobody looks at what another said while they make up their mind. */}
      {(at === 0 || at > items.length + asked) && (
        <NeedsOthers form={form} waiting={waitingOf(list.agreements, form.id)} />
      )}
      {at === 0 && <ToldStep form={content} next={() => go(1)} />}
      {item && <ChoiceStep key={item.id} item={item} n={at} of={items.length} say={say} />}
      {at === items.length + 1 && (
        <Afterwards
          {...{ content, said, standing, name }}
          heard={next(hear)}
          saidAfterDeath={next(sayAfterDeath)}
        />
      )}
      {at > items.length + asked && (
        <Preview form={content} said={said} voice={heard?.said} afterDeath={afterDeath}>
          <InterpreterPart form={content} interpreter={interpreter} named={nameInterpreter} />
          <StandByPart form={content} said={said} standBy={standBy} say={sayStandBy} />
          <Seal form={form} said={said} sign={sign} isPending={isPending} />
        </Preview>
      )}
      {at > 0 && <Back go={() => go(at - 1)} />}
      {error && <Unsigned error={error} />}
    </>
  )
}

function Back({ go }: { readonly go: () => void }) {
  const { t } = useWriter()
  return (
    <p className="noprint inline">
      <Button variant="outline" onClick={go}>
        {t('agree.back')}
      </Button>
    </p>
  )
}

/** Nobody says for somebody else what becomes of it after their death. */
const afterDeathIn = ({ afterDeath }: FormContent, { as }: Standing): FormContent['afterDeath'] =>
  as === 'self' ? afterDeath : undefined

type AfterwardsProps = {
  readonly content: FormContent
  readonly said: readonly Said[]
  readonly standing: Standing
  readonly name: string
  readonly heard: (heard: Heard) => void
  readonly saidAfterDeath: (said: SaidAfterDeath) => void
}

/** After the choices: the time after death, or what the person says for whom another signs. */
function Afterwards({ content, said, standing, name, heard, saidAfterDeath }: AfterwardsProps) {
  const asked = afterDeathIn(content, standing)
  if (asked) return <AfterDeathStep form={content} asked={asked} said={said} say={saidAfterDeath} />
  return standing.asksVoice ? <VoiceStep name={name} say={heard} /> : null
}

/** Of which step of which procedure this is the signature, for who came from there. */
function Fulfils() {
  const writer = useWriter()
  const { step } = useSearch({ from: '/cases/$caseId/agreements/$formId' })
  const work = consentStepNamed(step)
  if (work === undefined) return null
  return <p>{writer.t('procedure.fulfils', { step: sayConsentStep(writer, work) })}</p>
}

function Unsigned({ error }: { readonly error: unknown }) {
  const writer = useWriter()
  const { t } = writer
  const code = error instanceof ApiError ? error.code : 'cancelled'
  if (code === undefined || !/^consent\.|^cancelled$/.test(code)) return <Failure error={error} name="" />
  const words: Readonly<Record<string, string>> = {
    'consent.form': t('agree.refusedForm'),
    'consent.superseded': t('agree.refusedOld'),
    'consent.by-person': t('agree.refusedPerson'),
    // The browser's own refusal: nobody is told why.
    cancelled: t('seal.cancelled'),
  }
  return (
    <div role="alert">
      <Box tone="care">
        <p>
          <Sign>!</Sign>
          {words[code] ?? wordsFor(writer, code) ?? t('agree.refusedOther')}
        </p>
      </Box>
    </div>
  )
}

type DoneProps = { readonly caseId: string; readonly signed: Signed; readonly standing: ReactNode }

function Done({ caseId, signed, standing }: DoneProps) {
  const { t, day } = useWriter()
  const { step } = useSearch({ from: '/cases/$caseId/agreements/$formId' })
  return (
    <>
      <Heading>{t('agree.doneTitle')}</Heading>
      {signed.agreement.awaitsUntil ? (
        <Waits agreement={signed.agreement} />
      ) : (
        <Box tone="good">
          <p>
            <Sign>✓</Sign>
            {t('agree.doneLead', { at: day(signed.act.at) })}
          </p>
        </Box>
      )}
      {standing}
      <SignedHow agreement={signed.agreement} />
      <ReceiptView receipt={signed.receipt} shown={{ 'ruling.json': signed.ruling }} />
      <p className="noprint inline">
        <Link className="button" to="/cases/$caseId/agreements" params={{ caseId }}>
          {t('agree.toList')}
        </Link>
        {consentStepNamed(step) && (
          <Link className="button" to="/cases/$caseId/procedure" params={{ caseId }}>
            {t('procedure.back')}
          </Link>
        )}
      </p>
    </>
  )
}
