import type { Plan, PlanOutcome } from '#usecases'
import { dutyMeanings } from '#vocabulary'
import type { Programs } from './programs.ts'
import { describeReasons } from './reasons.ts'
import { type ExitStatus, makeProgress, printJson, reportFault, type Terminal } from './terminal.ts'

type PlanOptions = { readonly out?: string; readonly data?: string; readonly json?: boolean }

export async function runPlan(
  terminal: Terminal,
  programs: Programs,
  caseFolder: string,
  { out, data, json }: PlanOptions,
): Promise<ExitStatus> {
  const progress = makeProgress(terminal)
  const outcome = await programs.planForPerson({ caseFolder, out, data }, progress.show)
  progress.clear()
  if (!outcome.ok) return reportFault(terminal, outcome.error)
  if (json) printJson(terminal, documentOf(outcome.value))
  else terminal.out(describeOutcome(outcome.value))
  return outcome.value.kind === 'done' ? 0 : 1
}

/** What `--json` prints: the decision, the ruling, the plan (null when denied), and where the proof lies. */
const documentOf = (outcome: PlanOutcome) => ({
  decision: outcome.kind === 'done' ? 'permit' : 'denial',
  reasons: outcome.kind === 'done' ? [] : outcome.denial.reasons,
  ruling: outcome.ruling,
  plan: outcome.kind === 'done' ? outcome.plan : null,
  out: outcome.out,
  receipt: { index: outcome.index },
})

function describeOutcome(outcome: PlanOutcome): string {
  const proof = `Proof: ${outcome.out}/evidence (entry ${outcome.index} of the log; check it with: habeas verify)\n`
  if (outcome.kind === 'refused') {
    const reasons = describeReasons(outcome.denial.reasons).map((reason) => `  - ${reason}\n`)
    return `Refused. No plan was made and the genome was not read.\n${reasons.join('')}${proof}`
  }
  return `${describePlan(outcome.plan)}${describeDuties(outcome)}Plan: ${outcome.out}/plan.html\n${proof}`
}

function describePlan({ indication, firstChoice, refer, medications, missing, warnings }: Plan): string {
  const choice = firstChoice.length > 0 ? firstChoice.join(', then ') : 'none of the candidates'
  const lines = [
    `Permitted. First choice for ${indication}: ${choice}${refer ? '; refer to a specialist' : ''}.`,
  ]
  for (const { drug, role, action, because } of medications) {
    const reasons = because.map(({ finding, source }) =>
      `${finding} (${source.body} ${source.year ?? ''})`.replace(' )', ')'),
    )
    lines.push(`  ${drug.name} (${role}): ${action}${reasons.length > 0 ? `. ${reasons.join('; ')}` : ''}`)
  }
  for (const { what, why } of missing) lines.push(`  missing: ${what}: ${why}`)
  for (const warning of warnings)
    lines.push(`  note: ${typeof warning === 'string' ? warning : warning.message}`)
  return `${lines.join('\n')}\n`
}

function describeDuties({ permit }: PlanOutcome & { readonly kind: 'done' }): string {
  const open = permit.duties.filter(({ met }) => met !== true)
  return open
    .map(({ code, met, norms }) => {
      const state = met === false ? 'still to do' : 'to observe'
      return `  ${state}: ${dutyMeanings[code]} (${norms.join(', ')})\n`
    })
    .join('')
}
