import { Button, Radio, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ApiError } from './api.ts'
import type { RecallClaim, RecallKind, useAnswer } from './recalls.ts'
import { Box, Sign } from './shell.tsx'
import { useWriter } from './write.ts'

type Props = { readonly answering: ReturnType<typeof useAnswer>; readonly close: () => void }
const labels = {
  deleted: 'recall.sayDeleted',
  locked: 'recall.sayLocked',
  'not-recallable': 'recall.sayNot',
} as const
const kinds = Object.keys(labels) as readonly RecallKind[]
const longest = 500

/** One answer, and only what belongs to it. */
export function AnswerForm({ answering, close }: Props) {
  const { t } = useWriter()
  const [answer, choose] = useState<RecallKind>('deleted')
  const [text, write] = useState({ until: '', basis: '', because: '' })
  const send = (event: FormEvent) => {
    event.preventDefault()
    answering.mutate(claimOf(answer, text), { onSuccess: close })
  }
  const field = (name: keyof typeof text, type: 'text' | 'date') => (
    <TextInput
      label={t(`recall.${name}`)}
      type={type}
      required
      {...(type === 'text' && { maxLength: longest })}
      value={text[name]}
      onChange={({ currentTarget }) => write({ ...text, [name]: currentTarget.value })}
    />
  )
  return (
    <form className="fields" onSubmit={send}>
      <Radio.Group label={t('recall.which')} value={answer} onChange={(one) => choose(one as RecallKind)}>
        <Stack gap="sm" mt="sm">
          {kinds.map((one) => (
            <Radio key={one} value={one} label={t(labels[one])} />
          ))}
        </Stack>
      </Radio.Group>
      {answer === 'locked' && field('until', 'date')}
      {answer === 'locked' && field('basis', 'text')}
      {answer === 'not-recallable' && field('because', 'text')}
      <Button type="submit" loading={answering.isPending}>
        {t('recall.send')}
      </Button>
      <Button variant="outline" onClick={close}>
        {t('recall.leave')}
      </Button>
      {answering.error && <Refused error={answering.error} />}
    </form>
  )
}

const claimOf = (
  answer: RecallKind,
  { until, basis, because }: Readonly<Record<'until' | 'basis' | 'because', string>>,
): RecallClaim => ({
  answer,
  until: answer === 'locked' ? until : null,
  basis: answer === 'locked' ? basis.trim() : null,
  because: answer === 'not-recallable' ? because.trim() : null,
})

const reasons = {
  'recall.no-date': 'recall.needed',
  'recall.no-basis': 'recall.needed',
  'recall.no-reason': 'recall.needed',
  'recall.date-past': 'recall.past',
  'recall.same': 'recall.same',
  'recall.raced': 'recall.raced',
  'recall.text': 'recall.text',
} as const

function Refused({ error }: { readonly error: unknown }) {
  const { t } = useWriter()
  const code = error instanceof ApiError ? error.code : undefined
  const isKnown = (one: string | undefined): one is keyof typeof reasons =>
    one !== undefined && one in reasons
  return (
    <div role="alert">
      <Box tone="care">
        <p>
          <Sign>!</Sign>
          {t(isKnown(code) ? reasons[code] : 'failure.other')}
        </p>
      </Box>
    </div>
  )
}
