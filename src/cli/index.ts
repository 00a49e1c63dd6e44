import { Argument, Command, CommanderError, InvalidArgumentError } from 'commander'
import { addAccountCommands, addAppCommands } from './accountCommands.ts'
import { benchHelp, benchNames, runBench } from './bench.ts'
import { runConsent, runMatch } from './consents.ts'
import { addDbCommands } from './dbCommands.ts'
import { addGenomeCommand } from './genome.ts'
import { addLawCommands } from './lawCommands.ts'
import { runExportLog } from './log.ts'
import { runPlan } from './plan.ts'
import type { Programs } from './programs.ts'
import { runRuling } from './ruling.ts'
import { runStart } from './start.ts'
import type { ExitStatus, Terminal } from './terminal.ts'
import { runVerify } from './verify.ts'

export type { ConsentPrograms } from './consents.ts'
export type { LawPrograms } from './law.ts'
export type {
  BenchName,
  BenchRequest,
  Programs,
  Running,
  Show,
  StartRequest,
  StoreChoice,
} from './programs.ts'
export { type ExitStatus, reportFault, type Terminal } from './terminal.ts'

/** Parses the command line, runs one command and gives its exit status. Usage errors are 2, in one message. */
export async function runCli(
  argv: readonly string[],
  terminal: Terminal,
  programs: Programs,
): Promise<ExitStatus> {
  let status: ExitStatus = 0
  const cli = makeCommand(terminal, programs, (result) => {
    status = result
  })
  try {
    await cli.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? 0 : 2
  }
  return status
}

function makeCommand(terminal: Terminal, programs: Programs, done: (status: ExitStatus) => void): Command {
  const cli = new Command('habeas')
    .description('A governed plan from genome, record and environment, with proof.')
    .version(programs.version)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(habeas --help lists the commands)')
    .addHelpText('after', exitStatuses)
  cli
    .command('plan')
    .description('a case folder in, a governed plan with evidence out')
    .argument('<case-folder>', 'folder with case.json, genome, clinical.json, environment.json', named)
    .option('--out <folder>', 'where the plan and its evidence go (default: <case-folder>/out)', named)
    .option('--data <folder>', 'the data folder (default: this user’s own)', named)
    .option('--json', 'one JSON document on stdout')
    .action(async (folder, options) => done(await runPlan(terminal, programs, folder, options)))
  addStart(cli, terminal, programs, done)
  addGenomeCommand(cli.command('genome'), terminal, programs, done)
  cli
    .command('ruling')
    .description('what the law of a day says of a situation')
    .argument('<file>', 'one situation, or an array of them', named)
    .option('--json', 'one ruling, or an array in the same order')
    .action(async (file, options) => done(await runRuling(terminal, programs, file, options)))
  cli
    .command('verify')
    .description('checks evidence offline; needs no database, network or key of ours')
    .argument('<path>', 'an evidence folder, or the folder of a plan that holds one', named)
    .option('--policy <file>', 'whom you trust: C2SP tlog-policy', named)
    .option('--json', 'one JSON document on stdout')
    .action(async (path, options) => done(await runVerify(terminal, programs, path, options)))
  addLawCommands(cli, terminal, programs, done)
  addConsentCommands(cli, terminal, programs, done)
  for (const add of [addAccountCommands, addAppCommands]) add(cli, terminal, programs, named, done)
  addDbCommands(cli.command('db').description('the database'), terminal, programs, named, done)
  addLog(cli, terminal, programs, done)
  addBench(cli, terminal, programs, done)
  return cli
}

/** For consents and data of others: nothing is stored. */
function addConsentCommands(
  cli: Command,
  terminal: Terminal,
  { consents }: Programs,
  done: (status: ExitStatus) => void,
): void {
  cli
    .command('consent')
    .description('what FHIR Consents (R4, R5) say to a request; nothing is stored')
    .argument('<file>', '{cases: [{id, fhirVersion, at, consents, actors, request}]}', named)
    .option('--json', 'an array in the same order')
    .action(async (file, options) => done(await runConsent(terminal, consents, file, options)))
  cli
    .command('match')
    .description('may data be used for a purpose (GA4GH DUO); nothing is stored')
    .argument('<file>', '{ancestors, cases: [{id, purpose, dataset}]}', named)
    .option('--json', 'an array in the same order')
    .action(async (file, options) => done(await runMatch(terminal, consents, file, options)))
}

