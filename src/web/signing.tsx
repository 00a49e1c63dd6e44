import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { AfterDeathPreview, isOfRelatives } from './afterDeath.tsx'
import type { Effect, Said, SaidAfterDeath, Voice } from './agreements.ts'
import type { FormContent, FormItem } from './house.ts'
import { Question } from './question.tsx'
import { Box, Heading, Sign } from './shell.tsx'
import { WhichRelatives } from './whichRelatives.tsx'
import { firstUpper, useWriter } from './write.ts'

/** Everything that the form tells, each thing under its own heading. */
export function ToldStep({ form, next }: { readonly form: FormContent; readonly next: () => void }) {
  const { t } = useWriter()
  const language = useWriter().zh ? 'zh' : 'en'
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
  const language = useWriter().zh ? 'zh' : 'en'
  const [asking, ask] = useState(false)
  const [understood, understand] = useState<readonly number[]>()
  const yes = (answers: readonly number[], named?: Said['named']): void =>
    say({ item: item.id, effect: 'permit', answers, ...(named && { named }) })
  if (understood !== undefined) return <WhichRelatives chosen={(named) => yes(understood, named)} />
  if (asking) return <Question item={item} understood={isOfRelatives(item) ? understand : yes} />
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

type WhoSeesProps = {
  readonly item: FormItem
  readonly effect: Effect
  readonly named?: Said['named'] | undefined
}

/** Who could then see what. */
function WhoSees({ item, effect, named = [] }: WhoSeesProps) {
  const { t, list, categories, purposes } = useWriter()
  const house = [t('agree.seesHouse'), ...item.recipients]
  const relatives =
    named.length > 0
      ? named.map(({ name, relation }) => `${name} (${t(`dead.kin.${relation}`)})`)
      : [t('dead.relatives')]
  const who = isOfRelatives(item) ? relatives : house
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
          <dd>{t(isOfRelatives(item) ? 'dead.onlyAfter' : 'agree.seesUntil')}</dd>
        </dl>
      )}
    </section>
  )
}

type PreviewProps = {
  readonly form: FormContent
  readonly said: readonly Said[]
  readonly voice: Voice | undefined
  readonly afterDeath: SaidAfterDeath | undefined
  /** The signature. */
  readonly children: ReactNode
}

/** All of it once more, before anything counts. */
export function Preview({ form, said, voice, afterDeath, children }: PreviewProps) {
  const { t } = useWriter()
  const language = useWriter().zh ? 'zh' : 'en'
  return (
    <>
      <Heading>{t('agree.previewTitle')}</Heading>
      <p>{t('agree.previewLead')}</p>
      {voice && <p>{t('agree.voiceSaid', { said: t(`agree.voice.${voice}`) })}</p>}
      {form.items.map((item) => {
        const { effect = 'refuse', named } = said.find((one) => one.item === item.id) ?? {}
        return (
          <Box key={item.id} tone={effect === 'permit' ? 'good' : 'plain'}>
            <p>
              <Sign>{effect === 'permit' ? '✓' : '✕'}</Sign>
              <strong>{firstUpper(t(effect === 'permit' ? 'agree.yes' : 'agree.no'))}</strong>:{' '}
              {item.says[language]}
            </p>
            <WhoSees item={item} effect={effect} named={named} />
          </Box>
        )
      })}
      {afterDeath && <AfterDeathPreview form={form} said={said} afterDeath={afterDeath} />}
      {children}
    </>
  )
}
