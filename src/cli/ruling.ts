import type { Ruling } from '#usecases'
import { outcomeMeanings, partyMeanings } from '#vocabulary'
import type { Programs } from './programs.ts'
import { phrase } from './reasons.ts'
import { type ExitStatus, printJson, reportFault, type Terminal } from './terminal.ts'

export async function runRuling(
  terminal: Terminal,
  programs: Programs,
  file: string,
  options: { readonly json?: boolean },
): Promise<ExitStatus> {
  const answer = await programs.ruleSituations(file)
  if (!answer.ok) return reportFault(terminal, answer.error)
  const { batch, rulings } = answer.value
  if (options.json) printJson(terminal, batch ? rulings : rulings[0])
  else terminal.out(rulings.map(describeRuling).join('\n'))
  // An array was asked about many situations, and all were answered; one situation can be answered with no.
  return batch || rulings.every(({ outcome }) => outcome.startsWith('permit')) ? 0 : 1
}

/** A ruling as sentences, articles after each. */
export function describeRuling(ruling: Ruling): string {
  const lines = [
    `${ruling.situation}, under the law of ${ruling.at}: ${ruling.outcome}. ${outcomeMeanings[ruling.outcome]}`,
  ]
  for (const { party, for: topic, forms, satisfied, norms } of ruling.whoMustConsent) {
    const state = satisfied === true ? 'given' : satisfied === false ? 'MISSING' : 'unknown'
    lines.push(
      `  consent for ${topic} from ${phrase(partyMeanings[party])}, form ${forms.join(' and ') || 'any'}: ${state} (${norms.join(', ')})`,
    )
  }
  for (const { norm, reason } of ruling.forbiddenBy) lines.push(`  forbidden: ${reason} (${norm})`)
  for (const { code, met, norms } of ruling.duties) {
    if (met !== true)
      lines.push(`  duty ${met === false ? 'open' : 'to check'}: ${code} (${norms.join(', ')})`)
  }
  for (const path of ruling.factsNeeded) lines.push(`  not known: ${path}`)
  for (const { norm, by, principle } of ruling.displaced)
    lines.push(`  ${norm} gives way to ${by} (${principle})`)
  for (const { fact, party, norms } of ruling.burdenOfProof)
    lines.push(`  to prove ${fact}: ${party} (${norms.join(', ')})`)
  return `${lines.join('\n')}\n`
}
