import type { Gene, Medication, Plan } from './api.ts'
import { MedicationView } from './medication.tsx'
import { Box, Sign } from './shell.tsx'
import { useWriter } from './write.ts'

/** A plan in the manner of a discharge letter: first choice on top, then what not, what is taken, what is missing. */
export function Letter({ plan }: { readonly plan: Plan }) {
  const { t } = useWriter()
  const isChosen = ({ drug }: Medication): boolean => plan.firstChoice.includes(drug.name)
  const others = plan.medications.filter((one) => !isChosen(one))
  return (
    <>
      <FirstChoice drugs={plan.firstChoice} />
      <Group heading={t('plan.possible')} medications={plan.medications.filter(isChosen)} />
      <Group heading={t('plan.not')} medications={others.filter(({ role }) => role === 'candidate')} />
      <Group heading={t('plan.current')} medications={others.filter(({ role }) => role === 'current')} />
      <Missing missing={plan.missing} />
      <Prevention prevention={plan.prevention} />
      <Genes genes={plan.genes} />
      <Notes warnings={plan.warnings} />
      <p className="soft">{t('plan.limits')}</p>
    </>
  )
}

function FirstChoice({ drugs: [first, ...others] }: { readonly drugs: readonly string[] }) {
  const { t, drug, list } = useWriter()
  if (first === undefined) {
    return (
      <Box tone="ask">
        <h2>
          <Sign>?</Sign>
          {t('plan.first')}
        </h2>
        <p>{t('plan.none')}</p>
      </Box>
    )
  }
  return (
    <Box tone="good">
      <h2>
        <Sign>✓</Sign>
        {t('plan.first')}
      </h2>
      <p className="first">{drug(first)}</p>
      {others.length > 0 && <p>{t('plan.next', { drugs: list(others.map(drug)) })}</p>}
    </Box>
  )
}

function Group(props: { readonly heading: string; readonly medications: readonly Medication[] }) {
  if (props.medications.length === 0) return null
  return (
    <section>
      <h2>{props.heading}</h2>
      {props.medications.map((one) => (
        <MedicationView key={`${one.role} ${one.drug.name}`} medication={one} />
      ))}
    </section>
  )
}

function Missing({ missing }: Pick<Plan, 'missing'>) {
  const { t } = useWriter()
  return (
    <section>
      <h2>{t('plan.missing')}</h2>
      {missing.length === 0 && <p>{t('plan.nothing')}</p>}
      {missing.length > 0 && (
        <ul>
          {missing.map(({ what, why, action }) => (
            <li key={`${what} ${why}`}>
              <strong>{t(`action.${action}`)}</strong>
              {' – '}
              <span lang="en">{t('plan.missingLine', { what, why })}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Prevention({ prevention }: Pick<Plan, 'prevention'>) {
  const { t } = useWriter()
  if (prevention.length === 0) return null
  return (
    <section>
      <h2>{t('plan.exposure')}</h2>
      <ul lang="en">
        {prevention.map(({ condition, source }) => (
          <li key={`${condition} ${source.title}`}>
            {condition} <cite>{source.title}</cite>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Genes({ genes }: { readonly genes: readonly Gene[] }) {
  const { t, list, known, drug } = useWriter()
  if (genes.length === 0) return null
  const phenotypeOf = (text: string): string => known('phenotype', text)
  return (
    <section>
      <h2>{t('plan.genes')}</h2>
      <dl className="genes">
        {genes.map(({ gene, diplotypes, phenotypes, missing, converted }) => (
          <div key={gene}>
            <dt>{gene}</dt>
            <dd>
              {diplotypes.length === 0 ? t('plan.notCalled') : diplotypes.join(' / ')}
              {phenotypes.length > 0 && ` – ${phenotypes.map(phenotypeOf).join(' / ')}`}
              {missing.length > 0 && ` (${t('plan.gap', { count: missing.length })})`}
              {converted && (
                <>
                  {'; '}
                  <strong>
                    {t('plan.actsAs', {
                      to: phenotypeOf(converted.to),
                      because: list(converted.because.map(drug)),
                    })}
                  </strong>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Notes({ warnings }: Pick<Plan, 'warnings'>) {
  const { t } = useWriter()
  if (warnings.length === 0) return null
  return (
    <section>
      <h2>{t('plan.notes')}</h2>
      <ul lang="en">
        {warnings.map(({ code, message }) => (
          <li key={`${code} ${message}`}>{message}</li>
        ))}
      </ul>
    </section>
  )
}
