import type { GenomeKnowledge } from '#genome'
import {
  err,
  type Fault,
  FaultError,
  inputFault,
  type Json,
  ok,
  type Result,
  type Sha256Hex,
  sha256Hex,
  utf8,
} from '#kernel'
import type { FindGenomes, FoundGenomes, GenomeCaller, GenomeOptions } from './callGenomes.ts'
import {
  decideInput,
  differences,
  foldName,
  joinLines,
  lineText,
  type Manifest,
  manifestLines,
  parseManifest,
  type RunHead,
  type RunInput,
  type RunResult,
  resultFile,
} from './callGenomesManifest.ts'

/** A file that was read: its digest, whom it is of, and on demand the document of each that is not to be skipped. */
export type ReadGenome = {
  readonly sha256: Sha256Hex
  readonly samples: readonly string[]
  documents(skip: ReadonlySet<string>): AsyncIterable<{ readonly sample: string; readonly bytes: Uint8Array }>
}

/** Where results and their manifest lie. What fails for want of room or permission is thrown as a `FaultError`. */
export interface ResultFolder {
  /** The manifest as an earlier run left it, and where it lies. */
  readonly lines: readonly string[]
  readonly manifest: string
  /** Of a result's bytes; undefined when it is not there. */
  digest(file: string): Promise<Sha256Hex | undefined>
  /** Each of them whole or not at all; on the disk when this returns. */
  write(files: ReadonlyMap<string, Uint8Array>): Promise<ReadonlyMap<string, Sha256Hex>>
  remove(files: readonly string[]): Promise<void>
  append(line: string): Promise<void>
  replace(lines: readonly string[]): Promise<void>
  close(): Promise<void>
}

export type OpenResultFolder = (
  folder: string,
  show: (text: string) => void,
) => Promise<Result<ResultFolder, Fault>>

type Identity = Pick<RunInput, 'path' | 'size'> & { readonly sha256: Sha256Hex | null }

export type IntoPorts = {
  readonly program: string
  readonly knowledge: GenomeKnowledge
  readonly findGenomes: FindGenomes
  readonly openResults: OpenResultFolder
  /** Where a file lies wherever one stands, and its size; its digest is read only when there is one to compare it with. */
  readonly identify: (file: string, withDigest: boolean) => Promise<Result<Identity, Fault>>
  readonly read: (file: string, onProgress: (done: number) => void) => Promise<Result<ReadGenome, Fault>>
}

export type IntoRequest = {
  readonly paths: readonly string[]
  readonly folder: string
  readonly options: Omit<GenomeOptions, 'outside'>
}

/** What a result file holds is what `habeas genome --json` prints of the sample. */
export const readerWith =
  ({ read, report }: GenomeCaller): IntoPorts['read'] =>
  async (file, onProgress) => {
    const genome = await read(file, onProgress)
    if (!genome.ok) return genome
    const { source, samples } = genome.value
    return ok({
      sha256: source.sha256,
      samples: samples.map(({ sample }) => sample),
      async *documents(skip) {
        for (const each of samples)
          if (!skip.has(each.sample))
            yield { sample: each.sample, bytes: utf8(`${JSON.stringify(report(genome.value, each))}\n`) }
      },
    })
  }

/** Files and samples by what became of them; a file that failed was told by its fault. */
export type IntoSummary = {
  readonly files: { called: number; kept: number; failed: number }
  readonly samples: { called: number; kept: number }
  /** The worst that was told: the surroundings rather than the input. */
  failed: Fault['kind'] | null
}

/** So many results go to the disk together, and are named in one line of the manifest. */
const batchSize = 64

/**
 * Calls every sample of every file into a folder of results, and does not do again what an earlier run finished there. A file
 * that cannot be called is told and the others go on; a folder that cannot be written ends it.
 */
export async function callGenomesInto(
  ports: IntoPorts,
  { paths, folder, options }: IntoRequest,
  show: (text: string) => void,
  tell: (fault: Fault) => void,
): Promise<Result<IntoSummary, Fault>> {
  const { found, faults } = await ports.findGenomes(paths, folder)
  if (found.length === 0) return err(tellAllButOne(faults, tell))
  const inside = await ports.openResults(folder, show)
  if (!inside.ok) return inside
  try {
    const manifest = await openManifest(inside.value, headOf(ports, options))
    if (!manifest.ok) return manifest
    const run = new Run(ports, inside.value, manifest.value, tell)
    for (const fault of faults) run.fail(fault)
    await run.all(found, show)
    return ok(run.summary)
  } catch (error) {
    if (error instanceof FaultError) return err(error.fault)
    throw error
  } finally {
    await inside.value.close()
  }
}

function tellAllButOne(faults: readonly Fault[], tell: (fault: Fault) => void): Fault {
  const worst = faults.find(({ kind }) => kind === 'surroundings') ?? faults[0]!
  for (const fault of faults) if (fault !== worst) tell(fault)
  return worst
}

