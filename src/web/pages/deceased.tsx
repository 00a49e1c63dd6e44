import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError } from '../api.ts'
import { relativePurposes, useDeceased, useObjection, useRelativeLook } from '../deceased.ts'
import { RelativeLookView } from '../deceasedLook.tsx'
import { Failure } from '../failure.tsx'
import { ReceiptView } from '../receipt.tsx'
import { Reasons } from '../refusal.tsx'
import { SayWhy } from '../sayWhy.tsx'
import { Box, Heading, Sign, Working } from '../shell.tsx'
import { useWriter } from '../write.ts'
import { WrittenFault } from '../writtenFault.tsx'

/** What a relative of somebody who has died may ask: as what, until when, for which reason; and what they may say against. */
export function DeceasedPage() {
  const { caseId } = useParams({ from: '/deceased/$caseId' })
  const { t, day } = useWriter()
  const { data, error, refetch } = useDeceased()
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return <Working>{t('dead.working')}</Working>
  const found = data.deceased.find((one) => one.caseId === caseId)
  if (found === undefined) return <p>{t('dead.gone')}</p>
  const { subjectName: name, kinship, until, dead } = found
  return (
    <>
      <Heading>{t('dead.title', { name })}</Heading>
      <p>{t('dead.asWhat', { name, kin: t(`dead.kin.${kinship}`) })}</p>
      {until !== null && <p>{t('dead.papers', { until: day(until) })}</p>}
      {dead ? <Asking caseId={caseId} name={name} /> : <Alive name={name} />}
    </>
  )
}

function Alive({ name }: { readonly name: string }) {
  const { t } = useWriter()
  return (
    <Box tone="ask">
      <p>
        <Sign>?</Sign>
        {t('dead.alive', { name })}
      </p>
    </Box>
  )
}

type Props = { readonly caseId: string; readonly name: string }

function Asking({ caseId, name }: Props) {
  const { t } = useWriter()
  const [round, again] = useState(0)
  const looking = useRelativeLook(caseId)
  const options = relativePurposes.map((value) => ({ value, text: t(`dead.purpose.${value}`) }))
  return (
    <>
      <p>{t('dead.lead', { name })}</p>
      <SayWhy
        key={round}
        which={t('dead.which')}
        options={options}
        wordsLabel={t('dead.wordsLabel')}
        send={t('dead.send')}
        leave={t('dead.leave')}
        waiting={looking.isPending}
        onSaid={(purpose, words) => looking.mutate({ purpose, words })}
        onLeave={() => {
          looking.reset()
          again(round + 1)
        }}
      />
      {looking.error && <Refused error={looking.error} name={name} />}
      {looking.data && <RelativeLookView look={looking.data.look} done={looking.data} />}
      <Objecting caseId={caseId} name={name} />
    </>
  )
}

const faults = {
  'relative.no-words': 'dead.faultWords',
  'relative.text': 'dead.faultText',
  'relative.said-already': 'dead.faultAlready',
} as const

/** What is refused by the gate is told with every reason, and nothing of what the dead allowed others; what was written wrongly, in a sentence. */
function Refused({ error, name }: { readonly error: unknown; readonly name: string }) {
  const { t } = useWriter()
  const { code, denial } = error instanceof ApiError ? error : { code: undefined, denial: undefined }
  if (code !== undefined && code in faults) return <WrittenFault error={error} words={faults} />
  if (denial === undefined) return <Failure error={error} name={name} />
  return (
    <section role="alert">
      <h2>{t('dead.refused')}</h2>
      <Reasons reasons={denial.reasons} articles={denial.articles} />
      <ReceiptView receipt={denial.receipt} shown={{ 'ruling.json': denial.ruling }} />
    </section>
  )
}

function Objecting({ caseId, name }: Props) {
  const { t } = useWriter()
  const [says, choose] = useState<'object' | 'no-objection'>()
  const objecting = useObjection(caseId)
  const words = {
    object: { which: t('dead.object'), send: t('dead.objectSend') },
    'no-objection': { which: t('dead.takeBack'), send: t('dead.takeBack') },
  }
  return (
    <section>
      <h2>{t('dead.object')}</h2>
      <p>{t('dead.objectHint')}</p>
      {objecting.data && (
        <p role="status">{t(objecting.data.says === 'object' ? 'dead.objected' : 'dead.tookBack')}</p>
      )}
      {says === undefined ? (
        <div className="fields">
          <Button variant="outline" onClick={() => choose('object')}>
            {t('dead.object')}
          </Button>
          <Button variant="outline" onClick={() => choose('no-objection')}>
            {t('dead.takeBack')}
          </Button>
        </div>
      ) : (
        <SayWhy
          which={t('dead.objectWords')}
          options={[{ value: says, text: words[says].which }]}
          wordsLabel={t('dead.objectWords')}
          send={words[says].send}
          leave={t('dead.leave')}
          waiting={objecting.isPending}
          onSaid={(value, sentence) =>
            objecting.mutate({ says: value, words: sentence }, { onSuccess: () => choose(undefined) })
          }
          onLeave={() => choose(undefined)}
        />
      )}
      {objecting.error && <Refused error={objecting.error} name={name} />}
    </section>
  )
}
