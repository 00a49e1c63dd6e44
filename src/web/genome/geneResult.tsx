import type { GeneCall } from '#genome'
import { Box } from '../shell.tsx'
import { useWriter } from '../write.ts'

/** More explanations than this are unfolded on demand. */
const mostShown = 4

/** What was found of a gene, what it means in plain words, and what is not known. */
export function GeneResult({ call }: { readonly call: GeneCall }) {
  const { t, known } = useWriter()
  const { gene, status, diplotypes, phenotypes, activityScore } = call
  const isSure = status === 'called' || status === 'outside'
  return (
    <Box tone={isSure ? 'plain' : 'care'}>
      <h3>{gene}</h3>
      <Found diplotypes={diplotypes} />
      {diplotypes.length > 0 && phenotypes.length === 0 && <p>{t('genome.noPhenotype')}</p>}
      {phenotypes.map((phenotype) => (
        <p key={phenotype}>
          <strong>{known('genome.means', phenotype)}</strong>{' '}
          {t('genome.phenotype', { phenotype: known('phenotype', phenotype) })}
        </p>
      ))}
      {activityScore !== null && <p className="soft">{t('genome.score', { score: activityScore })}</p>}
      <Missing keys={call.missing} />
      <Notes call={call} />
    </Box>
  )
}

function Found({ diplotypes }: Pick<GeneCall, 'diplotypes'>) {
  const { t } = useWriter()
  if (diplotypes.length === 0) return null
  const joined = diplotypes.join(t('genome.or'))
  if (diplotypes.length <= mostShown) return <p>{t('genome.found', { diplotypes: joined })}</p>
  return (
    <details>
      <summary>{t('genome.several', { count: diplotypes.length })}</summary>
      <p>{joined}</p>
    </details>
  )
}

function Missing({ keys }: { readonly keys: readonly string[] }) {
  const { t } = useWriter()
  if (keys.length === 0) return null
  return (
    <details>
      <summary>{t('genome.missing', { missing: keys.length })}</summary>
      <p>{t('genome.missingHint')}</p>
      <p>{keys.join(', ')}</p>
    </details>
  )
}

/** The engine's own sentences are English, and marked as such; what they say in short comes before in the reader's words. */
function Notes({ call: { warnings } }: { readonly call: GeneCall }) {
  const { t, known } = useWriter()
  const noted = warnings.filter(({ code }) => code !== 'missing-positions')
  if (noted.length === 0) return null
  return (
    <details>
      <summary>{t('genome.notes')}</summary>
      <ul>
        {noted.map(({ code, message }) => {
          const said = known('genome.note', code)
          return (
            <li key={`${code} ${message}`}>
              {said === code ? t('genome.note.other') : said}{' '}
              <span className="soft" lang="en">
                {message}
              </span>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
