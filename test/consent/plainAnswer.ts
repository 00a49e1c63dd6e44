import type { Day, Instant } from '#kernel'
import type { InnerProvision, Party, Provision } from '../../src/consent/agreement/agreement.ts'
import type { AgreementRequest } from '../../src/consent/agreement/reach.ts'
import type { RecordedAgreement } from '../../src/consent/agreement/standingClause.ts'

/**
 * The rules of agreements once more, as slowly and plainly as they can be said: every limit is spelt out as the set of points
 * that it leaves, and a request with something unknown is all the requests that it may be.
 */

type Line = {
  readonly effect: 'permit' | 'refuse'
  readonly item: string | null
  readonly takenBack: boolean
  readonly said: InnerProvision
  readonly around: InnerProvision | null
  readonly since: string
  readonly record: RecordedAgreement
}

const linesOf = (record: RecordedAgreement, at: Instant): Line[] => {
  const lines: Line[] = []
  const add = (said: InnerProvision, around: InnerProvision | null) => {
    let since: string = record.agreement.signedAt
    let takenBack = false
    for (const event of record.events) {
      if (event.kind !== 'withdrawn' || event.items === null || event.at > at) continue
      const touches = event.items.some((item) => item === said.item || item === around?.item)
      if (touches) takenBack = true
      if (touches && event.at > since) since = event.at
    }
    lines.push({
      effect: takenBack ? 'refuse' : said.effect,
      item: said.item === null && around !== null ? around.item : said.item,
      takenBack: takenBack && said.effect === 'permit',
      said,
      around,
      since,
      record,
    })
  }
  if (record.agreement.base === 'permit') add(all, null)
  for (const provision of record.agreement.provisions as readonly Provision[]) {
    add(provision, null)
    for (const one of provision.within) add(one, provision)
  }
  return lines
}

const all: InnerProvision = {
  effect: 'permit',
  item: null,
  purposes: null,
  parties: null,
  activities: null,
  categories: null,
  dataFrom: null,
  dataUntil: null,
  from: null,
  until: null,
  minimumCohort: null,
  obligations: [],
}

/** A member of a line, with what surrounds it. */
function member<Name extends keyof InnerProvision>({ said, around }: Line, name: Name): InnerProvision[Name] {
  return said[name] === null && around !== null ? around[name] : said[name]
}

function dayIn(line: Line, first: 'dataFrom' | 'from', last: 'dataUntil' | 'until', day: Day): boolean {
  const { said, around, takenBack } = line
  if (first === 'from' && takenBack) return true
  const levels = said.effect === 'permit' && around !== null ? [said, around] : [said]
  for (const level of levels) {
    if (level[first] !== null && day < level[first]) return false
    if (level[last] !== null && day > level[last]) return false
  }
  // A refusal borrows the days of the data from what is around it, but not its term.
  if (first === 'dataFrom' && said.effect === 'refuse' && around !== null) {
    if (said.dataFrom === null && around.dataFrom !== null && day < around.dataFrom) return false
    if (said.dataUntil === null && around.dataUntil !== null && day > around.dataUntil) return false
  }
  return true
}

const names = <T>(limit: readonly T[] | null, value: T): boolean => limit === null || limit.includes(value)
const dataDays = ['2025-12-31', '2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05'] as Day[]

function mayReach(line: Line, request: AgreementRequest, at: Instant): boolean {
  const parties = member(line, 'parties')
  const list = member(line, 'categories')
  const kindsSaid = new Set(request.parties?.map(({ kind }) => kind))
  const party = (limit: Party) =>
    request.parties === null ||
    !kindsSaid.has(limit.kind) ||
    request.parties.some(({ kind, id }) => kind === limit.kind && id === limit.id)
  return (
    dayIn(line, 'from', 'until', at.slice(0, 10) as Day) &&
    (request.purpose === null || names(member(line, 'purposes'), request.purpose)) &&
    names(member(line, 'activities'), request.activity) &&
    (list === null || request.categories === null || request.categories.some((one) => list.includes(one))) &&
    (parties === null || parties.some(party)) &&
    (request.dataOn === null || dayIn(line, 'dataFrom', 'dataUntil', request.dataOn))
  )
}

