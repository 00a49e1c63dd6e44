import type { Agreement, PersonFacts } from '#consent'
import { type Day, err, ok, type Result, yearsBetween } from '#kernel'
import type { Signing } from './makeAgreement.ts'

type Voice = NonNullable<Agreement['voice']>
/** Why somebody could not be asked, by a code and, where they help, in words. */
export type Unable = {
  readonly because: NonNullable<Voice['because']>
  readonly words?: string
}

/** From here on the law of some order has every child asked (45 CFR 46.408 as the base reads it), so age alone is no reason. */
const hasViewFrom = 7

/** Nobody is passed over without a reason; `other` is one only in words, and blanks are no words. */
export function checkUnable(
  { voice, unable }: Signing,
  { bornOn }: PersonFacts,
  on: Day,
): Result<void, 'consent.voice-reason'> {
  if (voice !== 'not-able') return unable === undefined ? ok(undefined) : err('consent.voice-reason')
  if (unable === undefined) return err('consent.voice-reason')
  const { because, words } = unable
  const isBlank = words === undefined ? because === 'other' : words.trim() === ''
  const isOld = because === 'too-young' && yearsBetween(bornOn, on) >= hasViewFrom
  return isBlank || isOld ? err('consent.voice-reason') : ok(undefined)
}
