import { Link } from '@tanstack/react-router'
import type { CaseSummary } from '../api.ts'
import { useCases } from '../asked.ts'
import { Failure } from '../failure.tsx'
import { Heading } from '../shell.tsx'
import { firstUpper, useWriter } from '../write.ts'

export function CasesPage() {
  const { t } = useWriter()
  const { data, error, refetch } = useCases()
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  return (
    <>
      <Heading>{t('cases.title')}</Heading>
      <p>{t('cases.lead')}</p>
      {data?.cases.length === 0 && <p>{t('cases.none')}</p>}
      <ul className="cards">
        {data?.cases.map((one) => (
          <li key={one.id}>
            <CaseCard summary={one} />
          </li>
        ))}
      </ul>
    </>
  )
}

function CaseCard({ summary }: { readonly summary: CaseSummary }) {
  const { id, subjectName, indication } = summary
  const { asks, known } = useWriter()
  return (
    <Link className="box plain" to="/cases/$caseId" params={{ caseId: id }}>
      <strong>{subjectName}</strong>
      <br />
      {firstUpper(known('indication', indication))}
      <br />
      <span className="soft">{asks(summary)}</span>
    </Link>
  )
}
