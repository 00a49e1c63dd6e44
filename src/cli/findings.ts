import { InvalidArgumentError } from 'commander'
import type { FindingKind, GenomeReport } from '#usecases'

type Finding = GenomeReport['findings'][number]

/** Kinds on the command line, separated by commas. */
export const readFindingKinds =
  (findingKinds: readonly FindingKind[]) =>
  (text: string): readonly FindingKind[] => {
    const asked = text.split(',')
    const kinds = findingKinds.filter((kind) => asked.includes(kind))
    if (kinds.length === asked.length) return kinds
    throw new InvalidArgumentError(
      `Found another word, expected ${findingKinds.join(', ')}, with commas between.`,
    )
  }

/** What was found line by line; the rest as numbers, so that nothing looks excluded that was not read. */
export function describeFindings(findings: readonly Finding[]): string {
  if (findings.length === 0) return ''
  const told = findings.filter(({ status }) => status === 'found' || status === 'unclear')
  const count = (wanted: Finding['status']) => findings.filter(({ status }) => status === wanted).length
  const others = (['not-found', 'not-tested', 'not-asked'] as const)
    .map((status) => `${count(status)} ${status}`)
    .join(', ')
  return `  single positions: ${others}\n${told.map(describeFinding).join('')}`
}

function describeFinding({ gene, name, status, copies, positions, function: known }: Finding): string {
  const bases = positions.map(({ rsid, position, bases }) => `${rsid ?? position} ${bases ?? '-'}`).join(', ')
  const extent = copies === null ? status : `on ${copies === 1 ? 'one copy' : 'both copies'}`
  return `      ${gene} ${name}: ${extent} (${bases})${known === null ? '' : `, ${known}`}\n`
}
