import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Effect, Said, Voice } from './agreements.ts'
import { ChooseOne } from './chooseOne.tsx'
import type { FormContent, FormItem } from './house.ts'
import { Box, Heading, Sign } from './shell.tsx'
import { firstUpper, useWriter } from './write.ts'

const useLanguage = () => (useWriter().zh ? 'zh' : 'en')

/** Everything that the form tells, each thing under its own heading. */
export function ToldStep({ form, next }: { readonly form: FormContent; readonly next: () => void }) {
  const { t } = useWriter()
  const language = useLanguage()
  return (
    <>
      <Heading>{form.title[language]}</Heading>
      <p>{t('agree.toldTitle')}</p>
      {form.sections.map(({ element, text }) => (
        <section key={element}>
          <h2>{firstUpper(t(`element.${element}`))}</h2>
          <p>{text[language]}</p>
        </section>
      ))}
      <p className="inline">
        <Button onClick={next}>{t('agree.next')}</Button>
      </p>
    </>
  )
}

type ChoiceProps = {
  readonly item: FormItem
  readonly n: number
  readonly of: number
  readonly say: (said: Said) => void
}

/** A no is as large as a yes, and is done at once; a yes asks one question more. */
export function ChoiceStep({ item, n, of, say }: ChoiceProps) {
  const { t } = useWriter()
  const language = useLanguage()
  const [asking, ask] = useState(false)
  if (asking)
    return (
      <Question item={item} understood={(answers) => say({ item: item.id, effect: 'permit', answers })} />
    )
  return (
    <>
      <Heading>{t('agree.choiceTitle', { n, of })}</Heading>
      <p className="sentence">{item.says[language]}</p>
      <WhoSees item={item} effect="permit" />
      <WhoSees item={item} effect="refuse" />
      <div className="choices">
        <Button variant="outline" onClick={() => ask(true)}>
          {t('agree.sayYes')}
        </Button>
        <Button variant="outline" onClick={() => say({ item: item.id, effect: 'refuse', answers: [] })}>
          {t('agree.sayNo')}
        </Button>
      </div>
    </>
  )
}

/** Who could then see what. */
function WhoSees({ item, effect }: { readonly item: FormItem; readonly effect: Effect }) {
  const { t, list, categories, purposes } = useWriter()
  const who = [t('agree.seesHouse'), ...item.recipients]
  return (
    <section>
      <h2>{t(effect === 'permit' ? 'agree.ifYes' : 'agree.ifNo')}</h2>
      {effect === 'refuse' ? (
        <p>{t('agree.nobody')}</p>
      ) : (
        <dl>
          <dt>{t('agree.sees')}</dt>
          <dd>{list(who)}</dd>
          <dt>{t('agree.seesWhat')}</dt>
          <dd>{categories(item.categories)}</dd>
          <dt>{t('agree.seesFor')}</dt>
          <dd>{purposes(item.purposes)}</dd>
          <dt>{t('agree.seesDo')}</dt>
          <dd>{list(item.activities.map((one) => t(`deed.${one}`)))}</dd>
          <dt>{t('agree.seesLong')}</dt>
          <dd>{t('agree.seesUntil')}</dd>
        </dl>
      )}
    </section>
  )
}

type QuestionProps = {
  readonly item: FormItem
  readonly understood: (answers: readonly number[]) => void
}

/** Whoever misses it is told the same in other words, and asked again, as often as they like. */
function Question({ item: { says, question }, understood }: QuestionProps) {
  const { t } = useWriter()
  const language = useLanguage()
  const [given, give] = useState<readonly number[]>([])
  const answer = (value: string): void => {
    const answers = [...given, Number(value)]
    if (Number(value) === question.right) understood(answers)
    else give(answers)
  }
  return (
    <ChooseOne
      label={question.asks[language]}
      options={question.answers.map((text, index) => ({ value: String(index), text: text[language] }))}
      send={t('agree.answer')}
      onChosen={answer}
    >
      <Heading>{t('agree.questionTitle')}</Heading>
      <p className="sentence">{says[language]}</p>
      <p>{t('agree.questionLead')}</p>
      {given.length > 0 && (
        <div role="alert" key={given.length}>
          <Box tone="care">
            <p>
              <Sign>!</Sign>
              {t('agree.again')}
            </p>
            <p>{question.explains[language]}</p>
          </Box>
        </div>
      )}
    </ChooseOne>
  )
}

type PreviewProps = {
  readonly form: FormContent
  readonly said: readonly Said[]
  readonly voice: Voice | undefined
  /** The signature. */
  readonly children: ReactNode
}

/** All of it once more, before anything counts. */
export function Preview({ form, said, voice, children }: PreviewProps) {
  const { t } = useWriter()
  const language = useLanguage()
  return (
    <>
      <Heading>{t('agree.previewTitle')}</Heading>
      <p>{t('agree.previewLead')}</p>
      {voice && <p>{t('agree.voiceSaid', { said: t(`agree.voice.${voice}`) })}</p>}
      {form.items.map((item) => {
        const effect = said.find((one) => one.item === item.id)?.effect ?? 'refuse'
        return (
          <Box key={item.id} tone={effect === 'permit' ? 'good' : 'plain'}>
            <p>
              <Sign>{effect === 'permit' ? '✓' : '✕'}</Sign>
              <strong>{firstUpper(t(effect === 'permit' ? 'agree.yes' : 'agree.no'))}</strong>:{' '}
              {item.says[language]}
            </p>
            <WhoSees item={item} effect={effect} />
          </Box>
        )
      })}
      {children}
    </>
  )
}
