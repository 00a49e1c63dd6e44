import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Said, SaidAfterDeath } from './agreements.ts'
import type { FormContent, FormItem } from './house.ts'
import { Question } from './question.tsx'
import { Box, Heading, Sign } from './shell.tsx'
import { firstUpper, useWriter } from './write.ts'

/** A choice about relatives who look after death: said of people, and of that time only. */
export const isOfRelatives = ({ activities }: Pick<FormItem, 'activities'>): boolean =>
  activities.includes('access-deceased')

/** What goes on: what was allowed, but for looks of relatives, which begin then. */
const allowedIn = (form: FormContent, said: readonly Said[]): readonly FormItem[] =>
  form.items.filter(
    (item) =>
      !isOfRelatives(item) && said.some(({ item: id, effect }) => id === item.id && effect === 'permit'),
  )

type StepProps = {
  readonly form: FormContent
  readonly asked: NonNullable<FormContent['afterDeath']>
  readonly said: readonly Said[]
  readonly say: (said: SaidAfterDeath) => void
}

/** Whether what was allowed goes on after death: to stop is as large as to go on, and asks nothing. */
export function AfterDeathStep({ form, asked, said, say }: StepProps) {
  const { t, zh } = useWriter()
  const [asking, ask] = useState(false)
  if (asking) return <Question item={asked} understood={(answers) => say({ says: 'as-before', answers })} />
  return (
    <>
      <Heading>{t('dead.stepTitle')}</Heading>
      <p className="sentence">{asked.says[zh ? 'zh' : 'en']}</p>
      <section>
        <h2>{t('dead.ifYes')}</h2>
        <GoesOn form={form} said={said} />
      </section>
      <section>
        <h2>{t('dead.ifStop')}</h2>
        <p>{t('dead.ifNo')}</p>
      </section>
      <div className="choices">
        <Button variant="outline" onClick={() => ask(true)}>
          {t('dead.stepYes')}
        </Button>
        <Button variant="outline" onClick={() => say({ says: 'stop', answers: [] })}>
          {t('dead.stepNo')}
        </Button>
      </div>
    </>
  )
}

function GoesOn({ form, said }: Pick<StepProps, 'form' | 'said'>) {
  const { t, list, categories, purposes, zh } = useWriter()
  const allowed = allowedIn(form, said)
  if (allowed.length === 0) return <p>{t('dead.nothingAllowed')}</p>
  return (
    <>
      <p>{t('dead.goesOn')}</p>
      <ul>
        {allowed.map((item) => (
          <li key={item.id}>
            {item.says[zh ? 'zh' : 'en']} ({list([t('agree.seesHouse'), ...item.recipients])};{' '}
            {categories(item.categories)}; {purposes(item.purposes)})
          </li>
        ))}
      </ul>
    </>
  )
}

type PreviewProps = Pick<StepProps, 'form' | 'said'> & { readonly afterDeath: SaidAfterDeath }

/** Who could then see what after death, once more before the signature. */
export function AfterDeathPreview({ form, said, afterDeath: { says } }: PreviewProps) {
  const { t } = useWriter()
  const goesOn = says === 'as-before'
  return (
    <Box tone={goesOn ? 'good' : 'plain'}>
      <h2>{t('dead.ifYes')}</h2>
      <p>
        <Sign>{goesOn ? '✓' : '✕'}</Sign>
        <strong>{firstUpper(t(goesOn ? 'dead.previewYes' : 'dead.previewNo'))}</strong>
      </p>
      {goesOn ? <GoesOn form={form} said={said} /> : <p>{t('dead.ifNo')}</p>}
    </Box>
  )
}
