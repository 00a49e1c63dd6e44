import { Button, NativeSelect } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { GenomeReport } from '#genome'
import { Failure } from '../failure.tsx'
import { type Progress, useCaller } from '../genome/caller.ts'
import { FileRefused } from '../genome/fileRefused.tsx'
import { GenomeResult } from '../genome/result.tsx'
import { Box, Heading, Sign, Working } from '../shell.tsx'
import { useWriter } from '../write.ts'

/** A person's own file, called in their own browser. The server is asked for tables that everybody may have, and before that only. */
export function GenomePage() {
  const { t } = useWriter()
  const { error, again, isReady, progress, call, stop } = useCaller()
  if (error) return <Failure error={error} name="" again={again} />
  switch (progress.state) {
    case 'reading':
      return <Reading progress={progress} stop={stop} />
    case 'refused':
      return (
        <FileRefused fault={progress.fault}>
          <ChooseFile label={t('genome.another')} onChosen={call} />
        </FileRefused>
      )
    case 'called':
      return (
        <Samples reports={progress.reports}>
          <ChooseFile label={t('genome.another')} onChosen={call} />
        </Samples>
      )
    case 'broken':
      return <Broken />
    default:
      return <Begin isReady={isReady} wasStopped={progress.state === 'stopped'} call={call} />
  }
}

type BeginProps = {
  readonly isReady: boolean
  readonly wasStopped: boolean
  readonly call: (file: File) => void
}

function Begin({ isReady, wasStopped, call }: BeginProps) {
  const { t } = useWriter()
  return (
    <>
      <Heading>{t('genome.title')}</Heading>
      {wasStopped && <p role="status">{t('genome.stopped')}</p>}
      <p>{t('genome.lead')}</p>
      <NoDiagnosis />
      {isReady ? (
        <ChooseFile label={t('genome.choose')} onChosen={call} />
      ) : (
        <Working>{t('genome.tables')}</Working>
      )}
      <p className="soft">{t('genome.own')}</p>
    </>
  )
}

function NoDiagnosis() {
  const { t } = useWriter()
  return (
    <Box tone="care">
      <p>
        <Sign>!</Sign>
        {t('genome.notDiagnosis')}
      </p>
    </Box>
  )
}

type ChooseProps = { readonly label: string; readonly onChosen: (file: File) => void }

function ChooseFile({ label, onChosen }: ChooseProps) {
  const { t } = useWriter()
  return (
    <div className="file noprint">
      <label htmlFor="genome-file">{label}</label>
      <input
        id="genome-file"
        type="file"
        accept=".vcf,.gz,.bgz"
        aria-describedby="genome-file-hint"
        onChange={({ currentTarget: { files } }) => files?.[0] && onChosen(files[0])}
      />
      <p id="genome-file-hint" className="soft">
        {t('genome.chooseHint')}
      </p>
    </div>
  )
}

type ReadingProps = {
  readonly progress: Extract<Progress, { state: 'reading' }>
  readonly stop: () => void
}

/** Told to screen readers at every tenth only. */
function Reading({ progress: { file, read }, stop }: ReadingProps) {
  const { t } = useWriter()
  const percent = Math.floor((100 * read) / Math.max(file.size, 1))
  return (
    <>
      <Heading>{t('genome.reading')}</Heading>
      <p>
        <progress aria-label={t('genome.reading')} max={100} value={percent} />{' '}
        <span aria-hidden="true">{t('genome.percent', { percent })}</span>
      </p>
      <p role="status" className="unseen">
        {t('genome.percent', { percent: percent - (percent % 10) })}
      </p>
      <Button variant="outline" onClick={stop}>
        {t('genome.stop')}
      </Button>
    </>
  )
}

function Broken() {
  const { t } = useWriter()
  return (
    <>
      <Heading>{t('genome.brokenTitle')}</Heading>
      <p role="alert">{t('genome.broken')}</p>
    </>
  )
}

type SamplesProps = { readonly reports: readonly GenomeReport[]; readonly children: ReactNode }

/** Whose it is comes before what it says, where there are several. */
function Samples({ reports, children }: SamplesProps) {
  const { t } = useWriter()
  const [chosen, choose] = useState(reports.length === 1 ? reports[0] : undefined)
  if (chosen === undefined) return <WhichSample reports={reports} onChosen={choose} />
  return (
    <GenomeResult report={chosen} first={<NoDiagnosis />}>
      {reports.length > 1 && (
        <p className="noprint">
          <Button variant="outline" onClick={() => choose(undefined)}>
            {t('genome.otherSample')}
          </Button>
        </p>
      )}
      {children}
    </GenomeResult>
  )
}

type WhichProps = {
  readonly reports: readonly GenomeReport[]
  readonly onChosen: (report: GenomeReport | undefined) => void
}

function WhichSample({ reports, onChosen }: WhichProps) {
  const { t } = useWriter()
  const [name, choose] = useState(reports[0]?.sample ?? '')
  const show = (event: FormEvent): void => {
    event.preventDefault()
    onChosen(reports.find(({ sample }) => sample === name))
  }
  return (
    <form onSubmit={show} className="fields">
      <Heading>{t('genome.whoseTitle')}</Heading>
      <p>{t('genome.whose', { count: reports.length })}</p>
      <NativeSelect
        label={t('genome.sample')}
        value={name}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        data={reports.map(({ sample }) => sample)}
      />
      <Button type="submit">{t('genome.show')}</Button>
    </form>
  )
}
