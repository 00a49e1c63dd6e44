import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Said, StandBy } from './agreements.ts'
import type { FormContent } from './house.ts'
import { SayWhy } from './sayWhy.tsx'
import { useWriter } from './write.ts'

type Props = {
  readonly form: FormContent
  readonly said: readonly Said[]
  readonly standBy: StandBy
  readonly say: (standBy: StandBy) => void
}
const reasons = ['cannot-read', 'cannot-see', 'cannot-write', 'other'] as const

/** What keeps whoever signs from doing it by themself, and who stands by then. */
export function StandByPart({ form, said, standBy, say }: Props) {
  const { hindrance } = standBy
  const always = form.attendance?.witness === true
  // A no waits for nobody.
  if (said.every(({ effect }) => effect === 'refuse')) return null
  return (
    <>
      <HindrancePart
        hindrance={hindrance}
        say={(because) =>
          say(because ? { ...standBy, hindrance: because } : withoutHindrance(standBy, always))
        }
      />
      {(always || hindrance !== undefined) && <WitnessPart standBy={standBy} say={say} />}
    </>
  )
}

/** Whoever needs no witness names none. */
const withoutHindrance = ({ hindrance: _, ...rest }: StandBy, always: boolean): StandBy =>
  always ? rest : {}

type HindranceProps = {
  readonly hindrance: StandBy['hindrance']
  readonly say: (hindrance: StandBy['hindrance']) => void
}

function HindrancePart({ hindrance, say }: HindranceProps) {
  const { t } = useWriter()
  const [open, setOpen] = useState(false)
  if (hindrance !== undefined)
    return (
      <>
        <p role="status">
          {t('attend.hinderedBecause', {
            because: t(`attend.hindrance.${hindrance.because}`),
            words: hindrance.words,
          })}
        </p>
        <p className="inline">
          <Button variant="outline" onClick={() => say(undefined)}>
            {t('attend.hinderedNot')}
          </Button>
        </p>
      </>
    )
  if (!open)
    return (
      <p className="inline">
        <Button variant="outline" onClick={() => setOpen(true)}>
          {t('attend.hindered')}
        </Button>
      </p>
    )
  return (
    <SayWhy
      which={t('attend.hinderedAsk')}
      options={reasons.map((one) => ({ value: one, text: t(`attend.hindrance.${one}`) }))}
      wordsLabel={t('attend.hinderedWords')}
      send={t('attend.hinderedKeep')}
      leave={t('attend.hinderedNot')}
      waiting={false}
      onSaid={(because, words) => {
        setOpen(false)
        say({ because, words })
      }}
      onLeave={() => setOpen(false)}
    />
  )
}

function WitnessPart({ standBy, say }: Pick<Props, 'standBy' | 'say'>) {
  const { t } = useWriter()
  const { witness, ...rest } = standBy
  const [name, setName] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    say({ ...rest, witness: name.trim() })
  }
  return (
    <section>
      <h2>{t('attend.witness')}</h2>
      {witness === undefined ? (
        <form className="fields" onSubmit={submit}>
          <p>{t('attend.witnessLead')}</p>
          <TextInput
            label={t('attend.witnessName')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            withAsterisk={false}
            maxLength={64}
            autoComplete="off"
          />
          <Button type="submit" variant="outline">
            {t('attend.witnessKeep')}
          </Button>
        </form>
      ) : (
        <>
          <p role="status">{t('attend.witnessNamed', { name: witness })}</p>
          <p className="inline">
            <Button variant="outline" onClick={() => say(rest)}>
              {t('attend.witnessNot')}
            </Button>
          </p>
        </>
      )}
    </section>
  )
}
