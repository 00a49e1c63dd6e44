import type { GenomeFinding } from '#genome'
import { useWriter } from '../write.ts'

/** Of each kind that was asked for: what was found, and how much was not or could not be. */
export function SingleChanges({ findings }: { readonly findings: readonly GenomeFinding[] }) {
  const { t } = useWriter()
  const told = findings.filter(({ status }) => status === 'found' || status === 'unclear')
  const count = (wanted: GenomeFinding['status']) => findings.filter(({ status }) => status === wanted).length
  if (findings.length === 0) return null
  return (
    <section>
      <h2>{t('genome.singles.title')}</h2>
      <p>{t('genome.singles.lead')}</p>
      <ul>
        {told.map((finding) => (
          <li key={`${finding.gene} ${finding.name}`}>
            <Change finding={finding} />
          </li>
        ))}
        <li>{t('genome.singles.rest', { read: count('not-found'), open: count('not-tested') })}</li>
      </ul>
      <p>{t('genome.singles.notAsked')}</p>
    </section>
  )
}

function Change({ finding }: { readonly finding: GenomeFinding }) {
  const { t, known } = useWriter()
  const { gene, name, copies, positions } = finding
  const extent = copies === null ? 'unclear' : copies === 2 ? 'both' : 'one'
  return (
    <>
      <strong>
        {gene} {name}
      </strong>
      : {t(`genome.singles.${extent}`)}{' '}
      {finding.function !== null && known('genome.singles', finding.function)}{' '}
      <span className="soft">
        {positions.map(({ rsid, position, bases }) => `${rsid ?? position} ${bases ?? '–'}`).join(', ')}
      </span>
    </>
  )
}
