import { ageThen } from '../coverage.ts'
import type { GivenConsent, Situation } from '../situation.ts'
import {
  type ConsentMasks,
  concernedMasks,
  hasFormsMask,
  maskOfCategories,
  maySpeakMask,
  openCategories,
} from './consentMasks.ts'
import type { Key } from './key.ts'
import { no, open, standsNow, yes } from './standing.ts'

/** Demands that are answered, and those of which it is not known, before categories are looked at. */
type Judged = { yes: number; open: number }

/**
 * The judgement of `judgeDemand` on every demand at once, as masks. Where one is not known, what the consents say goes
 * into the key too: the ruling then names the facts that are missing in each.
 */
export class ConsentJudge {
  readonly #masks: ConsentMasks
  readonly #answered: Int32Array
  readonly #perhaps: Int32Array
  readonly #row: Judged = { yes: 0, open: 0 }
  readonly #trace: number[] = []

  constructor(masks: ConsentMasks) {
    this.#masks = masks
    this.#answered = new Int32Array(masks.wanted.length)
    this.#perhaps = new Int32Array(masks.wanted.length)
  }

  /**
   * `head`, `committee`: whether they have approved by their own papers, in three values. `at`: where the two masks stand
   * in the key.
   */
  judge(situation: Situation, head: number, committee: number, key: Key, at: number): void {
    const masks = this.#masks
    const approvers = masks.ofHead | masks.ofCommittee
    let answered = 0
    let unknown = 0
    this.#trace.length = 0
    if (situation.consents === undefined) unknown = masks.all & ~approvers
    else if (approvers !== masks.all) {
      this.#readConsents(situation, situation.consents)
      this.#settle(situation)
      answered = this.#row.yes & ~approvers
      unknown = this.#row.open & ~approvers
    }
    if (situation.subject?.wishes?.refuses === true) {
      answered &= ~masks.ofSubject
      unknown &= ~masks.ofSubject
    }
    const approved = approvers === 0 ? no : this.#approve(situation, head, committee)
    if (masks.ofHead !== 0) {
      if ((approved & 3) === yes) answered |= masks.ofHead
      else if ((approved & 3) === open) unknown |= masks.ofHead
    }
    if (masks.ofCommittee !== 0) {
      if (approved >> 2 === yes) answered |= masks.ofCommittee
      else if (approved >> 2 === open) unknown |= masks.ofCommittee
    }
    key.words[at] = answered
    key.words[at + 1] = unknown
    if (unknown !== 0) this.#writeTrace(situation, key)
  }

