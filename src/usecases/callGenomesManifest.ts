import {
  err,
  type Fault,
  inputFault,
  isRecord,
  type Json,
  ok,
  parseJson,
  type Result,
  type Sha256Hex,
  sha256Hex,
  utf8,
} from '#kernel'

/** What every result of one folder was made with. Results of two of these never lie in one folder. */
export type RunHead = {
  readonly format: 1
  readonly program: string
  /** `sha256`: of all tables that a call rests on; the version names the alleles alone. */
  readonly knowledge: { readonly alleles: string; readonly sha256: string }
  readonly options: { readonly [name: string]: Json }
}

/** One file of a laboratory: its name among the results, where it lies, and what was in it. */
export type RunInput = {
  readonly name: string
  readonly path: string
  readonly size: number
  readonly sha256: Sha256Hex
}

/** A result file, relative to the folder, and the digest of its bytes. */
export type RunResult = { readonly sample: string; readonly file: string; readonly sha256: Sha256Hex }

/** A line of the manifest: some results of one input that has `samples` of them in all. */
export type RunLine = {
  readonly input: RunInput
  readonly samples: number
  readonly results: readonly RunResult[]
}

export type Manifest = { readonly head: RunHead; readonly inputs: Map<string, RunLine> }

/** Of a folder without a manifest: undefined. A line that is none was not written by this program. */
export function parseManifest(lines: readonly string[], file: string): Result<Manifest | undefined, Fault> {
  const [first, ...rest] = lines
  if (first === undefined) return ok(undefined)
  const head = parseHead(first)
  if (head === undefined) return err(damaged(file, 1))
  const inputs = new Map<string, RunLine>()
  for (const [i, text] of rest.entries()) {
    const line = parseLine(text)
    if (line === undefined) return err(damaged(file, i + 2))
    inputs.set(line.input.name, joinLines(inputs.get(line.input.name), line))
  }
  return ok({ head, inputs })
}

/** A later line of the same content adds results; one of other content takes the place of all that was said before. */
export function joinLines(before: RunLine | undefined, line: RunLine): RunLine {
  if (before?.input.sha256 !== line.input.sha256) return line
  const results = new Map([...before.results, ...line.results].map((result) => [result.sample, result]))
  return { ...line, results: [...results.values()] }
}

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** One line for each input, sorted: the same whatever was interrupted, in whatever order the work was done. */
export const manifestLines = ({ head, inputs }: Manifest): string[] => [
  JSON.stringify(head),
  ...[...inputs.values()]
    .sort((a, b) => byCodeUnits(a.input.name, b.input.name))
    .map((line) =>
      lineText({ ...line, results: [...line.results].sort((a, b) => byCodeUnits(a.sample, b.sample)) }),
    ),
]

export const lineText = ({ input: { name, path, size, sha256 }, samples, results }: RunLine): string =>
  JSON.stringify({
    input: { name, path, size, sha256 },
    samples,
    results: results.map((result) => ({ sample: result.sample, file: result.file, sha256: result.sha256 })),
  })

/** What a folder was made with and this run was asked for, by the names of what differs. */
export function differences(before: RunHead, now: RunHead): string[] {
  const names = new Set([...Object.keys(before.options), ...Object.keys(now.options)])
  const changed = (a: Json | undefined, b: Json | undefined) => JSON.stringify(a) !== JSON.stringify(b)
  return [
    ...(before.program === now.program ? [] : ['another version of the program']),
    ...(changed(before.knowledge, now.knowledge) ? ['another version of the knowledge'] : []),
    ...[...names]
      .filter((name) => changed(before.options[name], now.options[name]))
      .map((name) => `another ${name}`),
  ]
}

const longestName = 200

/** Where the result of a sample lies: whatever the sample is called, one plain name in the folder of its input. */
export function resultFile(input: string, sample: string): string {
  const plain = encodeURIComponent(sample.toWellFormed()).replace(/[!'()*~]|^\./g, escapeByte)
  const name =
    plain.length <= longestName
      ? plain
      : `${plain.slice(0, longestName / 2)}~${sha256Hex(utf8(sample)).slice(0, 32)}`
  return `results/${input}/${name}.json`
}

const escapeByte = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`

/** Names that are one name on some disks: those differ in case or in how an accent is written. */
export const foldName = (name: string): string => name.normalize('NFC').toLowerCase()

export type Decision =
  /** Every result is there, of exactly this content. */
  | { readonly kind: 'keep' }
  /** `skip`: samples whose results stand; `remove`: results of what the input was before, which go first. */
  | { readonly kind: 'call'; readonly skip: ReadonlySet<string>; readonly remove: readonly RunResult[] }
  /** The name is taken by another file: its results must not become those of somebody else. */
  | { readonly kind: 'refuse'; readonly path: string }

/** What to do about an input. `intact`: samples whose result file has the bytes that the manifest says. */
export function decideInput(
  before: RunLine | undefined,
  now: { readonly path: string; readonly sha256: string | null },
  intact: ReadonlySet<string>,
): Decision {
  if (before === undefined) return { kind: 'call', skip: new Set(), remove: [] }
  if (before.input.sha256 !== now.sha256)
    return before.input.path === now.path
      ? { kind: 'call', skip: new Set(), remove: before.results }
      : { kind: 'refuse', path: before.input.path }
  const standing = before.results.filter(({ sample }) => intact.has(sample)).map(({ sample }) => sample)
  return standing.length === before.samples
    ? { kind: 'keep' }
    : { kind: 'call', skip: new Set(standing), remove: [] }
}

const damaged = (file: string, line: number): Fault =>
  inputFault(
    'genome.manifest',
    `${file}:${line}`,
    'a line that this program did not write',
    'the manifest as it was left',
  )

function parseObject(text: string) {
  const parsed = parseJson(text, 'manifest')
  return parsed.ok && isRecord(parsed.value) ? parsed.value : undefined
}

function parseHead(text: string): RunHead | undefined {
  const { format, program, knowledge, options } = parseObject(text) ?? {}
  if (format !== 1 || typeof program !== 'string' || !isRecord(knowledge) || !isRecord(options))
    return undefined
  const { alleles, sha256 } = knowledge
  if (typeof alleles !== 'string' || typeof sha256 !== 'string') return undefined
  return { format, program, knowledge: { alleles, sha256 }, options: options as RunHead['options'] }
}

function parseLine(text: string): RunLine | undefined {
  const { input, samples, results } = parseObject(text) ?? {}
  if (!isRecord(input) || !Number.isSafeInteger(samples) || !Array.isArray(results)) return undefined
  const { name, path, size, sha256 } = input
  if (typeof name !== 'string' || typeof path !== 'string' || typeof size !== 'number' || !isDigest(sha256))
    return undefined
  const parsed = results.map((result) => parseResult(name, result))
  if (!isInside(name) || parsed.includes(undefined)) return undefined
  return { input: { name, path, size, sha256 }, samples: samples as number, results: parsed as RunResult[] }
}

/** Files are replaced and removed by these names: one that this program would not give is not believed. */
function parseResult(name: string, value: unknown): RunResult | undefined {
  if (!isRecord(value)) return undefined
  const { sample, file, sha256 } = value
  if (typeof sample !== 'string' || !isDigest(sha256) || file !== resultFile(name, sample)) return undefined
  return { sample, file, sha256 }
}

const isInside = (name: string): boolean =>
  name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

const isDigest = (value: unknown): value is Sha256Hex =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