/** Everything but the files themselves that a result follows from. */
function headOf({ program, knowledge }: IntoPorts, options: IntoRequest['options']): RunHead {
  const {
    sample = null,
    minDepth = null,
    minGq = null,
    absentIsReference = false,
    allMatches = false,
  } = options
  const plain = (_: string, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value
  return {
    format: 1,
    program,
    knowledge: { alleles: knowledge.version, sha256: sha256Hex(utf8(JSON.stringify(knowledge, plain))) },
    options: {
      sample,
      'all-matches': allMatches,
      'min-depth': minDepth,
      'min-gq': minGq,
      'absent-is-reference': absentIsReference,
      findings: [...(options.findings ?? [])] satisfies Json,
    },
  }
}

async function openManifest(results: ResultFolder, head: RunHead): Promise<Result<Manifest, Fault>> {
  const before = parseManifest(results.lines, results.manifest)
  if (!before.ok) return before
  if (before.value === undefined) {
    await results.append(JSON.stringify(head))
    return ok({ head, inputs: new Map() })
  }
  const other = differences(before.value.head, head)
  return other.length === 0 ? ok(before.value) : err(madeWithOther(results.manifest, other))
}

const madeWithOther = (manifest: string, other: readonly string[]): Fault =>
  inputFault(
    'genome.made-with-other',
    manifest,
    `results that were made with ${other.join(', ')}`,
    'a new folder: results of two makings are not mixed',
  )

/** One run over all files; what it did adds up in `summary`. */
class Run {
  readonly summary: IntoSummary = {
    files: { called: 0, kept: 0, failed: 0 },
    samples: { called: 0, kept: 0 },
    failed: null,
  }
  readonly #ports: IntoPorts
  readonly #results: ResultFolder
  readonly #manifest: Manifest
  readonly #tell: (fault: Fault) => void

  constructor(ports: IntoPorts, results: ResultFolder, manifest: Manifest, tell: (fault: Fault) => void) {
    this.#ports = ports
    this.#results = results
    this.#manifest = manifest
    this.#tell = tell
  }

  fail(fault: Fault): void {
    this.summary.files.failed += 1
    this.summary.failed = this.summary.failed === 'surroundings' ? this.summary.failed : fault.kind
    this.#tell(fault)
  }

  async all(found: FoundGenomes['found'], show: (text: string) => void): Promise<void> {
    const names = new Map<string, string>()
    for (const [i, { path, name }] of found.entries()) {
      const where = `${i + 1} of ${found.length}, ${path}`
      const same = names.get(foldName(name))
      names.set(foldName(name), path)
      const done =
        same === undefined
          ? await this.#one(path, name, (text) => show(`${where}${text}`))
          : err(sameName(path, same))
      if (!done.ok) this.fail(done.error)
    }
    const lines = manifestLines(this.#manifest)
    const isCompact = this.summary.samples.called === 0 && lines.join('\n') === this.#results.lines.join('\n')
    if (!isCompact) await this.#results.replace(lines)
  }

  async #one(path: string, name: string, show: (text: string) => void): Promise<Result<undefined, Fault>> {
    show('')
    const before = this.#manifest.inputs.get(name)
    const identity = await this.#ports.identify(path, before !== undefined)
    if (!identity.ok) return identity
    const now = identity.value
    const intact = await this.#intact(before?.results ?? [])
    const decision = decideInput(before, now, intact)
    if (decision.kind === 'refuse') return err(sameName(path, decision.path))
    if (decision.kind === 'keep') {
      this.summary.files.kept += 1
      this.summary.samples.kept += intact.size
      return ok(undefined)
    }
    if (decision.remove.length > 0) await this.#forget(name, decision.remove)
    const read = await this.#ports.read(path, (done) => show(`: ${done} %`))
    if (!read.ok) return read
    const { sha256, samples } = read.value
    if (now.sha256 !== null && now.sha256 !== sha256) return err(changed(path))
    if (new Set(samples.map(foldName)).size < samples.length) return err(sameSample(path))
    await this.#call({ ...now, name, sha256 }, read.value, decision.skip, show)
    return ok(undefined)
  }

  /** Before anything is read: results of what the file was must not pass for results of what it is. */
  async #forget(name: string, results: readonly RunResult[]): Promise<void> {
    await this.#results.remove(results.map(({ file }) => file))
    this.#manifest.inputs.delete(name)
  }

  async #intact(results: readonly RunResult[]): Promise<ReadonlySet<string>> {
    const intact = new Set<string>()
    for (const { sample, file, sha256 } of results)
      if ((await this.#results.digest(file)) === sha256) intact.add(sample)
    return intact
  }

  async #call(
    input: RunInput,
    read: ReadGenome,
    skip: ReadonlySet<string>,
    show: (text: string) => void,
  ): Promise<void> {
    const batch = new Map<string, { readonly sample: string; readonly bytes: Uint8Array }>()
    for await (const { sample, bytes } of read.documents(skip)) {
      batch.set(resultFile(input.name, sample), { sample, bytes })
      if (batch.size < batchSize) continue
      await this.#keep(input, read.samples.length, batch)
      show(`: ${this.#manifest.inputs.get(input.name)!.results.length} of ${read.samples.length} samples`)
    }
    if (batch.size > 0) await this.#keep(input, read.samples.length, batch)
    this.summary.files.called += 1
    this.summary.samples.kept += skip.size
  }

  async #keep(
    input: RunInput,
    samples: number,
    batch: Map<string, { readonly sample: string; readonly bytes: Uint8Array }>,
  ): Promise<void> {
    const digests = await this.#results.write(new Map([...batch].map(([file, { bytes }]) => [file, bytes])))
    const results = [...batch].map(([file, { sample }]) => ({ sample, file, sha256: digests.get(file)! }))
    const line = { input, samples, results }
    await this.#results.append(lineText(line))
    this.#manifest.inputs.set(input.name, joinLines(this.#manifest.inputs.get(input.name), line))
    this.summary.samples.called += batch.size
    batch.clear()
  }
}

const sameName = (path: string, other: string): Fault =>
  inputFault(
    'genome.same-name',
    path,
    `a name under which the results of ${other} lie`,
    'a name of its own, or another folder',
  )

const sameSample = (path: string): Fault =>
  inputFault(
    'genome.same-sample',
    path,
    'samples whose names differ in case alone',
    'names that stay apart on every disk',
  )

const changed = (path: string): Fault =>
  inputFault('genome.changed', path, 'a file that changed while it was read', 'a file that nobody is writing')
