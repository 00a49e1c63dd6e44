import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { GeneCall, GenomeReport } from '#genome'
import { canonicalBytes } from '#kernel'
import { save } from '../save.ts'
import { Heading } from '../shell.tsx'
import { useWriter } from '../write.ts'
import { GeneResult } from './geneResult.tsx'
import { SingleChanges } from './singleChanges.tsx'

const groups = ['called', 'ambiguous', 'not-called', 'outside-only'] as const
type Group = (typeof groups)[number]

/** Genes that no file of variants can say anything of are no gaps of this file. */
function groupOf({ status, warnings }: GeneCall): Group {
  if (status === 'outside') return 'called'
  return status === 'not-called' && warnings.some(({ code }) => code === 'outside-only')
    ? 'outside-only'
    : status
}

type Props = {
  readonly report: GenomeReport
  /** What must be read before anything else. */
  readonly first: ReactNode
  /** What can be done next. */
  readonly children: ReactNode
}

export function GenomeResult({ report, first, children }: Props) {
  const { t } = useWriter()
  const { sample, source, genes } = report
  return (
    <>
      <Heading>{t('genome.resultTitle')}</Heading>
      <p className="sentence">{t('genome.resultLead', { sample, records: source.records ?? 0 })}</p>
      {first}
      <p>{t('genome.gap')}</p>
      {groups.map((group) => (
        <GeneGroup key={group} group={group} genes={genes.filter((gene) => groupOf(gene) === group)} />
      ))}
      <SingleChanges findings={report.findings} />
      <p className="noprint">
        <Button variant="outline" onClick={() => saveReport(report)}>
          {t('genome.save')}
        </Button>
      </p>
      {children}
    </>
  )
}

type GroupProps = { readonly group: Group; readonly genes: readonly GeneCall[] }

function GeneGroup({ group, genes }: GroupProps) {
  const { t, list } = useWriter()
  if (genes.length === 0) return null
  return (
    <section>
      <h2>{t(`genome.group.${group}`)}</h2>
      <p>{t(`genome.groupLead.${group}`)}</p>
      {group === 'outside-only' ? (
        <p>
          <strong>{list(genes.map(({ gene }) => gene))}</strong>
        </p>
      ) : (
        <ul className="cards">
          {genes.map((gene) => (
            <li key={gene.gene}>
              <GeneResult call={gene} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The document that `habeas genome FILE --json` prints. */
function saveReport(report: GenomeReport): void {
  const bytes = canonicalBytes(JSON.parse(JSON.stringify(report)))
  if (bytes.ok) save('habeas-genome.json', bytes.value, 'application/json')
}
