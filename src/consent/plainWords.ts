const longest = 500

/** Blanks say nothing. */
export const isSaid = (text: string | null): text is string => text !== null && text.trim() !== ''
/** At most 500 UTF-16 units, without anything that could be markup. */
export const isPlain = (text: string): boolean => text.length <= longest && !/[<>\p{Cc}]/u.test(text)
