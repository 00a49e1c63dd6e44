/**
 * Programs that come to the door: services, which are an account of their own, and applications that somebody lets act for them.
 * They show who they are with a key whose public part is here; there is no secret that both sides know.
 */
export const clients: string = `
set local role habeas_owner;
create table habeas_door.clients (
  client_id text primary key,
  kind text not null check (kind in ('service', 'app')),
  account_id text references habeas_door.accounts deferrable initially deferred,
  name text not null,
  redirect_uris text[] not null,
  scopes text[] not null,
  keys json,
  added_at timestamptz not null,
  ended_at timestamptz,
  check ((kind = 'service') = (account_id is not null))
);
-- What happens to an application happens to nobody's account.
alter table habeas_door.events alter column account_id drop not null;
alter table habeas_door.clients enable row level security, force row level security;
grant select, insert, update (ended_at) on habeas_door.clients to habeas_door;
create policy opens on habeas_door.clients to habeas_door
  using ((select habeas.task()) = 'door') with check ((select habeas.task()) = 'door');
grant select, insert on habeas_door.clients to habeas_keeper;
create policy copies on habeas_door.clients for select to habeas_keeper
  using ((select habeas.task()) in ('backup', 'restore'));
create policy restores on habeas_door.clients for insert to habeas_keeper
  with check ((select habeas.task()) = 'restore');
revoke truncate on habeas_door.clients from habeas_owner;
set local role none;`
