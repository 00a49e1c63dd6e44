import { type CodeWords, codeWordsEn, codeWordsZh } from '#vocabulary'
import type { NormBase } from './normBase.ts'
import type { ConsentDemand, Finding, NormId, Ruling } from './ruling.ts'
import type { Situation } from './situation.ts'

export const lawLanguages = ['en', 'zh'] as const
export type LawLanguage = (typeof lawLanguages)[number]
type Sentences = {
  readonly words: CodeWords
  readonly list: (items: readonly string[]) => string
  readonly article: (title: string, article: string) => string
  readonly answer: (day: string, activity: string, purpose: string, outcome: string) => string
  readonly consent: (party: string, topic: string, forms: string, state: string, norms: string) => string
  readonly states: Readonly<Record<`${Finding}`, string>>
  readonly ban: (norm: string, wording: string) => string
  readonly duty: (duty: string, state: string, deadline: string, norms: string) => string
  readonly deadline: (days: number, working: boolean) => string
  readonly yields: (norm: string, by: string, principle: string) => string
  readonly burden: (party: string, fact: string, norms: string) => string
  readonly missing: (paths: string) => string
  readonly says: (norm: string, wording: string, recalled: boolean) => string
}

const english: Sentences = {
  words: codeWordsEn,
  list: (items) => items.join(', '),
  article: (title, article) => `${title}, art. ${article}`,
  answer: (day, activity, purpose, outcome) =>
    `Under the law of ${day}, to ${activity} the data for ${purpose} is ${outcome}.`,
  consent: (party, topic, forms, state, norms) =>
    `Consent of ${party} to ${topic} is needed${forms && `, ${forms}`}: ${state} (${norms}).`,
  states: { true: 'given', false: 'missing', unknown: 'not known' },
  ban: (norm, wording) => `${norm} stands against it: ${wording}.`,
  duty: (duty, state, deadline, norms) => `Duty (${state}): ${duty}${deadline} (${norms}).`,
  deadline: (days, working) =>
    days < 1
      ? `, within ${Math.round(days * 24)} hours`
      : `, within ${days} ${working ? 'working ' : ''}days`,
  yields: (norm, by, principle) => `${norm} yields to ${by}: ${principle}.`,
  burden: (party, fact, norms) => `To prove ${fact} is for ${party} (${norms}).`,
  missing: (paths) => `To decide it one must know: ${paths}.`,
  says: (norm, wording, recalled) => `${norm}: ${wording}${recalled ? ' [from memory, to be checked]' : ''}.`,
}

const chinese: Sentences = {
  words: codeWordsZh,
  list: (items) => items.join('、'),
  article: (title, article) => {
    const [, number, rest = ''] = /^([^(（]+)(.*)$/u.exec(article) ?? []
    return `《${title}》第${number}条${rest}`
  },
  answer: (day, activity, purpose, outcome) =>
    `依据${day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')}的法律，为${purpose}${activity}数据：${outcome}。`,
  consent: (party, topic, forms, state, norms) =>
    `须取得${party}对${topic}的同意${forms && `（${forms}）`}：${state}（${norms}）。`,
  states: { true: '已取得', false: '缺少', unknown: '不明' },
  ban: (norm, wording) => `${norm}不允许：${wording}。`,
  duty: (duty, state, deadline, norms) => `义务（${state}）：${duty}${deadline}（${norms}）。`,
  deadline: (days, working) =>
    days < 1 ? `，${Math.round(days * 24)} 小时内` : `，${days} 个${working ? '工作' : ''}日内`,
  yields: (norm, by, principle) => `${norm}让位于${by}：${principle}。`,
  burden: (party, fact, norms) => `${fact}由${party}举证（${norms}）。`,
  missing: (paths) => `须先查明：${paths}。`,
  says: (norm, wording, recalled) => `${norm}：${wording}${recalled ? '［凭记忆，待核对］' : ''}。`,
}
const dutyStates = {
  en: { true: 'met', false: 'not met', unknown: 'to be shown' },
  zh: { true: '已履行', false: '未履行', unknown: '待证明' },
} as const
const tongues: Readonly<Record<LawLanguage, Sentences>> = { en: english, zh: chinese }

/** A ruling in sentences that a lawyer reads: the answer, what it hangs on, what prevailed, then each article in our words. */
export function explainIn(
  language: LawLanguage,
  ruling: Ruling,
  { activity, purpose }: Situation,
  base: NormBase,
): readonly string[] {
  const say = tongues[language]
  const { words, list } = say
  const cite = (id: NormId): string => {
    const norm = base.byId.get(id)
    const title = language === 'zh' ? norm?.instrument.titleZh : norm?.instrument.titleEn
    return norm === undefined ? id : say.article(title!, norm.article)
  }
  const cites = (ids: readonly NormId[]): string => ids.map(cite).join(language === 'zh' ? '、' : '; ')
  const wording = (id: NormId): string => base.byId.get(id)?.wording[language] ?? ''
  const demand = ({ party, for: topic, forms, satisfied, norms }: ConsentDemand): string =>
    say.consent(
      words.party[party],
      words.topic[topic],
      list(forms.map((form) => words.form[form])),
      say.states[`${satisfied}`],
      cites(norms),
    )
  return [
    say.answer(ruling.at, words.activity[activity], words.purpose[purpose], words.outcome[ruling.outcome]),
    ...(ruling.factsNeeded.length > 0 ? [say.missing(list(ruling.factsNeeded))] : []),
    ...ruling.whoMustConsent.map(demand),
    ...[...new Set(ruling.forbiddenBy.map(({ norm }) => norm))].map((id) => say.ban(cite(id), wording(id))),
    ...ruling.duties.map(({ code, met, deadlineDays, workingDays, norms }) => {
      const deadline = deadlineDays === undefined ? '' : say.deadline(deadlineDays, workingDays === true)
      const duty = words.duty[code].replace(/[.。]$/u, '')
      return say.duty(duty, dutyStates[language][`${met}`], deadline, cites(norms))
    }),
    ...ruling.displaced.map(({ norm, by, principle }) =>
      say.yields(cite(norm), cite(by), words.principle[principle]),
    ),
    ...ruling.burdenOfProof.map(({ fact, party, norms }) =>
      say.burden(words.party[party], words.burden[fact], cites(norms)),
    ),
    ...ruling.norms.flatMap((id) => {
      const norm = base.byId.get(id)
      return norm ? [say.says(cite(id), wording(id), norm.verified === 'from-memory')] : []
    }),
  ]
}
