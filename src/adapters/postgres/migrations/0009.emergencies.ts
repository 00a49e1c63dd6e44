import { makeRole } from './role.ts'
import { ownTable } from './tableRights.ts'

/**
 * What somebody opened in an emergency, and what happened under it: rows of that person, never changed. What was opened is the person's
 * notice and the open review at once, so neither can be missing. It is ended once, and reviewed once. An organisation sees what was opened
 * there, an account what it opened itself, and neither which act it came of.
 */
export const emergencies: string = `
${makeRole('habeas_reviewer')}
set local role habeas_owner;
grant usage on schema habeas to habeas_reviewer;
create table habeas.emergencies (
  subject_id text not null,
  emergency_id text not null,
  act_id text not null,
  at timestamptz not null,
  ends_at timestamptz not null,
  review_by text not null,
  case_id text not null,
  account text not null,
  name text not null,
  organisation text not null,
  reason text not null check (reason in ('unconscious', 'cannot-say', 'no-time')),
  words text not null check (words <> ''),
  situation json not null,
  check (ends_at > at and ends_at <= at + interval '240 minutes'),
  primary key (subject_id, emergency_id),
  foreign key (subject_id, act_id) references habeas.acts deferrable initially deferred
);
create index on habeas.emergencies (organisation);
create index on habeas.emergencies (account);
create table habeas.emergency_events (
  subject_id text not null,
  emergency_id text not null,
  act_id text not null,
  at timestamptz not null,
  kind text not null check (kind in ('look', 'ended', 'finding')),
  part text check (part in ('record', 'warnings')),
  account text,
  name text,
  finding text check (finding in ('justified', 'not-justified')),
  words text check (words <> ''),
  check ((kind = 'look') = (part is not null)),
  check ((kind = 'finding') = (account is not null) and (kind = 'finding') = (name is not null)),
  check ((kind = 'finding') = (finding is not null) and (kind = 'finding') = (words is not null)),
  primary key (subject_id, emergency_id, act_id),
  foreign key (subject_id, emergency_id) references habeas.emergencies deferrable initially deferred,
  foreign key (subject_id, act_id) references habeas.acts deferrable initially deferred
);
create unique index on habeas.emergency_events (subject_id, emergency_id, kind) where kind <> 'look';
${['emergencies', 'emergency_events'].map(ownTable).join('')}
grant select (subject_id, emergency_id, at, ends_at, review_by, case_id, account, name, organisation, reason, words, situation)
  on habeas.emergencies to habeas_reviewer;
create policy is_shown on habeas.emergencies for select to habeas_reviewer
  using ('review/' || organisation = (select habeas.task()) or 'opened/' || account = (select habeas.task()));
grant select (subject_id, emergency_id, at, kind, part, account, name, finding, words) on habeas.emergency_events to habeas_reviewer;
create policy is_shown on habeas.emergency_events for select to habeas_reviewer
  using (exists (select from habeas.emergencies e
    where e.subject_id = emergency_events.subject_id and e.emergency_id = emergency_events.emergency_id
      and ('review/' || e.organisation = (select habeas.task()) or 'opened/' || e.account = (select habeas.task()))));
set local role none;`
