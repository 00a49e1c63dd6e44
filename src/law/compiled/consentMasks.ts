import { type Activity, categories, consentForms } from '#vocabulary'
import {
  concernedCategories,
  goesAbroad,
  hasForms,
  isInformation,
  isProvision,
  maySpeak,
  type Wanted,
} from '../coverage.ts'
import type { GivenConsent, Situation } from '../situation.ts'

/** What is certain of up to 31 demands before any consent is read: one bit per demand. */
export type ConsentMasks = {
  readonly wanted: readonly Wanted[]
  readonly all: number
  /** Asked of the person: no, where the person refuses. */
  readonly ofSubject: number
  /** Asked of heads or committees, who approve. */
  readonly ofHead: number
  readonly ofCommittee: number
  /** The recipient must be covered. */
  readonly toRecipient: number
  readonly abroad: number
  /** Demands that a consent to an activity answers. */
  readonly activities: ReadonlyMap<string, number>
  /** Demands that a giver may answer, by giver, relation and age then. */
  readonly speakers: Map<string, readonly [grown: number, under14: number]>
  /** Demands whose forms are there, by forms and bundling. */
  readonly forms: Map<number, number>
  /** Categories that each demand is about, by the categories of the act. */
  readonly concerned: Map<number, Int32Array>
}

/** A bit for every word of a list of the vocabulary. */
function bitsOf(words: readonly string[]): ReadonlyMap<string, number> {
  if (words.length > 31) throw new RangeError(`${words.length} words do not fit a mask`)
  return new Map(words.map((word, index) => [word, 1 << index]))
}
export const formBits = bitsOf(consentForms)
export const categoryBits = bitsOf(categories)

/** A word outside the vocabulary has no bit, and must not pass for one that is not there. */
export function knownIn(bits: ReadonlyMap<string, number>, word: string): number {
  const bit = bits.get(word)
  if (bit === undefined) throw new RangeError('a code that is not of the vocabulary')
  return bit
}

/** Of this many demands each has its bit. */
export const demandsAtMost = 31

export function makeConsentMasks(wanted: readonly Wanted[], activity: Activity): ConsentMasks {
  const where = (holds: (one: Wanted) => boolean) =>
    wanted.reduce((mask, one, index) => (holds(one) ? mask | (1 << index) : mask), 0)
  const act = { activity } as Situation
  const accepted = new Set([activity, ...wanted.flatMap(({ activities }) => activities)])
  return {
    wanted,
    all: where(() => true),
    ofSubject: where(({ party }) => party === 'subject'),
    ofHead: where(({ party }) => party === 'head-or-authorised-person'),
    ofCommittee: where(({ party }) => party === 'ethics-committee'),
    toRecipient: isProvision(act) ? where((one) => isInformation(one.for)) : 0,
    abroad: where((one) => goesAbroad(one, act)),
    activities: new Map(
      [...accepted].map((one) => [
        one,
        where(({ activities }) => one === activity || activities.includes(one)),
      ]),
    ),
    speakers: new Map(),
    forms: new Map(),
    concerned: new Map(),
  }
}

const maskOf = ({ wanted }: ConsentMasks, holds: (one: Wanted) => boolean): number =>
  wanted.reduce((mask, one, index) => (holds(one) ? mask | (1 << index) : mask), 0)

const nobody = {} as Situation

/** The tables fill from the reference as they are asked; their keys are words of the vocabulary, so they end. */
export function maySpeakMask(masks: ConsentMasks, { by, relation }: GivenConsent, young: boolean): number {
  const key = relation === undefined ? by : `${by} ${relation}`
  let known = masks.speakers.get(key)
  if (known === undefined) {
    const given = (subjectAgeThen: number): GivenConsent => ({
      by,
      forms: [],
      subjectAgeThen,
      ...(relation === undefined ? {} : { relation }),
    })
    known = [
      maskOf(masks, (one) => maySpeak(given(14), one, nobody)),
      maskOf(masks, (one) => maySpeak(given(13), one, nobody)),
    ]
    masks.speakers.set(key, known)
  }
  return young ? known[1] : known[0]
}

export function hasFormsMask(masks: ConsentMasks, given: GivenConsent): number {
  let key = given.bundled === true ? 1 << 30 : 0
  for (const form of given.forms) key |= knownIn(formBits, form)
  let known = masks.forms.get(key)
  if (known === undefined) {
    known = maskOf(masks, (one) => hasForms(given, one))
    masks.forms.set(key, known)
  }
  return known
}

/** Not known. */
export const openCategories = -1

/** Per demand a mask of categories, or `openCategories`. */
export function concernedMasks(masks: ConsentMasks, { data }: Situation): Int32Array {
  const key = data === null ? -1 : data === undefined ? -2 : maskOfCategories(data.categories, -3)
  let known = masks.concerned.get(key)
  if (known === undefined) {
    const situation = { ...(data === undefined ? {} : { data }) } as Situation
    known = Int32Array.from(masks.wanted, (one) =>
      maskOfCategories(concernedCategories(one, situation), openCategories),
    )
    masks.concerned.set(key, known)
  }
  return known
}

export function maskOfCategories(list: readonly string[] | undefined, otherwise: number): number {
  if (list === undefined) return otherwise
  let mask = 0
  for (const category of list) mask |= knownIn(categoryBits, category)
  return mask
}
