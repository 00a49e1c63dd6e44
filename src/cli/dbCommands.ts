import type { Command } from 'commander'
import { runBackUpStore, runCheckStore, runMigrateStore, runRestoreStore } from './db.ts'
import type { Programs } from './programs.ts'
import type { ExitStatus, Terminal } from './terminal.ts'

/** Everything below `habeas db`. */
export function addDbCommands(
  db: Command,
  terminal: Terminal,
  programs: Programs,
  named: (path: string) => string,
  done: (status: ExitStatus) => void,
): void {
  const command = (name: string, description: string): Command =>
    db
      .command(name)
      .description(description)
      .option('--data <folder>', 'the data folder (default: this user’s own)', named)
      .option('--json', 'one JSON document on stdout')
  command('check', 'recomputes everything that the database claims; changes nothing').action(
    async (options) => done(await runCheckStore(terminal, programs, options)),
  )
  command('migrate', 'brings the database to the version of this program').action(async (options) =>
    done(await runMigrateStore(terminal, programs, options)),
  )
  command('backup', 'one moment of the whole store, with the key of its log: a secret')
    .requiredOption('--out <folder>', 'a new folder for it', named)
    .action(async (options) => done(await runBackUpStore(terminal, programs, options)))
  command('restore', 'a backup into an empty store, then the whole check')
    .requiredOption('--from <folder>', 'the folder of the backup', named)
    .action(async (options) => done(await runRestoreStore(terminal, programs, options)))
}
