import { keptTable, personTable } from './tableRights.ts'

/**
 * What a person signed or refused, as it was said: a row of that person, written by the act that signed it, never changed. A form
 * has one chain, in which one takes the place of one other at most: so it has one end.
 */
export const agreements: string = `
set local role habeas_owner;
create table habeas.agreements (
  subject_id text not null,
  agreement_id text not null,
  act_id text not null,
  at timestamptz not null,
  agreement json not null,
  form text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  supersedes text,
  primary key (subject_id, agreement_id),
  unique (subject_id, supersedes),
  foreign key (subject_id, act_id) references habeas.acts deferrable initially deferred,
  foreign key (subject_id, supersedes) references habeas.agreements (subject_id, agreement_id) deferrable initially deferred
);
create unique index on habeas.agreements (subject_id, form) where supersedes is null;${personTable('agreements')}${keptTable('habeas', 'agreements')}
revoke truncate on habeas.agreements from habeas_owner;
set local role none;`
