import type { RelativesFinding } from '#consent'
import type { SubjectId } from '#kernel'
import type { ActScope, ActTransaction, RelativesReviewRecord, Store, StoredRelativesReview } from '#usecases'
import type { Session } from './database.ts'

type Row = RelativesReviewRecord & { readonly subject: SubjectId }
type FindingRow = RelativesFinding & { readonly review: string }

const columns = `subject_id as subject, review_id as id, at, case_id as "caseId", account, name, organisation, reason, words, law, situation
  from habeas.relatives_reviews`
const findingColumns =
  'review_id as review, at, account, name, verdict, words, law, allowed from habeas.relatives_findings'

/** What one act sees and writes of the reviews about its person's relatives. */
export const relativesIn = (
  session: Session,
  { act, subject }: ActScope,
): Pick<ActTransaction, 'listRelativesReviews' | 'recordRelativesReview' | 'recordRelativesFinding'> => ({
  async listRelativesReviews() {
    const rows = await session.query<Row>(`select ${columns} where subject_id = $1 order by at, review_id`, [
      subject,
    ])
    const findings = await session.query<FindingRow>(`select ${findingColumns} where subject_id = $1`, [
      subject,
    ])
    return rows.map(({ subject: _, ...review }) => withFinding(review, findings))
  },
  async recordRelativesReview({
    id,
    at,
    caseId,
    account,
    name,
    organisation,
    reason,
    words,
    law,
    situation,
  }) {
    await session.query(
      `insert into habeas.relatives_reviews (subject_id, review_id, act_id, at, case_id, account, name, organisation, reason, words, law,
         situation) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[subject, id, act, at, caseId, account, name, organisation],
        ...[reason, words, law, JSON.stringify(situation)],
      ],
    )
  },
  async recordRelativesFinding(review, { at, account, name, verdict, words, law, allowed }) {
    const written = await session.query(
      `insert into habeas.relatives_findings (subject_id, review_id, act_id, at, account, name, verdict, words, law, allowed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning act_id`,
      [subject, review, act, at, account, name, verdict, words, law, allowed],
    )
    return written.length === 1
  },
})

/** All that the database shows at this task. */
export async function listRelativesReviews(session: Session): ReturnType<Store['listRelativesReviewsAt']> {
  const rows = await session.query<Row>(`select ${columns} order by at, review_id`)
  const findings = await session.query<FindingRow>(`select ${findingColumns}`)
  return rows.map((row) => withFinding(row, findings))
}

function withFinding<Review extends RelativesReviewRecord>(
  review: Review,
  findings: readonly FindingRow[],
): Review & Pick<StoredRelativesReview, 'finding'> {
  const found = findings.find((one) => one.review === review.id)
  if (found === undefined) return { ...review, finding: null }
  const { review: _, ...finding } = found
  return { ...review, finding }
}
