import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freshFolder, habeas } from '../scenarios/habeas.ts'
import { type RunningServer, startServer } from './running.ts'
import { Visitor } from './signedIn.ts'

/** Somebody of whom a hospital has a case; nothing was consented to yet. */
export type Patient = {
  readonly id: string
  readonly subject: Readonly<Record<string, unknown>>
  /** The day whose law the case is under; today if left out. */
  readonly at?: string
  readonly jurisdictions?: readonly string[]
  /** The instant of death that the hospital recorded. */
  readonly diedAt?: string
}
export type Signatory = {
  readonly name: string
  readonly for: string
  readonly papers?: string
  /** A relative, on papers that count for a year. */
  readonly kin?: string
}

export const today = new Date().toISOString().slice(0, 10)
/** Born so many years before today; `days` later, on the calendar. */
export function bornBefore(years: number, days = 0): string {
  const day = new Date(`${Number(today.slice(0, 4)) - years}${today.slice(4)}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}

export function writeCase(folder: string, { id, subject, at = today, ...more }: Patient): void {
  const into = join(folder, id)
  mkdirSync(into, { recursive: true })
  for (const name of ['clinical.json', 'environment.json', 'genome.vcf'])
    cpSync(`examples/permitted/${name}`, join(into, name))
  const whole = JSON.parse(readFileSync('examples/permitted/case.json', 'utf8'))
  const { jurisdictions = whole.situation.jurisdictions, diedAt } = more
  const situation = { ...whole.situation, at, jurisdictions, subject, consents: [] }
  const made = { ...whole, situation, subject: { id, name: `${id} (invented)`, diedAt } }
  writeFileSync(join(into, 'case.json'), JSON.stringify(made))
}

/** A hospital with the forms of the demo, these patients, and who signs for them on papers. */
export async function startFamilyServer(
  patients: readonly Patient[],
  signatories: readonly Signatory[],
  folder = freshFolder('family'),
): Promise<RunningServer> {
  const [data, cases] = [join(folder, 'data'), join(folder, 'cases')]
  mkdirSync(cases)
  for (const patient of patients) writeCase(cases, patient)
  const demo = await startServer(['--demo', '--port', '0', '--data', data])
  await demo.stop()
  const codes = signatories.map((one) => [one.name, codeFor(one, data)] as const)
  const server = await startServer(
    ['--port', '0', '--data', data, '--cases', cases, '--organisation', 'hillside'],
    {},
  )
  for (const [name, code] of codes) {
    const visitor = new Visitor(server)
    await visitor.signIn(name, code)
    server.cookies.set(name, Promise.resolve(visitor.cookie))
  }
  return server
}

function codeFor({ name, for: subject, papers, kin }: Signatory, data: string): string {
  const isPerson = papers === undefined && kin === undefined
  const role = ['--role', isPerson ? 'person' : 'representative']
  const shown = kin
    ? ['--kin', kin, '--until', bornBefore(-1), '--evidence', 'household register and death certificate']
    : papers
      ? ['--papers', papers]
      : []
  const args = ['account', 'add', name, ...role, '--subject', subject, ...shown, '--data', data, '--json']
  const { status, out, err } = habeas(args)
  if (status !== 0) throw new Error(err)
  return (JSON.parse(out) as { code: string }).code
}
