import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { type PlanAnswer, useCase, usePlanAnswer } from '../asked.ts'
import { Failure } from '../failure.tsx'
import { Letter } from '../letter.tsx'
import { ReceiptView } from '../receipt.tsx'
import { Refusal } from '../refusal.tsx'
import { RulingView } from '../ruling.tsx'
import { Back, Heading } from '../shell.tsx'
import { firstUpper, useWriter } from '../write.ts'
import { AskForPlan } from './case.tsx'

export function PlanPage() {
  const { caseId } = useParams({ from: '/cases/$caseId/plan' })
  const { t } = useWriter()
  const answer = usePlanAnswer(caseId)
  const { data, error } = useCase(caseId)
  if (error) return <Failure error={error} name="" />
  if (!data) return null
  const name = data.subjectName
  return (
    <>
      <Back caseId={caseId} name={name} />
      {answer ? <Answer answer={answer} name={name} /> : <Heading>{t('plan.title', { name })}</Heading>}
      <div className="noprint choices">
        <AskForPlan caseId={caseId} name={name} label={answer ? t('refusal.again') : t('caseOf.plan')} />
      </div>
    </>
  )
}

/** Asked again, the new answer is a new page: its heading is read out anew. */
function Answer({ answer, name }: { readonly answer: PlanAnswer; readonly name: string }) {
  const { t, day, known } = useWriter()
  if ('reasons' in answer) return <Refusal key={answer.act.id} denial={answer} name={name} />
  const { plan, ruling, articles, consents, receipt, act } = answer
  const indication = firstUpper(known('indication', plan.indication))
  return (
    <article key={act.id}>
      <Heading>{t('plan.title', { name })}</Heading>
      <p className="soft">{t('plan.sub', { indication, day: day(plan.at) })}</p>
      <Letter plan={plan} />
      <RulingView ruling={ruling} articles={articles} consents={consents} name={name} />
      <ReceiptView receipt={receipt} shown={shownIn(answer)} />
      <div className="noprint choices">
        <Button variant="outline" onClick={() => print()}>
          {t('plan.print')}
        </Button>
      </div>
    </article>
  )
}

const shownIn = ({ plan, ruling }: Extract<PlanAnswer, { readonly plan: unknown }>) => ({
  'plan.json': plan,
  'ruling.json': ruling,
})
