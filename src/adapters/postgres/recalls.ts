import type { RecallAnswer } from '#consent'
import type { Day, Instant, SubjectId } from '#kernel'
import type { ActScope, ActTransaction, RecallRecord, Store, StoredRecall } from '#usecases'
import type { Session } from './database.ts'

type RecallRow = RecallRecord & { readonly subject: SubjectId }
type AnswerRow = {
  readonly recall: string
  readonly at: Instant
  readonly answer: RecallAnswer['kind']
  readonly until: Day | null
  readonly basis: string | null
  readonly because: string | null
}

const recallColumns = `subject_id as subject, recall_id as id, at, recipient, purposes, categories, acts, situation
  from habeas.recalls`
const answerColumns = `recall_id as recall, at, answer, locked_until as until, basis, because from habeas.recall_answers`

/** What one act sees and writes of the recalls of its person. */
export const recallsIn = (
  session: Session,
  { act, subject }: ActScope,
): Pick<ActTransaction, 'listRecalls' | 'recordRecall' | 'recordRecallAnswer'> => ({
  async listRecalls() {
    const rows = await session.query<RecallRow>(
      `select ${recallColumns} where subject_id = $1 order by at, recall_id`,
      [subject],
    )
    const answers = await session.query<AnswerRow>(
      `select ${answerColumns} where subject_id = $1 order by recall_id, position`,
      [subject],
    )
    return rows.map(({ subject: _, ...recall }) => withAnswers(recall, answers))
  },
  async recordRecall({ id, at, recipient, purposes, categories, acts, situation }) {
    await session.query(
      `insert into habeas.recalls (subject_id, recall_id, act_id, at, recipient, purposes, categories, acts, situation)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [subject, id, act, at, recipient, purposes, categories, acts, JSON.stringify(situation)],
    )
  },
  async recordRecallAnswer(recall, position, { at, answer }) {
    const written = await session.query(
      `insert into habeas.recall_answers (subject_id, recall_id, position, act_id, at, answer, locked_until, basis, because)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning position`,
      [subject, recall, position, act, at, ...partsOf(answer)],
    )
    return written.length === 1
  },
})

/** All that the database shows to an organisation is what it is asked. */
export async function listRecallsTo(session: Session): ReturnType<Store['listRecallsTo']> {
  const rows = await session.query<RecallRow>(`select ${recallColumns} order by at, recall_id`)
  const answers = await session.query<AnswerRow>(`select ${answerColumns} order by recall_id, position`)
  return rows.map((row) => withAnswers(row, answers))
}

const withAnswers = <Recall extends RecallRecord>(
  recall: Recall,
  answers: readonly AnswerRow[],
): Recall & Pick<StoredRecall, 'answers'> => ({
  ...recall,
  answers: answers
    .filter((row) => row.recall === recall.id)
    .map((row) => ({ at: row.at, answer: answerOf(row) })),
})

/** The table lets in no row that lacks what its answer needs. */
function answerOf({ answer, until, basis, because }: AnswerRow): RecallAnswer {
  switch (answer) {
    case 'deleted':
      return { kind: answer }
    case 'locked':
      return { kind: answer, until: until!, basis: basis! }
    case 'not-recallable':
      return { kind: answer, because: because! }
  }
}

const partsOf = (answer: RecallAnswer): readonly (string | null)[] => [
  answer.kind,
  answer.kind === 'locked' ? answer.until : null,
  answer.kind === 'locked' ? answer.basis : null,
  answer.kind === 'not-recallable' ? answer.because : null,
]
