import { makeRole } from './role.ts'
import { keptTable } from './tableRights.ts'

/**
 * Who people are and how they came in. One role reads and writes it, at one task, and sees nothing of what is known of a person
 * as a patient; no other role but the keeper sees any of it. What opens a session (codes, tokens) is there as a hash only, and is not
 * part of a copy: who restores one signs in anew.
 */
const tables = `
create schema habeas_door authorization habeas_owner;
set local role habeas_owner;
grant usage on schema habeas to habeas_door;
grant usage on schema habeas_door to habeas_door, habeas_keeper;
grant usage on schema habeas_log to habeas_door;

create table habeas_door.accounts (
  account_id text primary key,
  sign_in_name text not null unique check (sign_in_name = lower(sign_in_name)),
  name text not null,
  language text check (language in ('en', 'zh')),
  disabled_at timestamptz,
  issuer text,
  issuer_id text,
  unique (issuer, issuer_id),
  check ((issuer is null) = (issuer_id is null))
);
create table habeas_door.holdings (
  account_id text not null references habeas_door.accounts deferrable initially deferred,
  position integer not null,
  role text not null,
  subject text,
  organisation text,
  begins_at timestamptz not null,
  ends_at timestamptz,
  evidence text not null,
  primary key (account_id, position),
  check ((subject is null) <> (organisation is null))
);
create table habeas_door.care (
  subject_id text not null,
  account_id text not null references habeas_door.accounts deferrable initially deferred,
  organisation text not null,
  begins_at timestamptz not null,
  ends_at timestamptz,
  evidence text not null,
  primary key (subject_id, account_id, organisation, begins_at)
);
create table habeas_door.passkeys (
  passkey_id text primary key,
  account_id text not null references habeas_door.accounts deferrable initially deferred,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  label text not null,
  added_at timestamptz not null,
  used_at timestamptz
);
create table habeas_door.events (
  event_id text primary key,
  account_id text not null references habeas_door.accounts deferrable initially deferred,
  kind text not null,
  at timestamptz not null,
  method text,
  entry_id uuid not null unique,
  opening bytea not null
);
create table habeas_door.codes (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  account_id text not null references habeas_door.accounts,
  kind text not null check (kind in ('invitation', 'recovery')),
  expires_at timestamptz not null
);
create table habeas_door.sessions (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  account_id text not null references habeas_door.accounts,
  method text not null,
  begun_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index on habeas_door.sessions (account_id);
create table habeas_door.failures (
  account_id text primary key references habeas_door.accounts,
  count integer not null check (count > 0),
  last_at timestamptz not null
);
create table habeas_door.records (
  kind text not null,
  record_id text not null,
  payload text not null,
  expires_at timestamptz,
  grant_id text,
  uid text,
  primary key (kind, record_id)
);
create index on habeas_door.records (grant_id) where grant_id is not null;
create index on habeas_door.records (kind, uid) where uid is not null;`

const atTheDoor = (table: string): string => `
alter table habeas_door.${table} enable row level security, force row level security;
grant select, insert on habeas_door.${table} to habeas_door;
create policy opens on habeas_door.${table} to habeas_door
  using ((select habeas.task()) = 'door') with check ((select habeas.task()) = 'door');`

const kept = (table: string): string => keptTable('habeas_door', table)

/** What is there may change, but never who signed in when. */
const changes = `
grant update (language, disabled_at) on habeas_door.accounts to habeas_door;
grant update (counter, used_at), delete on habeas_door.passkeys to habeas_door;
grant delete on habeas_door.codes to habeas_door;
grant update (seen_at), delete on habeas_door.sessions to habeas_door;
grant update, delete on habeas_door.failures to habeas_door;
grant update, delete on habeas_door.records to habeas_door;
grant insert on habeas_log.pending to habeas_door;
create policy hands_in_at_the_door on habeas_log.pending for insert to habeas_door
  with check ((select habeas.task()) = 'door');`

const lasting = ['accounts', 'holdings', 'care', 'passkeys', 'events']
const passing = ['codes', 'sessions', 'failures', 'records']

export const door: string = [
  makeRole('habeas_door'),
  tables,
  ...[...lasting, ...passing].map(atTheDoor),
  ...lasting.map(kept),
  changes,
  'revoke truncate on all tables in schema habeas_door from habeas_owner;',
  'set local role none;',
].join('\n')
