import type { Command } from 'commander'
import {
  runAddAccount,
  runAddApp,
  runAddService,
  runDisableAccount,
  runEndApp,
  runListAccounts,
  runRecordCare,
  runRecoverAccount,
} from './account.ts'
import type { Programs } from './programs.ts'
import type { ExitStatus, Terminal } from './terminal.ts'

/** Everything below `habeas account`. */
export function addAccountCommands(
  cli: Command,
  terminal: Terminal,
  programs: Programs,
  named: (path: string) => string,
  done: (status: ExitStatus) => void,
): void {
  const account = cli.command('account').description('who may sign in')
  const command = (name: string, description: string): Command =>
    account
      .command(name)
      .description(description)
      .option('--data <folder>', 'the data folder (default: this user’s own)', named)
  const withRole = (name: string, description: string): Command =>
    command(name, description)
      .argument('<name>', 'what they sign in with: small letters, digits, dots and dashes')
      .requiredOption('--role <role>', 'person, representative, clinician, steward, reviewer, chair, …')
      .option('--name <text>', 'as shown to others (default: the name they sign in with)')
      .option('--subject <id>', 'of a person or representative: whose record')
      .option('--organisation <name>', 'of everybody else: where')
      .option('--until <day>', 'the last day of the role (default: until it is ended)')
      .option('--evidence <text>', 'what shows that they have it: a document, a decision')
      .option(
        '--papers <kind>',
        'of a representative: parent, guardian, mandate or court-order; signs only with them',
      )
      .option(
        '--kin <kinship>',
        'of a relative, who decides nothing and may ask once the person has died: spouse, child, parent, sibling, grandparent, grandchild or other',
      )
  withRole('service', 'a program may ask in its own name; it shows who it is with a key')
    .requiredOption('--key <file>', 'its public key: PEM, JWK or JWK set', named)
    .action(async (name, options) => done(await runAddService(terminal, programs, name, options)))
  withRole('add', 'somebody may sign in; prints a code that opens once')
    .option('--issuer <url>', 'they sign in at this OpenID provider')
    .option('--issuer-id <id>', 'and this is who they are there (sub)')
    .option('--json', 'one JSON document on stdout')
    .action(async (name, options) => done(await runAddAccount(terminal, programs, name, options)))
  command('code', 'a way back in: ends what is open, prints a code that opens once')
    .argument('<name>', 'what they type to sign in')
    .option('--json', 'one JSON document on stdout')
    .action(async (name, options) => done(await runRecoverAccount(terminal, programs, name, options)))
  command('disable', 'it opens nothing from now on')
    .argument('<name>', 'what they type to sign in')
    .action(async (name, options) => done(await runDisableAccount(terminal, programs, name, options)))
  command('care', 'somebody looks after a person from now on')
    .argument('<name>', 'what the clinician types to sign in')
    .requiredOption('--organisation <name>', 'where')
    .requiredOption('--subject <id>', 'whom')
    .option('--until <day>', 'the last day (default: until it is ended)')
    .option('--evidence <text>', 'what shows it')
    .action(async (name, options) => done(await runRecordCare(terminal, programs, name, options)))
  command('list', 'who may sign in, in which roles')
    .option('--json', 'one JSON document on stdout')
    .action(async (options) => done(await runListAccounts(terminal, programs, options)))
}

/** Everything below `habeas app`. */
export function addAppCommands(
  cli: Command,
  terminal: Terminal,
  programs: Programs,
  named: (path: string) => string,
  done: (status: ExitStatus) => void,
): void {
  const app = cli.command('app').description('applications that people may let act for them (SMART)')
  const command = (name: string, description: string): Command =>
    app
      .command(name)
      .description(description)
      .argument('<id>', 'its client_id: small letters, digits, dots and dashes')
      .option('--data <folder>', 'the data folder (default: this user’s own)', named)
  command('add', 'people may let it act for them')
    .requiredOption('--redirect <url...>', 'where browsers go back to: https, or http on this machine')
    .requiredOption('--scope <scopes>', 'what it may ask to be let do, such as "launch/patient patient/*.rs"')
    .option('--name <text>', 'as shown to those who are asked (default: its id)')
    .option('--key <file>', 'its public key, if it can keep one: PEM, JWK or JWK set', named)
    .action(async (id, options) => done(await runAddApp(terminal, programs, id, options)))
  command('end', 'it is let in no more, and what it was given opens nothing').action(async (id, options) =>
    done(await runEndApp(terminal, programs, id, options)),
  )
}
