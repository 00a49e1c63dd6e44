import { Button, Radio, Stack } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Purpose } from '#vocabulary'
import type { Withdrawn } from '../api.ts'
import { useCase, useWithdraw } from '../asked.ts'
import { Failure } from '../failure.tsx'
import { ReceiptView } from '../receipt.tsx'
import { Back, Box, Heading, Sign, Working } from '../shell.tsx'
import { useWriter } from '../write.ts'
import { AskForPlan } from './case.tsx'

const everything = 'everything'

export function WithdrawPage() {
  const { caseId } = useParams({ from: '/cases/$caseId/withdraw' })
  const { data, error } = useCase(caseId)
  const withdraw = useWithdraw(caseId)
  if (error) return <Failure error={error} name="" />
  if (!data) return null
  const name = data.subjectName
  const purposes = [...new Set([data.purpose, ...data.consents.flatMap((one) => one.purposes)])]
  return (
    <>
      <Back caseId={caseId} name={name} />
      {withdraw.data && <Done done={withdraw.data} caseId={caseId} name={name} />}
      {withdraw.error && <Failure error={withdraw.error} name={name} />}
      {!withdraw.data && !withdraw.error && (
        <Choice
          caseId={caseId}
          purposes={purposes}
          waiting={withdraw.isPending}
          end={(chosen) => withdraw.mutate(chosen)}
        />
      )}
    </>
  )
}

type ChoiceProps = {
  readonly caseId: string
  readonly purposes: readonly Purpose[]
  readonly waiting: boolean
  readonly end: (purposes: readonly Purpose[] | null) => void
}

/** One choice at a time; keeping is as large as ending. */
function Choice({ caseId, purposes, waiting, end }: ChoiceProps) {
  const { t } = useWriter()
  const [chosen, choose] = useState<string>(everything)
  const decide = () => end(purposes.includes(chosen as Purpose) ? [chosen as Purpose] : null)
  return (
    <>
      <Heading>{t('withdraw.title')}</Heading>
      <p>{t('withdraw.lead')}</p>
      <Radio.Group label={t('withdraw.what')} value={chosen} onChange={choose}>
        <Stack gap="sm" mt="sm">
          <Radio
            value={everything}
            label={t('withdraw.everything')}
            description={t('withdraw.everythingHint')}
          />
          {purposes.map((one) => (
            <Radio
              key={one}
              value={one}
              label={t('withdraw.only', { purpose: t(`purpose.${one}`) })}
              description={t('withdraw.onlyHint')}
            />
          ))}
        </Stack>
      </Radio.Group>
      <h2>{t('withdraw.next')}</h2>
      <ul>
        <li>{t('withdraw.then1')}</li>
        <li>{t('withdraw.then2')}</li>
        <li>{t('withdraw.then3')}</li>
        <li>{t('withdraw.then4')}</li>
      </ul>
      <div className="choices">
        <Button loading={waiting} onClick={decide}>
          {t('withdraw.yes')}
        </Button>
        <Link className="button" to="/cases/$caseId" params={{ caseId }}>
          {t('withdraw.no')}
        </Link>
      </div>
      {waiting && <Working>{t('working.withdraw')}</Working>}
    </>
  )
}

type DoneProps = { readonly done: Withdrawn; readonly caseId: string; readonly name: string }

function Done({ done, caseId, name }: DoneProps) {
  const { t, day, purposes } = useWriter()
  const scope = done.purposes === null ? t('withdraw.everything') : purposes(done.purposes)
  return (
    <>
      <Heading>{t('withdraw.done')}</Heading>
      <Box tone="good">
        <p>
          <Sign>✓</Sign>
          <strong>{t('withdraw.doneScope', { scope })}</strong>
        </p>
        <p>{t('withdraw.doneLead', { at: day(done.act.at) })}</p>
      </Box>
      <ReceiptView receipt={done.receipt} shown={{ 'ruling.json': done.ruling }} />
      <div className="choices">
        <AskForPlan caseId={caseId} name={name} label={t('withdraw.try')} />
        <Link className="button" to="/cases/$caseId/me" params={{ caseId }}>
          {t('caseOf.me')}
        </Link>
      </div>
    </>
  )
}
