import { makeRole } from './role.ts'
import { ownTable } from './tableRights.ts'

/**
 * Who was asked to delete what of a person's, and what they answered: rows of that person, never changed. A recipient sees, by their
 * organisation, what they themselves are asked, and nothing else: not even which act it came of.
 */
export const recalls: string = `
${makeRole('habeas_recipient')}
set local role habeas_owner;
grant usage on schema habeas to habeas_recipient;
create table habeas.recalls (
  subject_id text not null,
  recall_id text not null,
  act_id text not null,
  at timestamptz not null,
  recipient text not null,
  purposes text[],
  categories text[],
  acts text[] not null,
  situation json not null,
  primary key (subject_id, recall_id),
  foreign key (subject_id, act_id) references habeas.acts deferrable initially deferred
);
create index on habeas.recalls (recipient);
create table habeas.recall_answers (
  subject_id text not null,
  recall_id text not null,
  position integer not null check (position > 0),
  act_id text not null,
  at timestamptz not null,
  answer text not null check (answer in ('deleted', 'locked', 'not-recallable')),
  locked_until text,
  basis text,
  because text,
  check ((answer = 'locked') = (locked_until is not null) and (answer = 'locked') = (basis is not null)),
  check ((answer = 'not-recallable') = (because is not null)),
  primary key (subject_id, recall_id, position),
  foreign key (subject_id, recall_id) references habeas.recalls deferrable initially deferred,
  foreign key (subject_id, act_id) references habeas.acts deferrable initially deferred
);
${['recalls', 'recall_answers'].map(ownTable).join('')}
grant select (subject_id, recall_id, at, recipient, purposes, categories, acts, situation) on habeas.recalls to habeas_recipient;
create policy is_asked on habeas.recalls for select to habeas_recipient
  using ('recall/' || recipient = (select habeas.task()));
grant select (subject_id, recall_id, position, at, answer, locked_until, basis, because) on habeas.recall_answers to habeas_recipient;
create policy has_answered on habeas.recall_answers for select to habeas_recipient
  using (exists (select from habeas.recalls r
    where r.subject_id = recall_answers.subject_id and r.recall_id = recall_answers.recall_id
      and 'recall/' || r.recipient = (select habeas.task())));
set local role none;`
