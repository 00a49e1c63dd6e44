import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rule } from './situations.ts'

const firm = {
  id: 'firm',
  kind: 'company',
  country: 'CN',
  foreignControlled: false,
  role: 'handler',
  ciio: false,
}
const data = (facts: object = {}) => ({
  categories: ['health'],
  identifiability: 'identified',
  persons: 1,
  keySamples: false,
  importantData: false,
  ...facts,
})
const dutyOf = (ruling: ReturnType<typeof rule>, code: string) =>
  ruling.duties.find((duty) => duty.code === code)

test('how fast an incident is reported, by day, grade and who runs the network', () => {
  const incident = {
    kind: 'leak',
    grade: 'relatively-major',
    persons: 20,
    risk: 'medium',
    harmAvoided: false,
  }
  const table: [day: string, facts: object, deadline: number | undefined, authority: string | undefined][] = [
    ['2017-05-31', {}, undefined, undefined],
    ['2017-06-01', {}, undefined, undefined],
    ['2021-10-31', {}, undefined, undefined],
    ['2021-11-01', {}, 0, undefined],
    ['2025-10-31', {}, 0, undefined],
    ['2025-11-01', {}, 0.17, 'CN-CAC-P'],
    ['2025-11-01', { actor: { ...firm, ciio: true } }, 0.042, undefined],
    ['2025-11-01', { actor: { ...firm, kind: 'state-organ' } }, 0.083, undefined],
    ['2025-11-01', { incident: { ...incident, grade: 'ordinary' } }, 0, undefined],
  ]
  for (const [at, facts, deadline, authority] of table) {
    const ruling = rule({ at, activity: 'respond-to-breach', actor: firm, data: data(), incident, ...facts })
    const report = dutyOf(ruling, 'breach-notify-authority')
    assert.deepEqual([report?.deadlineDays, report?.authority], [deadline, authority], at)
    assert.equal(report !== undefined, at >= '2017-06-01', at)
  }
})

test('who was spared harm need not be told, under any of the laws, since one says so', () => {
  const told = (at: string, harmAvoided: boolean) =>
    dutyOf(
      rule({
        at,
        activity: 'respond-to-breach',
        data: data(),
        incident: { kind: 'leak', grade: 'ordinary', harmAvoided },
      }),
      'breach-notify-individuals',
    ) !== undefined
  assert.deepEqual([told('2021-10-31', true), told('2021-11-01', true)], [true, false])
  assert.deepEqual([told('2026-11-24', true), told('2026-11-24', false)], [false, true])
})

test('when an audit may be compelled: after any incident, since 2025-05-01 after a grave one', () => {
  const table: [day: string, persons: number, risk: string, categories: string[], compelled: boolean][] = [
    ['2021-10-31', 100_000, 'high', ['health'], false],
    ['2021-11-01', 1, 'low', ['health'], true],
    ['2025-04-30', 1, 'low', ['health'], true],
    ['2025-05-01', 1, 'low', ['health'], false],
    ['2025-05-01', 1, 'high', ['health'], true],
    ['2025-05-01', 99_999, 'medium', ['health'], false],
    ['2025-05-01', 100_000, 'medium', ['health'], true],
    ['2025-05-01', 999_999, 'medium', ['identity'], false],
    ['2025-05-01', 1_000_000, 'medium', ['identity'], true],
  ]
  for (const [at, persons, risk, categories, compelled] of table) {
    const ruling = rule({
      at,
      activity: 'respond-to-breach',
      data: data({ categories }),
      incident: { kind: 'leak', grade: 'ordinary', persons, risk, harmAvoided: false },
    })
    assert.equal(dutyOf(ruling, 'possible-compelled-audit') !== undefined, compelled, `${at} ${persons}`)
  }
})

test('which gate information passes on its way abroad, by day, volume and reason', () => {
  const identity = { categories: ['identity'], sensitiveAbroadThisYear: 0 }
  const sensitive = (persons: number) => ({ persons, sensitiveAbroadThisYear: persons })
  const contract = 'standard-contract-or-certification'
  const assessment = 'cac-security-assessment'
  const table: [day: string, data: object, necessity: string[], gates: string[]][] = [
    ['2021-10-31', sensitive(10_000), [], []],
    ['2021-11-01', sensitive(10_000), [], [contract]],
    ['2022-08-31', sensitive(10_000), [], [contract]],
    ['2022-09-01', sensitive(10_000), [], [assessment]],
    ['2022-09-01', sensitive(9_999), [], [contract]],
    ['2024-03-22', sensitive(9_999), [], [contract]],
    ['2024-03-22', sensitive(10_000), [], [assessment]],
    ['2024-03-21', { ...identity, persons: 99_999 }, [], [contract]],
    ['2024-03-22', { ...identity, persons: 99_999 }, [], []],
    ['2024-03-22', { ...identity, persons: 100_000 }, [], [contract]],
    ['2024-03-22', { ...identity, persons: 1_000_000 }, [], [assessment]],
    ['2024-03-21', { ...identity, persons: 200_000 }, ['contract'], [contract]],
    ['2024-03-22', { ...identity, persons: 200_000 }, ['contract'], []],
    ['2024-12-31', { ...identity, persons: 200_000 }, ['statutory-duty'], [contract]],
    ['2025-01-01', { ...identity, persons: 200_000 }, ['statutory-duty'], []],
    ['2025-01-01', { ...identity, importantData: true }, ['contract'], [assessment]],
  ]
  for (const [at, facts, necessity, gates] of table) {
    const ruling = rule({
      at,
      activity: 'transfer-abroad',
      purpose: 'service',
      necessity,
      actor: firm,
      recipient: { id: 'abroad', kind: 'company', country: 'DE', foreignControlled: true, role: 'handler' },
      data: data(facts),
    })
    assert.deepEqual(
      ruling.duties.map(({ code }) => code).filter((code) => code === contract || code === assessment),
      gates,
      `${at} ${JSON.stringify(facts)} ${necessity.join()}`,
    )
  }
})

test('how often processing is audited, and whose audits the authority sees', () => {
  const table: [day: string, persons: number, deadline: number | undefined, asked: boolean][] = [
    ['2021-10-31', 1, undefined, false],
    ['2021-11-01', 1, undefined, true],
    ['2025-04-30', 10_000_001, undefined, true],
    ['2025-05-01', 10_000_000, undefined, true],
    ['2025-05-01', 10_000_001, 730, true],
  ]
  for (const [at, persons, deadline, asked] of table) {
    const ruling = rule({ at, activity: 'store', actor: firm, data: data({ persons }) })
    const audit = dutyOf(ruling, 'compliance-audit')
    assert.deepEqual([audit !== undefined, audit?.deadlineDays], [asked, deadline], `${at} ${persons}`)
  }
  const minor = (at: string, age: number) =>
    dutyOf(
      rule({ at, activity: 'store', actor: firm, data: data(), subject: { age, conscious: true } }),
      'minors-annual-audit',
    )?.authority
  assert.deepEqual(
    [minor('2023-12-31', 17), minor('2024-01-01', 17), minor('2024-01-01', 18)],
    [undefined, 'CN-CAC', undefined],
  )
})
