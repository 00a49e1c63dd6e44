import { type Agreement, checkPlainWords, type PersonFacts } from '#consent'
import { type Day, err, ok, type Result, yearsBetween } from '#kernel'

type Voice = NonNullable<Agreement['voice']>
/** Why somebody could not be asked: by a code, and in words of whoever asked. */
export type Unable = {
  readonly because: NonNullable<Voice['because']>
  readonly words: string
}

type Heard = {
  readonly voice?: Voice['said'] | undefined
  readonly unable?: Unable | undefined
}

/** From here on the law of some order has every child asked (45 CFR 46.408 as the base reads it), so age alone is no reason. */
const hasViewFrom = 7

/** Nobody is passed over without a reason in words; blanks are none, nor is what could be markup. */
export function checkUnable(
  { voice, unable }: Heard,
  { bornOn }: PersonFacts,
  on: Day,
): Result<void, 'consent.voice-reason'> {
  if (voice !== 'not-able') return unable === undefined ? ok(undefined) : err('consent.voice-reason')
  if (unable === undefined) return err('consent.voice-reason')
  const isOld = unable.because === 'too-young' && yearsBetween(bornOn, on) >= hasViewFrom
  const said = checkPlainWords('unable', unable.words)
  return isOld || !said.ok ? err('consent.voice-reason') : ok(undefined)
}
