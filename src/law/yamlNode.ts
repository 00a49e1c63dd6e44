import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { type Day, FaultError, inputFault, parseDay } from '#kernel'

export type NormFaultCode =
  | 'norms.yaml'
  | 'norms.shape'
  | 'norms.code'
  | 'norms.fact'
  | 'norms.date'
  | 'norms.duplicate'
  | 'norms.dangling'
  | 'norms.cycle'

/** A place in a file of norms: reads as what is expected there, or throws a fault naming `file:line`. */
export class YamlNode {
  readonly #node: unknown
  readonly #lines: LineCounter
  readonly #file: string
  readonly #offset: number

  constructor(node: unknown, lines: LineCounter, file: string, offset: number) {
    this.#node = node
    this.#lines = lines
    this.#file = file
    this.#offset = (node as { range?: readonly number[] } | null)?.range?.[0] ?? offset
  }

  get where(): string {
    return `${this.#file}:${this.#lines.linePos(this.#offset).line}`
  }

  fail(code: NormFaultCode, found: string, expected: string): never {
    throw new FaultError(inputFault(code, this.where, found, expected))
  }

  #at(node: unknown): YamlNode {
    return new YamlNode(node, this.#lines, this.#file, this.#offset)
  }

  get kind(): 'map' | 'list' | 'scalar' {
    return isMap(this.#node) ? 'map' : isSeq(this.#node) ? 'list' : 'scalar'
  }

  get value(): unknown {
    return isScalar(this.#node) ? this.#node.value : undefined
  }

  entries(): readonly (readonly [key: string, value: YamlNode])[] {
    if (!isMap(this.#node)) return this.fail('norms.shape', `a ${this.kind}`, 'a map')
    return this.#node.items.map(({ key, value }) => [
      String((key as { value?: unknown }).value),
      this.#at(value ?? key),
    ])
  }

  /** Members of a map; one that is not listed is refused at its own line. */
  members<Name extends string>(...names: readonly Name[]): Readonly<Partial<Record<Name, YamlNode>>> {
    const found: Partial<Record<Name, YamlNode>> = {}
    for (const [key, value] of this.entries()) {
      if (!(names as readonly string[]).includes(key))
        value.fail('norms.shape', `"${key}"`, `one of ${names.join(', ')}`)
      found[key as Name] = value
    }
    return found
  }

  need<T>(member: T | undefined, name: string): T {
    return member ?? this.fail('norms.shape', 'nothing', name)
  }

  list(): readonly YamlNode[] {
    return isSeq(this.#node) ? this.#node.items.map((item) => this.#at(item)) : [this]
  }

  text(): string {
    return typeof this.value === 'string' && this.value.trim() !== ''
      ? this.value
      : this.fail('norms.shape', this.value === undefined ? `a ${this.kind}` : typeof this.value, 'text')
  }

  flag(): boolean {
    return typeof this.value === 'boolean'
      ? this.value
      : this.fail('norms.shape', typeof this.value, 'true or false')
  }

  amount(): number {
    return typeof this.value === 'number' && this.value >= 0
      ? this.value
      : this.fail('norms.shape', typeof this.value, 'a number from 0')
  }

  day(): Day {
    return (
      parseDay(String(this.value)) ??
      this.fail('norms.date', JSON.stringify(this.value ?? null), 'a day of the calendar, YYYY-MM-DD')
    )
  }

  dayOrOpen(): Day | null {
    return this.value === null ? null : this.day()
  }

  code<const Code extends string>(codes: readonly Code[]): Code {
    const known = codes.find((code) => code === this.value)
    return (
      known ?? this.fail('norms.code', JSON.stringify(this.value ?? this.kind), `one of ${codes.join(', ')}`)
    )
  }

  codes<const Code extends string>(codes: readonly Code[]): readonly Code[] {
    return this.list().map((item) => item.code(codes))
  }
}

/** The root of a YAML text and its plain value. */
export function readYaml(file: string, text: string): { readonly root: YamlNode; readonly plain: unknown } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const [flaw] = document.errors
  const root = new YamlNode(document.contents, lines, file, 0)
  if (flaw) {
    const line = lines.linePos(flaw.pos[0]).line
    throw new FaultError(
      inputFault('norms.yaml', `${file}:${line}`, flaw.code.toLowerCase().replaceAll('_', ' '), 'YAML'),
    )
  }
  return { root, plain: document.toJS() }
}
