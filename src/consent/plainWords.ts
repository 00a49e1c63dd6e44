import { err, ok, type Result } from '#kernel'

const longest = 500

/** Blanks say nothing. */
export const isSaid = (text: string | null): text is string => text !== null && text.trim() !== ''
/** At most 500 UTF-16 units, without anything that could be markup. */
export const isPlain = (text: string): boolean => text.length <= longest && !/[<>\p{Cc}]/u.test(text)

/** What was said in plain words, or what is wrong with it: nothing said, or too long or with what could be markup. */
export function checkPlainWords<Of extends string>(
  of: Of,
  words: string,
): Result<string, `${Of}.no-words` | `${Of}.text`> {
  if (!isPlain(words)) return err(`${of}.text` as const)
  return isSaid(words) ? ok(words.trim()) : err(`${of}.no-words` as const)
}
