import { syllable } from 'syllable'
import type { ContentOf } from './content.ts'

/** How hard a form is to read, in each of its languages. */
export type ReadingLevel = {
  /** School grade of the United States after Flesch and Kincaid (1975). */
  readonly en: number
  /** Characters in a sentence, in the mean. */
  readonly zh: number
  readonly hard: readonly ('en' | 'zh')[]
}

/** Health information for patients should ask for no more than grade 6 to 8 (NIH, AMA). */
const hardestGrade = 8
/** Our own measure: no rule sets one for Chinese. About two lines on a small phone. */
const longestSentence = 30

export function readingLevelOf(form: ContentOf<'form'>): ReadingLevel {
  const said = [
    ...form.sections.map(({ text }) => text),
    ...form.items.flatMap(({ says, question: { asks, answers, explains } }) => [
      says,
      asks,
      ...answers,
      explains,
    ]),
  ]
  const en = rounded(gradeOf(said.map((one) => one.en)))
  const zh = rounded(charactersPerSentence(said.map((one) => one.zh)))
  return {
    en,
    zh,
    hard: [
      ...(en > hardestGrade ? (['en'] as const) : []),
      ...(zh > longestSentence ? (['zh'] as const) : []),
    ],
  }
}

const rounded = (value: number): number => Math.round(value * 10) / 10

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })
const words = new Intl.Segmenter('en', { granularity: 'word' })
const pieces = (segmenter: Intl.Segmenter, texts: readonly string[]): readonly Intl.SegmentData[] =>
  texts.flatMap((text) => [...segmenter.segment(text)])

/** 0.39 × words in a sentence + 11.8 × syllables in a word − 15.59; nothing said is grade 0. */
function gradeOf(texts: readonly string[]): number {
  const said = pieces(words, texts).filter(({ isWordLike }) => isWordLike)
  if (said.length === 0) return 0
  const count = pieces(sentences, texts).length
  const syllables = said.reduce((sum, { segment }) => sum + Math.max(1, syllable(segment)), 0)
  return Math.max(0, 0.39 * (said.length / count) + 11.8 * (syllables / said.length) - 15.59)
}

function charactersPerSentence(texts: readonly string[]): number {
  const said = texts
    .flatMap((text) => text.split(/[。！？；\n]/))
    .map((sentence) => [...sentence.matchAll(/[\p{Script=Han}\p{L}\p{N}]/gu)].length)
    .filter((length) => length > 0)
  return said.length === 0 ? 0 : said.reduce((sum, length) => sum + length, 0) / said.length
}
