/** A table as a backup keeps it: what it is sorted by, and every column with its type. */
export type KeptTable = {
  readonly name: string
  readonly key: readonly string[]
  readonly columns: readonly (readonly [name: string, type: string])[]
}

const person = ['subject_id', 'text'] as const
const act = ['act_id', 'text'] as const
const entry = ['entry_id', 'uuid'] as const
const account = ['account_id', 'text'] as const
const organisation = ['organisation', 'text'] as const
const term = [
  ['begins_at', 'timestamptz'],
  ['ends_at', 'timestamptz'],
  ['evidence', 'text'],
] as const

const signed = (what: string): KeptTable['columns'] => [
  [`${what}_by`, 'text'],
  [`${what}_at`, 'timestamptz'],
  [`${what}_because`, 'text'],
]

type Versioned = KeptTable & {
  readonly since: number
  /** Columns that came later than their table, with the version that brought them. */
  readonly later?: Readonly<Record<string, number>>
}
/** Everything that lasts; a test holds this list against the catalogue of the database. */
const tables: readonly Versioned[] = [
  {
    name: 'habeas.acts',
    since: 1,
    key: ['subject_id', 'act_id'],
    columns: [
      ...[person, act, ['kind', 'text'], ['outcome', 'text']],
      ...[
        ['at', 'timestamptz'],
        ['situation', 'json'],
        ['ruling', 'json'],
      ],
    ] as KeptTable['columns'],
  },
  {
    name: 'habeas.withdrawals',
    since: 1,
    key: ['subject_id', 'withdrawal_id'],
    columns: [person, ['withdrawal_id', 'text'], act, ['at', 'timestamptz'], ['purposes', 'text[]']],
  },
  {
    name: 'habeas.plans',
    since: 1,
    key: ['subject_id', 'act_id'],
    columns: [person, act, ['indication', 'text'], ['plan', 'json'], ['sha256', 'text']],
  },
  {
    name: 'habeas.agreements',
    since: 6,
    key: ['subject_id', 'agreement_id'],
    columns: [
      person,
      ['agreement_id', 'text'],
      act,
      ['at', 'timestamptz'],
      ['agreement', 'json'],
      ['form', 'text'],
      ['sha256', 'text'],
      ['supersedes', 'text'],
      ['signature', 'json'],
    ],
    later: { signature: 11 },
  },
  {
    name: 'habeas.recalls',
    since: 7,
    key: ['subject_id', 'recall_id'],
    columns: [
      person,
      ['recall_id', 'text'],
      act,
      ['at', 'timestamptz'],
      ['recipient', 'text'],
      ['purposes', 'text[]'],
      ['categories', 'text[]'],
      ['acts', 'text[]'],
      ['situation', 'json'],
    ],
  },
  {
    name: 'habeas.recall_answers',
    since: 7,
    key: ['subject_id', 'recall_id', 'position'],
    columns: [
      person,
      ['recall_id', 'text'],
      ['position', 'integer'],
      act,
      ['at', 'timestamptz'],
      ['answer', 'text'],
      ['locked_until', 'text'],
      ['basis', 'text'],
      ['because', 'text'],
    ],
  },
  {
    name: 'habeas.emergencies',
    since: 9,
    key: ['subject_id', 'emergency_id'],
    columns: [
      person,
      ['emergency_id', 'text'],
      act,
      ['at', 'timestamptz'],
      ['ends_at', 'timestamptz'],
      ['review_by', 'text'],
      ['case_id', 'text'],
      ['account', 'text'],
      ['name', 'text'],
      ['organisation', 'text'],
      ['reason', 'text'],
      ['words', 'text'],
      ['situation', 'json'],
    ],
  },
  {
    name: 'habeas.emergency_events',
    since: 9,
    key: ['subject_id', 'emergency_id', 'act_id'],
    columns: [
      person,
      ['emergency_id', 'text'],
      act,
      ['at', 'timestamptz'],
      ['kind', 'text'],
      ['part', 'text'],
      ['account', 'text'],
      ['name', 'text'],
      ['finding', 'text'],
      ['words', 'text'],
    ],
  },
  {
    name: 'habeas.relatives_reviews',
    since: 10,
    key: ['subject_id', 'review_id'],
    columns: [
      person,
      ['review_id', 'text'],
      act,
      ['at', 'timestamptz'],
      ['case_id', 'text'],
      ['account', 'text'],
      ['name', 'text'],
      ['organisation', 'text'],
      ['reason', 'text'],
      ['words', 'text'],
      ['law', 'text'],
      ['situation', 'json'],
    ],
  },
  {
    name: 'habeas.relatives_findings',
    since: 10,
    key: ['subject_id', 'review_id'],
    columns: [
      person,
      ['review_id', 'text'],
      act,
      ['at', 'timestamptz'],
      ['account', 'text'],
      ['name', 'text'],
      ['verdict', 'text'],
      ['words', 'text'],
      ['law', 'text'],
      ['allowed', 'boolean'],
    ],
  },
  {
    name: 'habeas.attendances',
    since: 12,
    key: ['subject_id', 'attendance_id'],
    columns: [
      person,
      ['attendance_id', 'text'],
      act,
      ['at', 'timestamptz'],
      ['part', 'text'],
      ['account', 'text'],
      ['agreement_id', 'text'],
      ['case_id', 'text'],
    ],
  },
  {
    name: 'habeas.attendance_confirmations',
    since: 12,
    key: ['subject_id', 'attendance_id'],
    columns: [person, ['attendance_id', 'text'], act, ['at', 'timestamptz']],
  },
  {
    name: 'habeas.openings',
    since: 1,
    key: ['subject_id', 'entry_id'],
    columns: [person, entry, act, ['opening', 'bytea']],
  },
  {
    name: 'habeas_log.identity',
    since: 1,
    key: ['singleton'],
    columns: [
      ['singleton', 'boolean'],
      ['origin', 'text'],
      ['vkey', 'text'],
    ],
  },
  {
    name: 'habeas_log.pending',
    since: 1,
    key: ['position'],
    columns: [['position', 'bigint'], entry, ['leaf', 'bytea']],
  },
  {
    name: 'habeas_log.entries',
    since: 1,
    key: ['index'],
    columns: [['index', 'bigint'], entry, ['leaf', 'bytea'], ['leaf_hash', 'bytea']],
  },
  {
    name: 'habeas_log.tiles',
    since: 1,
    key: ['level', 'index'],
    columns: [
      ['level', 'integer'],
      ['index', 'bigint'],
      ['width', 'integer'],
      ['hashes', 'bytea'],
    ],
  },
  {
    name: 'habeas_log.checkpoints',
    since: 1,
    key: ['size'],
    columns: [
      ['size', 'bigint'],
      ['root', 'bytea'],
      ['note', 'text'],
    ],
  },
  {
    name: 'habeas_door.accounts',
    since: 3,
    key: ['account_id'],
    columns: [
      account,
      ['sign_in_name', 'text'],
      ['name', 'text'],
      ['language', 'text'],
      ['disabled_at', 'timestamptz'],
      ['issuer', 'text'],
      ['issuer_id', 'text'],
    ],
  },
  {
    name: 'habeas_door.holdings',
    since: 3,
    key: ['account_id', 'position'],
    later: { papers: 8, kinship: 13 },
    columns: [
      ...[account, ['position', 'integer'], ['role', 'text'], ['subject', 'text'], organisation, ...term],
      ['papers', 'text'],
      ['kinship', 'text'],
    ] as KeptTable['columns'],
  },
  {
    name: 'habeas_door.care',
    since: 3,
    key: ['subject_id', 'account_id', 'organisation', 'begins_at'],
    columns: [person, account, organisation, ...term],
  },
  {
    name: 'habeas_door.passkeys',
    since: 3,
    key: ['passkey_id'],
    columns: [
      ['passkey_id', 'text'],
      account,
      ['public_key', 'bytea'],
      ['counter', 'bigint'],
      ['transports', 'text[]'],
      ['label', 'text'],
      ['added_at', 'timestamptz'],
      ['used_at', 'timestamptz'],
    ],
  },
  {
    name: 'habeas_door.clients',
    since: 4,
    key: ['client_id'],
    columns: [
      ['client_id', 'text'],
      ['kind', 'text'],
      account,
      ['name', 'text'],
      ['redirect_uris', 'text[]'],
      ['scopes', 'text[]'],
      ['keys', 'json'],
      ['added_at', 'timestamptz'],
      ['ended_at', 'timestamptz'],
    ],
  },
  {
    name: 'habeas_door.house_rules',
    since: 5,
    key: ['rule_id'],
    columns: [
      ['rule_id', 'text'],
      organisation,
      ['content', 'json'],
      ['sha256', 'text'],
      ['replaces', 'text'],
      ...signed('proposed'),
      ...signed('confirmed'),
      ...signed('ended'),
    ],
  },
  {
    name: 'habeas_door.events',
    since: 3,
    key: ['event_id'],
    columns: [
      ['event_id', 'text'],
      account,
      ['kind', 'text'],
      ['at', 'timestamptz'],
      ['method', 'text'],
      entry,
      ['opening', 'bytea'],
    ],
  },
]

/** The role that takes copies came with this version. */
export const oldestSchema = 2

/** Tables of a database of this version, in the order of a backup. */
export const tablesOf = (schema: number): readonly KeptTable[] =>
  tables
    .filter(({ since }) => since <= schema)
    .map(({ name, key, columns, later }) => ({
      name,
      key,
      columns: columns.filter(([column]) => (later?.[column] ?? 0) <= schema),
    }))

export const partName = ({ name }: KeptTable): string => `${name}.copy.gz`
