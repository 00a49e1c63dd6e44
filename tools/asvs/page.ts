import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

const states = ['met', 'partly', 'not', 'not-applicable'] as const
type State = (typeof states)[number]

/** One requirement of the standard, and how it stands here. */
export type Requirement = {
  readonly id: string
  readonly level: 1 | 2
  /** In our own words. */
  readonly asks: string
  readonly state: State
  readonly where: readonly string[]
  readonly test: readonly string[]
  readonly why: string
}

export function readRequirements(): readonly Requirement[] {
  const text = readFileSync('docs/asvs.yaml', 'utf8')
  const { requirements } = parse(text) as { readonly requirements: readonly Partial<Requirement>[] }
  return requirements.map((one) => ({ where: [], test: [], why: '', ...one }) as Requirement)
}

const opening = `# OWASP ASVS 5.0.0, level 2

Made by \`npm run asvs\` from \`docs/asvs.yaml\`. Ids and levels are facts of the standard (CC BY-SA 4.0); what each asks is said in our own words. All chapters are gone
through. What is met is said to be so by us, with the file and the test to look at; nobody outside has looked yet.
`

export function asvsPage(all: readonly Requirement[]): string {
  const open = all.filter(({ state }) => state === 'not' || state === 'partly')
  const other = all.filter(({ state }) => state === 'not-applicable')
  const met = all.filter(({ state }) => state === 'met')
  return [
    opening,
    `${tableOf(['chapter', ...states], countsOf(all))}\n`,
    `## What is not met, or in part, and why\n\n${tableOf(
      ['id', 'level', 'asks', 'state', 'why'],
      open.map(({ id, level, asks, state, why }) => [id, `${level}`, asks, state, why]),
    )}\n`,
    `## What is met, where, and which test shows it\n\n${tableOf(
      ['id', 'level', 'asks', 'where', 'test'],
      met.map(({ id, level, asks, where, test }) => [id, `${level}`, asks, filesOf(where), filesOf(test)]),
    )}\n`,
    `## What does not apply\n\n${tableOf(
      ['id', 'level', 'asks', 'why'],
      other.map(({ id, level, asks, why }) => [id, `${level}`, asks, why]),
    )}\n`,
  ].join('\n')
}

const filesOf = (files: readonly string[]): string => files.map((file) => `\`${file}\``).join(', ')
const chapterOf = ({ id }: Requirement): string => id.split('.')[0]!

function countsOf(all: readonly Requirement[]): readonly (readonly string[])[] {
  return [...new Set(all.map(chapterOf))].map((chapter) => [
    chapter,
    ...states.map(
      (state) => `${all.filter((one) => chapterOf(one) === chapter && one.state === state).length}`,
    ),
  ])
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, i) => Math.max(3, ...[head, ...rows].map((row) => row[i]!.length)))
  const line = (row: readonly string[]) => `| ${row.map((text, i) => text.padEnd(widths[i]!)).join(' | ')} |`
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n')
}