function surelyReaches(line: Line, request: AgreementRequest, at: Instant): boolean {
  const { said, around } = line
  const parties = member(line, 'parties')
  const list = member(line, 'categories')
  const fewest = Math.max(said.minimumCohort ?? 0, around?.minimumCohort ?? 0)
  const isKnownParty = ({ kind, id }: Party) =>
    request.parties?.some((one) => one.kind === kind && one.id === id) === true
  return (
    dayIn(line, 'from', 'until', at.slice(0, 10) as Day) &&
    (member(line, 'purposes') === null ||
      (request.purpose !== null && names(member(line, 'purposes'), request.purpose))) &&
    names(member(line, 'activities'), request.activity) &&
    (list === null || request.categories?.every((one) => list.includes(one)) === true) &&
    (parties === null || parties.some(isKnownParty)) &&
    (request.dataOn === null
      ? [said, around].every((one) => !one || (one.dataFrom === null && one.dataUntil === null))
      : dayIn(line, 'dataFrom', 'dataUntil', request.dataOn)) &&
    (fewest === 0 || (request.cohort !== null && request.cohort >= fewest))
  )
}

function isGiven({ agreement, events }: RecordedAgreement, at: Instant): boolean {
  const day = at.slice(0, 10)
  const past = events.filter((event) => event.at <= at)
  if (agreement.signedAt > at || day < agreement.from) return false
  if (agreement.until !== null && day > agreement.until) return false
  if (past.some((event) => event.kind === 'superseded')) return false
  if (past.some((event) => event.kind === 'withdrawn' && event.items === null)) return false
  return past.every(
    (pause) => pause.kind !== 'paused' || past.some(({ kind, at }) => kind === 'resumed' && at > pause.at),
  )
}

function isChangeOfMind(yes: Line, no: Line, records: readonly RecordedAgreement[]): boolean {
  if (yes.record.agreement.signedAt <= no.since || yes.item !== no.item) return false
  for (const name of ['purposes', 'activities', 'categories', 'parties'] as const) {
    const broad = member(no, name)?.map((one) => JSON.stringify(one))
    const narrow = member(yes, name)?.map((one) => JSON.stringify(one))
    if (broad !== undefined && (narrow === undefined || narrow.some((one) => !broad.includes(one))))
      return false
  }
  const outside = ['0000-01-01', '9999-12-31', ...dataDays] as Day[]
  for (const day of outside) {
    if (dayIn(yes, 'dataFrom', 'dataUntil', day) && !dayIn(no, 'dataFrom', 'dataUntil', day)) return false
    if (dayIn(yes, 'from', 'until', day) && !dayIn(no, 'from', 'until', day)) return false
  }
  const chain: (string | null)[] = [yes.record.agreement.supersedes]
  for (let i = 0; i < records.length; i++)
    chain.push(records.find(({ agreement }) => agreement.id === chain[i])?.agreement.supersedes ?? null)
  return chain.includes(no.record.agreement.id)
}

export function plainAnswer(
  records: readonly RecordedAgreement[],
  request: AgreementRequest,
  at: Instant,
): 'permit' | 'refuse' | 'silent' {
  const lines = records
    .filter(({ agreement }) => agreement.signedAt <= at)
    .flatMap((record) => linesOf(record, at))
  const yes = lines.filter(
    (line) => line.effect === 'permit' && isGiven(line.record, at) && surelyReaches(line, request, at),
  )
  const no = lines.filter((line) => line.effect === 'refuse' && mayReach(line, request, at))
  if (no.some((one) => !yes.some((other) => isChangeOfMind(other, one, records)))) return 'refuse'
  return yes.length > 0 ? 'permit' : 'silent'
}
