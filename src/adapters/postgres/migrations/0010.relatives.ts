import { ownTable } from './tableRights.ts'

/**
 * Reviews of whether somebody's relatives are to be told of what was found, and how each ended, once: rows of that person, never changed.
 * An organisation sees what was asked for there, and neither which act it came of nor more of the person than what it judges by.
 */
export const relatives: string = `
set local role habeas_owner;
create table habeas.relatives_reviews (
  subject_id text not null,
  review_id text not null,
  act_id text not null,
  at timestamptz not null,
  case_id text not null,
  account text not null,
  name text not null,
  organisation text not null,
  reason text not null check (reason in ('prevention', 'treatment', 'medicine', 'children')),
  words text not null check (words <> ''),
  law text not null,
  situation json not null,
  primary key (subject_id, review_id),
  foreign key (subject_id, act_id) references habeas.acts deferrable initially deferred
);
create index on habeas.relatives_reviews (organisation);
create table habeas.relatives_findings (
  subject_id text not null,
  review_id text not null,
  act_id text not null,
  at timestamptz not null,
  account text not null,
  name text not null,
  verdict text not null check (verdict in ('matters', 'does-not-matter')),
  words text not null check (words <> ''),
  law text not null,
  allowed boolean not null,
  primary key (subject_id, review_id),
  foreign key (subject_id, review_id) references habeas.relatives_reviews deferrable initially deferred,
  foreign key (subject_id, act_id) references habeas.acts deferrable initially deferred
);
${['relatives_reviews', 'relatives_findings'].map(ownTable).join('')}
grant select (subject_id, review_id, at, case_id, account, name, organisation, reason, words, law, situation)
  on habeas.relatives_reviews to habeas_reviewer;
create policy is_shown on habeas.relatives_reviews for select to habeas_reviewer
  using ('relatives/' || organisation = (select habeas.task()));
grant select (subject_id, review_id, at, account, name, verdict, words, law, allowed) on habeas.relatives_findings to habeas_reviewer;
create policy is_shown on habeas.relatives_findings for select to habeas_reviewer
  using (exists (select from habeas.relatives_reviews r
    where r.subject_id = relatives_findings.subject_id and r.review_id = relatives_findings.review_id
      and 'relatives/' || r.organisation = (select habeas.task())));
set local role none;`
