import { useState } from 'react'
import { type Agreement, type Heard, type Standing, type Voice, voices } from './agreements.ts'
import { ChooseOne } from './chooseOne.tsx'
import { Box, Heading, Sign } from './shell.tsx'
import { WhyUnable } from './whyUnable.tsx'
import { useWriter, type Writer } from './write.ts'

type StandingProps = { readonly standing: Standing; readonly name: string }

const relationOf = ({ t }: Writer, relation: string | null): string => {
  const known = relation === 'parent' || relation === 'guardian' || relation === 'agent' ? relation : 'other'
  return t(`agree.relation.${known}`)
}

/** For whom, as what and on which papers; nothing for who is here for themself. */
export function StandingBox({ standing, name }: StandingProps) {
  const writer = useWriter()
  const { t, day } = writer
  const { as, relation, until, because } = standing
  if (as === 'self') return null
  if (as === 'nobody')
    return (
      <Box tone="care">
        <p>
          <Sign>!</Sign>
          {t('agree.lookOnly')} {because && wordsFor(writer, because)}
        </p>
      </Box>
    )
  return (
    <Box tone="plain">
      <p>
        {t('agree.forWhom', { name, relation: relationOf(writer, relation) })}{' '}
        {until ? t('agree.papersUntil', { until: day(until) }) : t('agree.papersOpen')}
      </p>
    </Box>
  )
}

/** Why somebody cannot sign, in words; undefined: there are none for it. */
export function wordsFor({ known }: Writer, code: string): string | undefined {
  const key = code.split('.').at(-1) ?? ''
  const words = known('agree.because', key)
  return words === key ? undefined : words
}

/** Who signed it for the person, and what the person said of it. */
export function SignedFor({ agreement }: { readonly agreement: Agreement }) {
  const writer = useWriter()
  const { t } = writer
  const { signer, voice, unable } = agreement
  if (signer.as === 'self') return null
  return (
    <p className="soft">
      {t('agree.signedBy', { relation: relationOf(writer, signer.relation) })}{' '}
      {voice && t('agree.voiceSaid', { said: t(`agree.voice.${voice}`) })}{' '}
      {unable &&
        t('coSign.unableBecause', { because: t(`coSign.unable.${unable.because}`), words: unable.words })}
    </p>
  )
}

type VoiceProps = { readonly name: string; readonly say: (heard: Heard) => void }

/** Whoever it is about is asked beside who signs for them. */
export function VoiceStep({ name, say }: VoiceProps) {
  const { t } = useWriter()
  const [isUnable, setUnable] = useState(false)
  if (isUnable)
    return (
      <WhyUnable
        name={name}
        say={(unable) => say({ said: 'not-able', unable })}
        leave={() => setUnable(false)}
      />
    )
  const chosen = (said: Voice): void => (said === 'not-able' ? setUnable(true) : say({ said }))
  return (
    <ChooseOne
      label={t('agree.voiceAsk')}
      options={voices.map((one) => ({ value: one, text: t(`agree.voice.${one}`) }))}
      send={t('agree.next')}
      onChosen={(value) => chosen(value as Voice)}
    >
      <Heading>{t('agree.voiceTitle', { name })}</Heading>
      <p>{t('agree.voiceLead')}</p>
    </ChooseOne>
  )
}
