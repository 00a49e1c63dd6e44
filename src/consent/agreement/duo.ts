import { type DuoShorthand, duoIds, type Purpose } from '#vocabulary'
import type { DataUse } from '../dataUse.ts'
import type { Agreement, AgreementEvent, Party } from './agreement.ts'
import { everything, type OutwardRule, outwardOf, outwardStateOf, overlaps } from './outward.ts'

export type DuoCode = { readonly shorthand: DuoShorthand; readonly id: string }
export type Duo = {
  readonly codes: readonly DuoCode[]
  /** DUOS data use, version 4, of data that are under this agreement. */
  readonly dataUse: DataUse
  /** What the agreement limits and DUO has no word for. If there is any, `dataUse.other` leaves the answer to a person. */
  readonly cannotSay: readonly string[]
}

/**
 * What research the agreement permits, in the words of DUO: never more. Research that is bound to what DUO has no term for is still
 * said, with `other`, so that no matcher approves it without a person. Without research, nothing may be approved.
 */
export function duoOf(agreement: Agreement, events: readonly AgreementEvent[] = []): Duo {
  const given = outwardStateOf(agreement, events, null) === 'given'
  const found = given ? reachOf('research', agreement, events) : null
  if (found === null) return nothing
  const may = mayOf(agreement, events, found)
  const general = may.ancestry && may.methods && may.profit && found.limits.length === 0
  const bound = boundsOf(agreement, found)
  const codes: readonly DuoShorthand[] = [
    general ? 'GRU' : 'HMB',
    ...(may.ancestry && !general ? (['POA'] as const) : []),
    ...(may.ancestry ? [] : (['NPOA'] as const)),
    ...(may.methods ? [] : (['NMDS'] as const)),
    ...profitCodes(may),
    ...bound.codes,
    ...(may.care ? (['CC'] as const) : []),
  ]
  return {
    codes: codes.map((shorthand) => ({ shorthand, id: duoIds[shorthand] })),
    dataUse: {
      ...{ generalUse: general, hmbResearch: true, populationOriginsAncestry: may.ancestry },
      ...(may.methods ? {} : { methodsResearch: false }),
      ...(may.profit ? {} : { nonProfitUse: true }),
      ...bound.dataUse,
    },
    cannotSay: bound.cannotSay,
  }
}

/** Nothing may be approved: not even methods, which DUO lets be developed on whatever does not exclude it. */
const nothing: Duo = {
  codes: [],
  dataUse: {
    ...{ generalUse: false, hmbResearch: false, populationOriginsAncestry: false },
    ...{ methodsResearch: false, nonProfitUse: true },
  },
  cannotSay: [],
}

type May = Readonly<Record<'ancestry' | 'methods' | 'care' | 'products' | 'companies' | 'profit', boolean>>

/** What is permitted beside research, without any limit; a company is left out of all where it is refused in one. */
function mayOf(agreement: Agreement, events: readonly AgreementEvent[], research: Reach): May {
  const reach = (purpose: Purpose) => {
    const found = reachOf(purpose, agreement, events)
    return found?.limits.length === 0 ? found : null
  }
  const [ancestry, methods, products] = [
    reach('ancestry'),
    reach('model-training'),
    reach('product-development'),
  ]
  const companies = ![research, ancestry, methods, products].some((one) => one?.withoutCompanies)
  return {
    ...{ ancestry: ancestry !== null, methods: methods !== null, care: reach('treatment') !== null },
    ...{ products: products !== null, companies, profit: products !== null && companies },
  }
}

const profitCodes = ({ products, companies }: May): readonly DuoShorthand[] => {
  if (products) return companies ? [] : ['NPU']
  return companies ? ['NCU'] : ['NPUNCU']
}

type Reach = {
  readonly rule: OutwardRule
  readonly limits: readonly string[]
  /** Companies are refused, and nothing else of it. */
  readonly withoutCompanies: boolean
}

