import type { Agreement, AgreementEvent, RecordedAgreement } from '#consent'
import type { RuleInForce } from '#houserules'
import { type Day, dayOf, type Instant } from '#kernel'
import type { Ruling, Situation } from '#law'
import type { DisclosureElement } from '#vocabulary'

type Rest = Extract<AgreementEvent, { readonly kind: 'paused' }>

/**
 * What has to be asked again because of what the hospital has laid down since, and rests meanwhile, a no excepted. Worked out at each
 * act, as all that becomes of an agreement. Undefined: no hospital's rules are asked. Whoever signed before this was a trigger was not told so, and is not asked by it.
 */
export const withReconsents = (
  recorded: readonly RecordedAgreement[],
  rules: readonly RuleInForce[] | undefined,
): readonly RecordedAgreement[] =>
  rules === undefined
    ? recorded
    : recorded.map(({ agreement, events }) => ({
        agreement,
        events: [...events, ...restByForm(agreement, rules), ...restByPurpose(agreement, rules)],
      }))

/** Their form stands no more, and none that does says that it asks the same. From when the one stands that took its place. */
function restByForm(
  { reconsentOn, read, signedAt }: Agreement,
  rules: readonly RuleInForce[],
): readonly Rest[] {
  if (!reconsentOn.includes('form')) return []
  const goesOn = rules.some(
    ({ id, content }) =>
      content.kind === 'form' && (id === read.form || content.goesOnFrom?.includes(read.form) === true),
  )
  if (goesOn) return []
  const next = rules.find(({ replaces }) => replaces === read.form)
  return [{ kind: 'paused', because: 'form', at: next?.since ?? signedAt }]
}

/** A purpose that something was allowed for was laid down in other terms since. */
function restByPurpose(agreement: Agreement, rules: readonly RuleInForce[]): readonly Rest[] {
  const { reconsentOn, signedAt, provisions } = agreement
  if (!reconsentOn.includes('purpose')) return []
  const allowed = provisions.filter(({ effect }) => effect === 'permit')
  return rules.flatMap(({ content, replaces, since }) =>
    content.kind === 'purpose' &&
    replaces !== null &&
    since > signedAt &&
    allowed.some(({ purposes }) => purposes?.includes(content.purpose) ?? true)
      ? [{ kind: 'paused' as const, because: 'purpose' as const, at: since }]
      : [],
  )
}

type Asked = { readonly situation: Situation; readonly rule: (situation: Situation) => Ruling }

/**
 * What has to be asked again because the law of the act's day wants people told something for this act that it did not want on the day
 * of the signature, and that they were not told.
 */
export const withLawSince = (
  recorded: readonly RecordedAgreement[],
  asked: Asked,
): readonly RecordedAgreement[] =>
  recorded.map(({ agreement, events }) => ({
    agreement,
    events: isToldLess(agreement, asked)
      ? [...events, { kind: 'paused', because: 'law', at: startOf(asked.situation.at, agreement) }]
      : events,
  }))

const startOf = (day: Day, { signedAt }: Agreement): Instant => {
  const start = `${day}T00:00:00.000Z` as Instant
  return start > signedAt ? start : signedAt
}

function isToldLess({ reconsentOn, signedAt, read }: Agreement, { situation, rule }: Asked): boolean {
  const signedOn = dayOf(signedAt)
  if (!reconsentOn.includes('law') || situation.at <= signedOn) return false
  const told = new Set<DisclosureElement>(read.told)
  const untold = mustTell(rule, situation).filter((element) => !told.has(element))
  if (untold.length === 0) return false
  const then = new Set(mustTell(rule, { ...situation, at: signedOn }))
  return untold.some((element) => !then.has(element))
}

const mustTell = (rule: Asked['rule'], situation: Situation): readonly DisclosureElement[] =>
  rule(situation).mustTell
