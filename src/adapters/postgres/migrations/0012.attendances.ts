import { ownTable } from './tableRights.ts'

/**
 * Who is to confirm that they stood by a signature, and that they did, once: rows of that person, never changed. Whoever was named sees
 * that something waits for them, and of whom it is only by the case that they will look at in an act of its own.
 */
export const attendances: string = `
set local role habeas_owner;
create table habeas.attendances (
  subject_id text not null,
  attendance_id text not null,
  act_id text not null,
  at timestamptz not null,
  part text not null check (part in ('witness', 'interpreter')),
  account text not null,
  agreement_id text not null,
  case_id text not null,
  primary key (subject_id, attendance_id),
  foreign key (subject_id, act_id) references habeas.acts deferrable initially deferred,
  foreign key (subject_id, agreement_id) references habeas.agreements (subject_id, agreement_id) deferrable initially deferred
);
create index on habeas.attendances (account);
create table habeas.attendance_confirmations (
  subject_id text not null,
  attendance_id text not null,
  act_id text not null,
  at timestamptz not null,
  primary key (subject_id, attendance_id),
  foreign key (subject_id, attendance_id) references habeas.attendances deferrable initially deferred,
  foreign key (subject_id, act_id) references habeas.acts deferrable initially deferred
);
${['attendances', 'attendance_confirmations'].map(ownTable).join('')}
grant select (subject_id, attendance_id, at, part, account, agreement_id, case_id) on habeas.attendances to habeas_reviewer;
create policy is_named on habeas.attendances for select to habeas_reviewer
  using ('attends/' || account = (select habeas.task()));
grant select (subject_id, attendance_id, at) on habeas.attendance_confirmations to habeas_reviewer;
create policy has_confirmed on habeas.attendance_confirmations for select to habeas_reviewer
  using (exists (select from habeas.attendances a
    where a.subject_id = attendance_confirmations.subject_id and a.attendance_id = attendance_confirmations.attendance_id
      and 'attends/' || a.account = (select habeas.task())));
set local role none;`