function addLog(
  cli: Command,
  terminal: Terminal,
  programs: Programs,
  done: (status: ExitStatus) => void,
): void {
  cli
    .command('log')
    .description('the transparency log')
    .command('export')
    .description('writes the log as C2SP tiles with checkpoint and verifier key')
    .requiredOption('--out <folder>', 'where it goes', named)
    .option('--data <folder>', 'the data folder (default: this user’s own)', named)
    .option('--json', 'one JSON document on stdout')
    .action(async (options) => done(await runExportLog(terminal, programs, options)))
}

function addStart(
  cli: Command,
  terminal: Terminal,
  programs: Programs,
  done: (status: ExitStatus) => void,
): void {
  cli
    .command('start')
    .description('the server with its pages; it listens on this machine, a proxy brings it the rest')
    .option('--data <folder>', 'the data folder (default: this user’s own)', named)
    .option('--port <number>', 'where it listens; 0: any free port', port, defaultPort)
    .option(
      '--norms <folder>',
      'a folder of norms, read again at SIGUSR2 (default: the one of this program)',
      named,
    )
    .option('--cases <folder>', 'a folder with a folder for each case', named)
    .option('--organisation <name>', 'whose cases these are', named)
    .option('--origin <url>', 'what browsers call it (default: http://localhost with its port)', named)
    .option(
      '--recall-days <number>',
      'how long recipients may take to answer a recall',
      days,
      defaultRecallDays,
    )
    .option(
      '--emergency-minutes <number>',
      `how long what was opened in an emergency stays open, at most ${programs.limits.mostEmergencyMinutes}`,
      minutes(programs.limits.mostEmergencyMinutes),
      defaultEmergencyMinutes,
    )
    .option(
      '--emergency-review-days <number>',
      'how long the review of an emergency may take',
      days,
      defaultEmergencyReviewDays,
    )
    .option('--demo', 'invented people; without --data in a folder that is gone when it stops')
    .action(async (options) => done(await runStart(terminal, programs, options)))
}

function addBench(
  cli: Command,
  terminal: Terminal,
  programs: Programs,
  done: (status: ExitStatus) => void,
): void {
  cli
    .command('bench')
    .description('figures against peers, measured in this run')
    .addArgument(new Argument('[name]', 'one of them only').choices(benchNames))
    .option('--vcf <file>', 'read this genome (default: a made one)', named)
    .option('--quick', 'few and short rounds: to see that it works, not how fast')
    .addHelpText('after', benchHelp)
    .action(async (name, options) => done(await runBench(terminal, programs, name, options)))
}

const defaultPort = 8787
const defaultRecallDays = 30
const mostRecallDays = 365

function days(text: string): number {
  const value = Number(text)
  if (/^\d{1,3}$/.test(text) && value >= 1 && value <= mostRecallDays) return value
  throw new InvalidArgumentError(`Found no such number of days, expected one from 1 to ${mostRecallDays}.`)
}

const defaultEmergencyMinutes = 60
const defaultEmergencyReviewDays = 7

const minutes =
  (most: number) =>
  (text: string): number => {
    const value = Number(text)
    if (/^\d{1,3}$/.test(text) && value >= 1 && value <= most) return value
    throw new InvalidArgumentError(`Found no such number of minutes, expected one from 1 to ${most}.`)
  }

function port(text: string): number {
  const value = Number(text)
  if (/^\d{1,5}$/.test(text) && value <= 65_535) return value
  throw new InvalidArgumentError('Found no port, expected a number from 0 to 65535.')
}

/** An empty name, as an unset variable of a shell gives, would mean the folder one happens to stand in. */
function named(path: string): string {
  if (path === '') throw new InvalidArgumentError('Found an empty name, expected a path.')
  return path
}

const exitStatuses = `
Exit status: 0 done; 1 the answer is no; 2 bad input or usage; 3 the surroundings failed (disk, database).`
