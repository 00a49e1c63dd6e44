import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseDays, runDiff, runExplain, runLint, runMatrix, runReviews } from './law.ts'
import type { Programs } from './programs.ts'
import type { ExitStatus, Terminal } from './terminal.ts'

const base = () => new Option('--base <folder>', 'a folder of norms (default: the one of this program)')
const json = () => new Option('--json', 'one JSON document on stdout')
const language = (text: string) => new Option('--lang <language>', text).choices(['en', 'zh'])
const out = (text: string) => new Option('--out <folder>', text)

/** What lawyers need: the base as tables, its flaws, its reviews, what a change does, an answer in sentences. */
export function addLawCommands(
  cli: Command,
  terminal: Terminal,
  programs: Programs,
  done: (status: ExitStatus) => void,
): void {
  const law = cli.command('law').description('the norm base, for those who read and sign it')
  law
    .command('lint')
    .description('flaws of the norm base, each with file and line')
    .addOption(base())
    .addOption(json())
    .action(async (options) => done(await runLint(terminal, programs.law, options)))
  law
    .command('explain')
    .description('the answer to a situation in sentences')
    .argument('<file>', 'one situation, or an array of them')
    .addOption(language('one language only (default: both)'))
    .addOption(base())
    .addOption(json())
    .action(async (file, options) => done(await runExplain(terminal, programs.law, file, options)))
  law
    .command('matrix')
    .description('article × duty × date: CSV on stdout, or CSV and pages in both languages with --out')
    .option('--on <days>', 'days to look at, with commas between them', days)
    .addOption(language('of the CSV on stdout (default: en)'))
    .addOption(out('where matrix.*.csv and matrix.*.html go'))
    .addOption(base())
    .action(async (options) => done(await runMatrix(terminal, programs.law, options)))
  law
    .command('diff')
    .description('which answers change from one norm base to another')
    .argument('<before>', 'a folder of norms')
    .argument('<after>', 'another one')
    .addOption(json())
    .action(async (before, after, options) =>
      done(await runDiff(terminal, programs.law, { before, after }, options)),
    )
  law
    .command('reviews')
    .description('who reviewed which instrument, and which norms are from memory')
    .addOption(out('where reviews.*.html go'))
    .addOption(base())
    .addOption(json())
    .action(async (options) => done(await runReviews(terminal, programs.law, options)))
}

function days(text: string) {
  const parsed = parseDays(text)
  if (parsed) return parsed
  throw new InvalidArgumentError('Found no days, expected YYYY-MM-DD,YYYY-MM-DD,…')
}
