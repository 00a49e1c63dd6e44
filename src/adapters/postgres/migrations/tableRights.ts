/** A person's rows are seen by an act on that person, and written by that act in its own name. */
export const personTable = (table: string): string => `
alter table habeas.${table} enable row level security, force row level security;
grant select, insert on habeas.${table} to habeas_act;
create policy reads on habeas.${table} for select to habeas_act
  using (subject_id = (select habeas.subject()) and (select habeas.act()) is not null);
create policy writes on habeas.${table} for insert to habeas_act
  with check (subject_id = (select habeas.subject()) and act_id = (select habeas.act()));`

/** Both, and nothing of it can be taken away as a whole. */
export const ownTable = (table: string): string => `${personTable(table)}${keptTable('habeas', table)}
revoke truncate on habeas.${table} from habeas_owner;`

/** Whole copies are taken and laid down by one role, at that task only. */
export const keptTable = (schema: string, table: string): string => `
grant select, insert on ${schema}.${table} to habeas_keeper;
create policy copies on ${schema}.${table} for select to habeas_keeper
  using ((select habeas.task()) in ('backup', 'restore'));
create policy restores on ${schema}.${table} for insert to habeas_keeper
  with check ((select habeas.task()) = 'restore');`
