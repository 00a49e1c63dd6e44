import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rule } from './situations.ts'

type Member = { n: number; field: string; sex?: string; ofInstitution?: boolean }
const member = (n: number, field: string, sex: string, ofInstitution = true): Member => ({
  n,
  field,
  sex,
  ofInstitution,
})
const seven = [
  member(3, 'medicine', 'f'),
  member(1, 'ethics', 'm'),
  member(1, 'law', 'm'),
  member(2, 'lay', 'f', false),
]
const decide = (at: string, members: readonly Member[], more: object, jurisdiction = 'CN') =>
  rule({
    at,
    jurisdictions: [jurisdiction],
    activity: 'review-ethics',
    purpose: 'supervision',
    committee: { members, ...more },
  })

test('a decision of an ethics committee stands if the committee and the vote are right', () => {
  const vote = { votesFor: 4 }
  const table: [at: string, members: readonly Member[], more: object, outcome: string][] = [
    ['2026-11-24', seven, vote, 'permit'],
    ['2026-11-24', seven, { votesFor: 3 }, 'deny'],
    ['2026-11-24', seven.slice(1), vote, 'deny'],
    ['2026-11-24', seven.map((one) => ({ ...one, sex: 'f' })), vote, 'deny'],
    ['2026-11-24', seven.map((one) => ({ ...one, ofInstitution: true })), vote, 'deny'],
    ['2026-11-24', [member(2, 'medicine', 'f'), ...seven.slice(1)], vote, 'deny'],
    ['2026-11-24', seven, {}, 'unknown-facts'],
    ['2026-11-24', seven.map(({ sex: _, ...one }) => one), vote, 'unknown-facts'],
    ['2023-02-17', seven, vote, 'deny'],
  ]
  for (const [at, members, more, outcome] of table) {
    const ruling = decide(at, members, more)
    assert.equal(ruling.outcome.replace('-with-duties', ''), outcome, JSON.stringify([at, members, more]))
  }
  const few = decide('2026-11-24', seven.slice(1), vote)
  assert.equal(few.duties.find(({ code }) => code === 'recompose-committee')?.met, false)
})

test('a board of the Common Rule counts those present', () => {
  const table: [more: object, outcome: string][] = [
    [{ attending: 4, votesFor: 3, nonscientistPresent: true }, 'permit'],
    [{ attending: 4, votesFor: 2, nonscientistPresent: true }, 'deny'],
    [{ attending: 3, votesFor: 3, nonscientistPresent: true }, 'deny'],
    [{ attending: 4, votesFor: 3, nonscientistPresent: false }, 'deny'],
    [{ attending: 4, votesFor: 3 }, 'unknown-facts'],
  ]
  for (const [more, outcome] of table) {
    assert.equal(
      decide('2026-11-24', seven, more, 'US').outcome.replace('-with-duties', ''),
      outcome,
      JSON.stringify(more),
    )
  }
})