/** The permission for this purpose that is bound by least, with what binds it; null: there is none. */
function reachOf(purpose: Purpose, agreement: Agreement, events: readonly AgreementEvent[]): Reach | null {
  const { base, permits, refusals } = outwardOf(agreement, events)
  const asked: OutwardRule = { ...everything, purposes: [purpose], path: '$' }
  const open = base === 'permit' ? [{ ...everything, path: '$.base' }] : []
  const duties = permits.filter((one) => overlaps(one, asked))
  const ways = [...duties, ...open].flatMap((rule) => reachBy(rule, duties, refusals, asked) ?? [])
  return ways.reduce<Reach | null>(
    (best, one) => (best === null || one.limits.length < best.limits.length ? one : best),
    null,
  )
}

function reachBy(
  rule: OutwardRule,
  others: readonly OutwardRule[],
  refusals: readonly OutwardRule[],
  asked: OutwardRule,
): Reach | null {
  const against = refusals.filter((one) => overlaps(one, asked) && overlaps(one, rule))
  if (against.some(isWhole)) return null
  const companies = against.filter(isOfCompanies)
  return {
    rule,
    limits: [
      ...limitsOf(rule),
      // Where two permissions reach the same, the duties of both are kept.
      ...others.filter((one) => one !== rule).flatMap(dutiesOf),
      ...against.filter((one) => !isOfCompanies(one)).map(({ path }) => `${path}: a refusal of a part`),
    ],
    withoutCompanies: companies.length > 0,
  }
}

/** A refusal of the purpose as such. */
const isWhole = (rule: OutwardRule): boolean => limitsOf(rule).length === 0

/** A refusal to companies, whatever else it limits: leaving them out altogether is within what it asks. */
const isOfCompanies = ({ parties }: OutwardRule): boolean =>
  parties?.every(({ kind, id }) => kind === 'organisation-kind' && id === 'company') ?? false

const dutiesOf = ({ path, minimumCohort, obligations }: OutwardRule): readonly string[] => [
  ...(minimumCohort === null ? [] : [`${path}.minimumCohort: groups of at least so many`]),
  ...obligations.map(({ code }) => `${path}.obligations: ${code}`),
]

const limitsOf = (rule: OutwardRule): readonly string[] => {
  const { path, parties, activities, categories, dataFrom, dataUntil, from, until } = rule
  const said = { parties, activities, categories, dataFrom, dataUntil, from, until }
  const limited = Object.entries(said).flatMap(([name, value]) => (value === null ? [] : [name]))
  return [...limited.map((name) => `${path}.${name}: ${wordsOf[name]}`), ...dutiesOf(rule)]
}

const wordsOf: Readonly<Record<string, string>> = {
  parties: 'to some only',
  activities: 'some ways of use only',
  categories: 'some kinds of data only',
  dataFrom: 'data from a day on only',
  dataUntil: 'data until a day only',
  from: 'from a day on only',
  until: 'until a day only',
}

/** Terms for what binds the research; each of them, and what has none, leaves the answer to a person. */
function boundsOf(agreement: Agreement, { rule, limits }: Reach) {
  const until = rule.until ?? agreement.until
  const kinds = new Set(rule.parties?.map(({ kind }) => kind))
  const codes: readonly DuoShorthand[] = [
    ...(agreement.review === null ? [] : (['IRB'] as const)),
    ...(kinds.size === 1 ? partyCode(rule.parties ?? []) : []),
    ...(until === null ? [] : (['TS'] as const)),
  ]
  const cannotSay = [
    ...limits,
    ...(agreement.until === null ? [] : ['$.until: until a day only']),
    ...(agreement.afterDeath === 'stop' ? ['$.afterDeath: not after death'] : []),
  ]
  const countries = codes.includes('GS') ? (rule.parties ?? []).map(({ id }) => id) : []
  return {
    codes,
    cannotSay,
    dataUse: {
      ...(agreement.review === null ? {} : { ethicsApprovalRequired: true }),
      ...(countries.length > 0 ? { geographicalRestrictions: countries.join(', ') } : {}),
      ...(cannotSay.length > 0 ? { other: cannotSay.join('; ') } : {}),
    },
  }
}

/** The term for all being named in one way. */
function partyCode([first]: readonly Party[]): readonly DuoShorthand[] {
  if (first?.kind === 'country') return ['GS']
  if (first?.kind === 'person') return ['US']
  return first?.kind === 'organisation' ? ['IS'] : []
}
