import { canonicalBytes, expectOk, sha256Hex } from '#kernel'
import { isPlain, isSaid } from '../plainWords.ts'

/** Who put it into words that whoever signs understands, as they name them; in the language that was spoken. */
export type Interpreter = {
  readonly name: string
  readonly language: string
  /** On whose behalf; null: a friend, or nobody's. */
  readonly organisation: string | null
  /** The name with which they sign in, if they have an account: then they confirm it themself. */
  readonly account?: string
}

/** `interpreter-self`: whoever signs, or whom it is about, interprets for nobody here. */
export type InterpreterFlaw = 'interpreter-unnamed' | 'interpreter-self'

const same = (one: string, other: string): boolean =>
  one.trim().normalize('NFKC').toLowerCase() === other.trim().normalize('NFKC').toLowerCase()

/** What is wrong with who is named; `names`: of whoever signs and whom it is about. */
export function flawOfInterpreter(
  { name, language, organisation }: Interpreter,
  names: readonly string[],
): InterpreterFlaw | undefined {
  const said = [name, language, organisation ?? 'none']
  if (!said.every((text) => isSaid(text) && isPlain(text))) return 'interpreter-unnamed'
  return names.some((other) => same(name, other)) ? 'interpreter-self' : undefined
}

/** What stands for them in the agreement, which holds no name. */
export const interpreterKey = (interpreter: Interpreter): string =>
  `interpreter-${sha256Hex(expectOk(canonicalBytes({ ...interpreter }))).slice(0, 32)}`
