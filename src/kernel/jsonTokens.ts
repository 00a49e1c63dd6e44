export type JsonToken = { readonly lexeme: string; readonly index: number }

const codesOf = (characters: string): ReadonlySet<number> =>
  new Set([...characters].map((character) => character.charCodeAt(0)))
const space = codesOf(' \n\r\t')
const marks = codesOf('{}[],:')
const delimiters = codesOf(' \n\r\t{}[],:"')
const quote = 0x22
const backslash = 0x5c

/**
 * The tokens of text that may be JSON (RFC 8259, 2), in order. It is walked through, not matched: an expression would need a stack
 * as deep as a string has escapes. A string that does not end is a token up to the end of the text.
 */
export function* jsonTokens(text: string): Generator<JsonToken> {
  for (let index = 0; index < text.length; ) {
    const code = text.charCodeAt(index)
    if (space.has(code)) {
      index += 1
      continue
    }
    const end = marks.has(code)
      ? index + 1
      : code === quote
        ? endOfString(text, index)
        : endOfOther(text, index)
    yield { lexeme: text.slice(index, end), index }
    index = end
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === quote) return at + 1
    if (code === backslash) at += 1
  }
  return text.length
}

function endOfOther(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && !delimiters.has(text.charCodeAt(at))) at += 1
  return at
}
