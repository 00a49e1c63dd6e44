import { makeRole } from './role.ts'
import { keptTable } from './tableRights.ts'

/**
 * Two more ways to ask. `habeas_account` shows a person, in an act of their own, everything that was done with what is theirs;
 * `habeas_keeper` takes whole copies of the database and lays them down again, and sees nothing at any other task.
 */
const personTables = ['acts', 'withdrawals', 'plans', 'openings']
const logTables = ['identity', 'pending', 'entries', 'tiles', 'checkpoints']

const account = (table: string): string => `
grant select on habeas.${table} to habeas_account;
create policy shows_account on habeas.${table} for select to habeas_account
  using (subject_id = (select habeas.subject()) and (select habeas.act()) is not null);`

const keep = (schema: string) => (table: string) => keptTable(schema, table)

export const accountAndKeeper: string = [
  makeRole('habeas_account'),
  makeRole('habeas_keeper'),
  'set local role habeas_owner;',
  'grant usage on schema habeas to habeas_account, habeas_keeper;',
  'grant usage on schema habeas_log to habeas_keeper;',
  ...personTables.map(account),
  ...personTables.map(keep('habeas')),
  ...logTables.map(keep('habeas_log')),
  // The queue goes on behind what was restored. It names numbers only, and no policy can be made for it.
  'grant update on sequence habeas_log.pending_position_seq to habeas_keeper;',
  'set local role none;',
].join('\n')
