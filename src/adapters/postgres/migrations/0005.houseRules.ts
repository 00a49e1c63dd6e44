import { keptTable } from './tableRights.ts'

/**
 * What a hospital lays down for itself. Stewards write it at the door, each change beside its event; an act reads what stands.
 * What a rule says is never rewritten, and what was done with it is written once.
 */
export const houseRules: string = `
set local role habeas_owner;
create table habeas_door.house_rules (
  rule_id text primary key,
  organisation text not null,
  content json not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  replaces text references habeas_door.house_rules deferrable initially deferred,
  proposed_by text not null references habeas_door.accounts deferrable initially deferred,
  proposed_at timestamptz not null,
  proposed_because text not null,
  confirmed_by text references habeas_door.accounts deferrable initially deferred,
  confirmed_at timestamptz,
  confirmed_because text,
  ended_by text references habeas_door.accounts deferrable initially deferred,
  ended_at timestamptz,
  ended_because text,
  check ((confirmed_at is null) = (confirmed_by is null) and (confirmed_at is null) = (confirmed_because is null)),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_because is null))
);
create index on habeas_door.house_rules (organisation);
alter table habeas_door.house_rules enable row level security, force row level security;
grant select, insert,
  update (confirmed_by, confirmed_at, confirmed_because, ended_by, ended_at, ended_because)
  on habeas_door.house_rules to habeas_door;
create policy opens on habeas_door.house_rules to habeas_door
  using ((select habeas.task()) = 'door') with check ((select habeas.task()) = 'door');
grant usage on schema habeas_door to habeas_act;
grant select (rule_id, organisation, content, sha256, confirmed_at, ended_at) on habeas_door.house_rules to habeas_act;
create policy stands on habeas_door.house_rules for select to habeas_act
  using ((select habeas.act()) is not null and confirmed_at is not null and ended_at is null);${keptTable('habeas_door', 'house_rules')}
revoke truncate on habeas_door.house_rules from habeas_owner;
set local role none;`
