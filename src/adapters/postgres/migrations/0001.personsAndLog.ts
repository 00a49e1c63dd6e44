import { makeRole } from './role.ts'
import { personTable } from './tableRights.ts'

/**
 * Roles, the tables of persons and the tables of the log.
 *
 * Every table has forced row-level security, so that not even its owner sees a row without saying on whose behalf:
 * `habeas.act` and `habeas.subject` for a person's rows, `habeas.task` for the log's. A setting that is missing is NULL (or
 * empty, after a transaction that had one) and matches nothing. Nothing in `habeas_log` tells whose entry it is: the link is
 * the person's own row in `openings`.
 */
const roles = ['habeas_owner', 'habeas_idle', 'habeas_act', 'habeas_sequencer', 'habeas_auditor']

const persons = `
create schema habeas authorization habeas_owner;
set local role habeas_owner;
grant usage on schema habeas to habeas_act;

create function habeas.act() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('habeas.act', true), '') $$;
create function habeas.subject() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('habeas.subject', true), '') $$;
create function habeas.task() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('habeas.task', true), '') $$;

create table habeas.acts (
  subject_id text not null,
  act_id text not null,
  kind text not null,
  outcome text not null check (outcome in ('permitted', 'refused')),
  at timestamptz not null,
  situation json not null,
  ruling json not null,
  primary key (subject_id, act_id)
);
create table habeas.withdrawals (
  subject_id text not null,
  withdrawal_id text not null,
  act_id text not null,
  at timestamptz not null,
  purposes text[],
  primary key (subject_id, withdrawal_id),
  foreign key (subject_id, act_id) references habeas.acts deferrable initially deferred
);
create table habeas.plans (
  subject_id text not null,
  act_id text not null,
  indication text not null,
  plan json not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  primary key (subject_id, act_id),
  foreign key (subject_id, act_id) references habeas.acts deferrable initially deferred
);
create table habeas.openings (
  subject_id text not null,
  entry_id uuid not null,
  act_id text not null,
  opening bytea not null,
  primary key (subject_id, entry_id),
  foreign key (subject_id, act_id) references habeas.acts deferrable initially deferred
);`

/** Of its person's acts, an act sees itself only. */
const ownActOnly = `
create policy itself on habeas.acts as restrictive for select to habeas_act
  using (act_id = (select habeas.act()));`

const log = `
set local role none;
create schema habeas_log authorization habeas_owner;
set local role habeas_owner;
grant usage on schema habeas to habeas_sequencer, habeas_auditor;
grant usage on schema habeas_log to habeas_act, habeas_sequencer, habeas_auditor;

create table habeas_log.identity (
  singleton boolean primary key default true check (singleton),
  origin text not null,
  vkey text not null
);
create table habeas_log.pending (
  position bigint generated always as identity primary key,
  entry_id uuid not null unique,
  leaf bytea not null check (octet_length(leaf) <= 65535)
);
create table habeas_log.entries (
  index bigint primary key check (index >= 0),
  entry_id uuid not null unique,
  leaf bytea not null,
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32)
);
create table habeas_log.tiles (
  level integer not null check (level >= 0),
  index bigint not null check (index >= 0),
  width integer not null check (width between 1 and 256),
  hashes bytea not null check (octet_length(hashes) = 32 * width),
  primary key (level, index)
);
create table habeas_log.checkpoints (
  size bigint primary key check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  note text not null
);

create function habeas_log.keep_hashes() returns trigger language plpgsql as $$
begin
  if (new.level, new.index) is distinct from (old.level, old.index)
    or substr(new.hashes, 1, octet_length(old.hashes)) is distinct from old.hashes then
    raise exception 'a published hash never changes';
  end if;
  return new;
end $$;
create trigger keep_hashes before update on habeas_log.tiles
  for each row execute function habeas_log.keep_hashes();`

/** The sequencer works for the log as a whole, the auditor reads it; an act may only hand in its entry. */
const logTable = (table: string): string => `
alter table habeas_log.${table} enable row level security, force row level security;
grant select, insert on habeas_log.${table} to habeas_sequencer;
create policy sequences on habeas_log.${table} to habeas_sequencer
  using ((select habeas.task()) = 'publish') with check ((select habeas.task()) = 'publish');`

const readByAuditor = (table: string): string => `
grant select on habeas_log.${table} to habeas_auditor;
create policy audits on habeas_log.${table} for select to habeas_auditor
  using ((select habeas.task()) = 'audit');`

const queue = `
revoke insert on habeas_log.pending from habeas_sequencer;
grant delete on habeas_log.pending to habeas_sequencer;
grant update on habeas_log.tiles to habeas_sequencer;
grant insert on habeas_log.pending to habeas_act;
create policy hands_in on habeas_log.pending for insert to habeas_act
  with check ((select habeas.act()) is not null and (select habeas.subject()) is not null);`

export const personsAndLog: string = [
  ...roles.map(makeRole),
  persons,
  ...['acts', 'withdrawals', 'plans', 'openings'].map(personTable),
  ownActOnly,
  log,
  ...['identity', 'pending', 'entries', 'tiles', 'checkpoints'].map(logTable),
  ...['identity', 'entries', 'tiles', 'checkpoints'].map(readByAuditor),
  queue,
  // Row-level security says nothing of TRUNCATE, and the owner has it unless it is taken away.
  'revoke truncate on all tables in schema habeas, habeas_log from habeas_owner;',
  'set local role none;',
].join('\n')
