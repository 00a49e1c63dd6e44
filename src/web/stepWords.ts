import { type Addressee, type ConsentTopic, consentTopics, type Party, parties } from '#vocabulary'
import type { ConsentWork, Procedure, Step, StepRecord, Term } from './procedure.ts'
import { firstUpper, type Writer } from './write.ts'

/** What a step is, in one line. */
export function titleOf(writer: Writer, { work }: Pick<Step, 'work'>, asked: Procedure['asked']): string {
  const { t } = writer
  switch (work.kind) {
    case 'fact':
      return t('procedure.find', { what: factGroup(writer, work.path), path: work.path })
    case 'duty':
      return t(`duty.${work.code}`)
    case 'consent':
      return sayConsentStep(writer, work)
    case 'act':
      return t('procedure.actTitle', {
        activity: t(`activity.${asked.activity}`),
        purpose: t(`purpose.${asked.purpose}`),
      })
  }
}

export function sayConsentStep({ t, list }: Writer, { topic, parties }: ConsentWork): string {
  const who = list(parties.map(({ party }) => t(`party.${party}`)))
  const key = parties.length > 1 ? 'procedure.oneAgrees' : 'procedure.agrees'
  return firstUpper(t(key, { who, topic: t(`topic.${topic}`) }))
}

/** What a fact is about; its path stands beside it, and alone where there are no words. */
const factGroup = ({ known }: Writer, path: string): string =>
  known('procedure.fact', path.split(/[.[]/)[0] ?? path)

/** Whoever agrees is named; where nobody must, it is the person. */
export function sayAddressee({ t, list }: Writer, to: Addressee, steps: readonly Step[]): string {
  if (to !== 'consenting') return t(`procedure.to.${to}`)
  const asked = steps.flatMap(({ work }) => (work.kind === 'consent' ? work.parties : []))
  const who = [...new Set(asked.map(({ party }) => t(`party.${party}`)))]
  return who.length === 0 ? t('procedure.to.person') : list(who)
}

const signsHere: readonly Party[] = ['subject', 'guardian', 'both-guardians', 'authorised-agent']

/** Still to be signed, by somebody who has a page here; a no is not asked for again. */
export const isSignedHere = ({ work, state }: Step): boolean =>
  work.kind === 'consent' &&
  (state === 'open' || state === 'unknown') &&
  work.parties.some(({ party }) => signsHere.includes(party))

/** `at`: the day of the act; what was signed after it counts as of that day. */
export function sayRecord({ t, day }: Writer, record: StepRecord, at: string): string {
  const dated = (on: string | null) => (on === null ? t('procedure.undated') : day(on))
  switch (record.kind) {
    case 'consent': {
      const key = record.on === at ? 'procedure.consentCounts' : 'procedure.consentOn'
      return t(key, { who: t(`party.${record.by}`), day: dated(record.on) })
    }
    case 'withdrawn': {
      const key = record.on === at ? 'procedure.withdrawnCounts' : 'procedure.withdrawnOn'
      return firstUpper(t(key, { who: t(`party.${record.by}`), day: day(record.on) }))
    }
    case 'no':
      return t('procedure.noOn', { day: day(record.on) })
    case 'approval':
      return t('procedure.approvalOn', {
        outcome: t(`procedure.outcome.${record.outcome}`),
        day: dated(record.on),
      })
    case 'fact':
      return t('procedure.factIs', { path: record.path })
  }
}

export function sayTerm({ t, day }: Writer, { days, working, from, is, on }: Term): string {
  const count = days < 1 ? Math.round(days * 24) : Math.floor(days)
  const unit = days < 1 ? 'hours' : working ? 'workingDays' : 'days'
  const term = count === 0 ? t('procedure.atOnce') : t(`procedure.${unit}`, { count })
  const rest = { term, from: t(`procedure.from.${from}`) }
  if (on === null) return firstUpper(t('procedure.untilOpen', rest))
  return firstUpper(t(is === 'until' ? 'procedure.untilDay' : 'procedure.keepDay', { ...rest, day: day(on) }))
}

/** A step of consent by its name in an address; undefined: there is no such step. */
export function consentStepNamed(id: string | undefined): ConsentWork | undefined {
  const [kind, , topic, party] = (id ?? '').split('.')
  if (kind !== 'consent' || !isTopic(topic) || !isParty(party)) return undefined
  return { kind: 'consent', topic, parties: [{ party, forms: [] }] }
}

const isTopic = (text: string | undefined): text is ConsentTopic =>
  (consentTopics as readonly (string | undefined)[]).includes(text)
const isParty = (text: string | undefined): text is Party =>
  (parties as readonly (string | undefined)[]).includes(text)
