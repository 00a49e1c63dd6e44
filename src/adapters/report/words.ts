import type { PlanMedication } from '#plan'

export type Language = 'en' | 'zh'
type Words = { readonly [L in Language]: string }
export type Action = PlanMedication['action']

/** Each action with a sign, so that colour never stands alone, and in plain words. */
export const actionWords: {
  readonly [A in Action]: Words & {
    readonly sign: string
    readonly tone: 'harm' | 'care' | 'ask' | 'good' | 'plain'
  }
} = {
  contraindicated: { sign: '✕', tone: 'harm', en: 'Must not be given', zh: '禁用' },
  avoid: { sign: '✕', tone: 'harm', en: 'Avoid', zh: '避免使用' },
  alternative: { sign: '⇄', tone: 'harm', en: 'Choose another drug', zh: '换用其他药物' },
  'duplicate-therapy': { sign: '⇉', tone: 'harm', en: 'The same effect is already there', zh: '重复用药' },
  'stop-or-switch-interacting': {
    sign: '⇄',
    tone: 'care',
    en: 'Only once the other is stopped',
    zh: '停用相互作用物后方可使用',
  },
  'test-first': { sign: '?', tone: 'ask', en: 'Test first', zh: '先做检测' },
  'insufficient-data': { sign: '?', tone: 'ask', en: 'Not enough is known', zh: '资料不足' },
  'reduce-dose': { sign: '↓', tone: 'care', en: 'Give less', zh: '减量' },
  'start-low': { sign: '↓', tone: 'care', en: 'Start low', zh: '低剂量起始' },
  'increase-dose': { sign: '↑', tone: 'care', en: 'Give more', zh: '增量' },
  monitor: { sign: '◉', tone: 'good', en: 'Usual dose, and watch', zh: '常规剂量并监测' },
  standard: { sign: '✓', tone: 'good', en: 'Usual dose', zh: '常规剂量' },
  'no-guidance': { sign: '–', tone: 'plain', en: 'No source says anything', zh: '无指南意见' },
}

export const words = {
  title: { en: 'Treatment plan', zh: '用药方案' },
  first: { en: 'First choice', zh: '首选' },
  next: { en: 'then', zh: '其次' },
  none: {
    en: 'No drug can be chosen on what is known. Please refer.',
    zh: '根据现有资料无法选药，请转诊或会诊。',
  },
  not: { en: 'Not, or not yet', zh: '不用或暂缓' },
  current: { en: 'Drugs taken now', zh: '目前用药' },
  possible: { en: 'Possible', zh: '可用' },
  why: { en: 'Why', zh: '理由' },
  watch: { en: 'Watch', zh: '监测' },
  gone: { en: 'Could be stopped or changed instead', zh: '也可停用或更换' },
  instead: { en: 'Instead', zh: '可改用' },
  before: { en: 'Before a first dose', zh: '首剂之前' },
  dose: { en: 'of the usual dose', zh: '常规剂量的' },
  atMost: { en: 'at most', zh: '最大' },
  startWith: { en: 'start with', zh: '起始' },
  missing: { en: 'What is missing', zh: '尚缺资料' },
  provider: { en: 'who can provide it', zh: '由谁提供' },
  laboratory: { en: 'a genetics laboratory', zh: '基因检测实验室' },
  ward: { en: 'the treating doctor or laboratory', zh: '主管医生或检验科' },
  nothing: { en: 'Nothing that these drugs depend on.', zh: '无影响本方案的缺失。' },
  genes: { en: 'Genes', zh: '基因' },
  genotype: { en: 'Result', zh: '结果' },
  meaning: { en: 'Meaning', zh: '含义' },
  notCalled: { en: 'not determined', zh: '未能判定' },
  actsAs: { en: 'acts as', zh: '实际表现为' },
  conflict: { en: 'Sources disagree', zh: '来源意见不一' },
  sources: { en: 'Sources', zh: '来源' },
  recalled: { en: 'general knowledge, to be confirmed', zh: '一般知识，须核实' },
  notes: { en: 'Notes', zh: '注意' },
  exposure: { en: 'Keep away from', zh: '避免接触' },
  day: { en: 'Made from what was known on', zh: '依据截至该日的资料' },
  person: { en: 'Person', zh: '患者编号' },
  limits: {
    en: 'This plan supports the treating doctor and does not replace them. What is not known is said to be not known.',
    zh: '本方案供主管医生参考，不代替其判断；未知之处均注明未知。',
  },
} as const satisfies { readonly [name: string]: Words }

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** A day written out, so that month and day are not mistaken for each other. */
export function writeDay(day: string, language: Language): string {
  const [year, month, date] = day.split('-').map(Number)
  return language === 'zh' ? `${year}年${month}月${date}日` : `${date} ${months[month! - 1]} ${year}`
}
