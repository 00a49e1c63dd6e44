import { jsonTokens } from './jsonTokens.ts'

const scalar = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/

/** What may come next: a value, a member's name, its colon, or what follows a value. `…OrEnd`: the bracket may also close at once. */
type Next = 'value' | 'valueOrEnd' | 'name' | 'nameOrEnd' | 'colon' | 'after'

/**
 * Where text that is not JSON (RFC 8259) stops being so, as an offset; its length when it merely ends too early. The engine says
 * so for some flaws only.
 */
export function findSyntaxFlaw(text: string): number {
  const open: ('{' | '[')[] = []
  let next: Next = 'value'
  for (const { lexeme, index } of jsonTokens(text)) {
    const follows = step(lexeme, next, open)
    if (follows === undefined) return index
    next = follows
  }
  return text.length
}

/** Undefined: this lexeme may not stand here. */
function step(lexeme: string, next: Next, open: ('{' | '[')[]): Next | undefined {
  const takesValue = next === 'value' || next === 'valueOrEnd'
  switch (lexeme) {
    case '{':
    case '[':
      if (!takesValue) return undefined
      open.push(lexeme)
      return lexeme === '{' ? 'nameOrEnd' : 'valueOrEnd'
    case '}':
      return (next === 'nameOrEnd' || next === 'after') && open.pop() === '{' ? 'after' : undefined
    case ']':
      return (next === 'valueOrEnd' || next === 'after') && open.pop() === '[' ? 'after' : undefined
    case ':':
      return next === 'colon' ? 'value' : undefined
    case ',':
      if (next !== 'after' || open.length === 0) return undefined
      return open.at(-1) === '{' ? 'name' : 'value'
  }
  const isString = lexeme.startsWith('"')
  if (isString && !isJsonString(lexeme)) return undefined
  if (next === 'name' || next === 'nameOrEnd') return isString ? 'colon' : undefined
  if (!isString && !scalar.test(lexeme)) return undefined
  return takesValue ? 'after' : undefined
}

function isJsonString(lexeme: string): boolean {
  try {
    JSON.parse(lexeme)
    return true
  } catch {
    return false
  }
}