  #readConsents(situation: Situation, consents: readonly GivenConsent[]): void {
    const { wanted } = this.#masks
    for (let index = 0; index < wanted.length; index += 1) {
      this.#answered[index] = 0
      this.#perhaps[index] = 0
    }
    this.#row.yes = 0
    this.#row.open = 0
    for (const given of consents) this.#readConsent(given, situation)
  }

  #readConsent(given: GivenConsent, situation: Situation): void {
    const masks = this.#masks
    const standing = standsNow(given, situation)
    const young = given.by === 'subject' && (ageThen(given, situation) ?? 14) < 14
    const may = standing === no ? 0 : maySpeakMask(masks, given, young) & hasFormsMask(masks, given)
    if (may === 0) {
      this.#trace.push(0)
      return
    }
    const { covers } = given
    const categories = maskOfCategories(covers?.categories, openCategories)
    let failed = 0
    let unsure = standing === open || covers === undefined ? masks.all : 0
    if (covers !== undefined) {
      if (covers.activities === undefined) unsure = masks.all
      else failed = masks.all & ~this.#activitiesIn(covers.activities)
      if (covers.purposes === undefined) unsure = masks.all
      else if (!covers.purposes.includes(situation.purpose)) failed = masks.all
      const { recipient } = situation
      if (masks.toRecipient !== 0 && recipient !== null) {
        if (recipient?.id === undefined || covers.recipients === undefined) unsure |= masks.toRecipient
        else if (!covers.recipients.includes(recipient.id)) failed |= masks.toRecipient
      }
      if (covers.abroad === undefined) unsure |= masks.abroad
      else if (covers.abroad === false) failed |= masks.abroad
    }
    const sure = may & ~failed & ~unsure
    const perhaps = may & ~failed & unsure
    this.#row.yes |= sure
    this.#row.open |= perhaps
    this.#addCategories(sure, perhaps, categories)
    this.#trace.push(may, failed, unsure, categories, openMembers(given, standing))
  }

  #activitiesIn(activities: readonly string[]): number {
    let mask = 0
    for (const activity of activities) mask |= this.#masks.activities.get(activity) ?? 0
    return mask
  }

  #addCategories(sure: number, perhaps: number, categories: number): void {
    for (let left = sure | perhaps; left !== 0; left &= left - 1) {
      const index = 31 - Math.clz32(left & -left)
      if ((sure & (1 << index)) !== 0 && categories !== openCategories) this.#answered[index]! |= categories
      else this.#perhaps[index]! |= categories
    }
  }

  /** Two consents, each to its own kind of data, together cover both; of no kind, any consent that stands is enough. */
  #settle(situation: Situation): void {
    const concerned = concernedMasks(this.#masks, situation)
    const { yes: sure, open: perhaps } = this.#row
    let answered = 0
    let unknown = 0
    for (let left = sure | perhaps; left !== 0; left &= left - 1) {
      const bit = left & -left
      const index = 31 - Math.clz32(bit)
      const wanted = concerned[index]!
      const covered = this.#answered[index]!
      if (wanted === openCategories) unknown |= bit
      else if (wanted === 0 ? (sure & bit) !== 0 : (wanted & ~covered) === 0) answered |= bit
      else if ((wanted & ~(covered | this.#perhaps[index]!)) === 0) unknown |= bit
    }
    this.#row.yes = answered
    this.#row.open = unknown
  }

  /** The head's answer in the two low bits, the committee's above. */
  #approve(situation: Situation, head: number, committee: number): number {
    const { emergency, consents } = situation
    const approver = emergency?.approver
    const unsaid = emergency !== null && approver === undefined ? open : no
    const both = approver === 'head-and-ethics-committee'
    let ofHead = Math.max(unsaid, head, both || approver === 'head-or-authorised-person' ? yes : no)
    const ofCommittee = Math.max(unsaid, committee, both || approver === 'ethics-committee' ? yes : no)
    for (const given of consents ?? [])
      if (given.by === 'head-or-authorised-person') ofHead = Math.max(ofHead, standsNow(given, situation))
    return ofHead | (ofCommittee << 2)
  }

  #writeTrace(situation: Situation, key: Key): void {
    const { consents, data, recipient, emergency } = situation
    key.push(emergency === null ? 0 : emergency?.approver === undefined ? 1 : 2)
    key.push(recipient === null ? 0 : recipient?.id === undefined ? 1 : 2)
    key.push(data === null ? 0 : data === undefined ? 1 : data.categories === undefined ? 2 : 3)
    const kinds = data?.categories ?? []
    key.push(kinds.length)
    for (const kind of kinds) key.push(maskOfCategories([kind], 0))
    key.push(this.#trace.length)
    for (const word of this.#trace) key.push(word)
    key.push(consents?.length ?? -1)
    for (const given of consents ?? [])
      key.push(given.by === 'head-or-authorised-person' ? 1 + standsNow(given, situation) : 0)
  }
}

/** Which members a consent leaves open: the ruling asks for them by name. */
function openMembers({ covers }: GivenConsent, standing: number): number {
  if (covers === undefined) return standing | 4
  return (
    standing |
    (covers.activities === undefined ? 8 : 0) |
    (covers.purposes === undefined ? 16 : 0) |
    (covers.recipients === undefined ? 32 : 0) |
    (covers.abroad === undefined ? 64 : 0)
  )
}
