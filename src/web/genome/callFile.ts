import {
  beginsPacked,
  type GenomeKnowledge,
  type GenomeReport,
  reportSample,
  scanText,
  unpack,
  VcfScanner,
  wantedPositions,
} from '#genome'
import { err, type Fault, FaultError, inputFault, ok, type Result, startSha256 } from '#kernel'
import { inflater } from './inflate.ts'

/** A file that somebody chose: never read whole. */
export type ChosenFile = Pick<File, 'name' | 'size' | 'slice'>

export type Watch = {
  /** Bytes of the file read so far. */
  readonly onProgress: (read: number) => void
  readonly isStopped: () => boolean
}

const readSize = 1 << 19
const reading = { minDepth: null, minGq: null, absentIsReference: false }

/** What `habeas genome FILE --json` says, one document for each sample; undefined when it was stopped. */
export async function callFile(
  file: ChosenFile,
  knowledge: GenomeKnowledge,
  watch: Watch,
): Promise<Result<readonly GenomeReport[], Fault> | undefined> {
  const scanner = new VcfScanner({ positions: wantedPositions(knowledge), file: file.name })
  const digest = startSha256()
  let isPacked = false
  const take = (bytes: Uint8Array, at: number): void => {
    if (at === 0) isPacked = beginsPacked(bytes)
    digest.update(bytes)
  }
  try {
    const texts = unpack(read(file, take, watch), file.name, inflater)
    const { isStopped } = watch
    if ((await scanText(texts, scanner, { isPacked: () => isPacked, isStopped })) === 'stopped')
      return undefined
  } catch (error) {
    if (error instanceof FaultError) return err(error.fault)
    throw error
  }
  if (watch.isStopped()) return undefined
  const scanned = scanner.finish()
  if (!scanned.ok) return scanned
  const { records, samples } = scanned.value
  const source = { file: file.name, sha256: digest.finish(), records, index: null }
  const genome = { source, assembly: 'GRCh38', samples } as const
  return ok(
    samples.map((sample) =>
      reportSample(genome, sample, knowledge, { allMatches: false, outside: [], findings: [], reading }),
    ),
  )
}

async function* read(
  file: ChosenFile,
  take: (bytes: Uint8Array, at: number) => void,
  { onProgress, isStopped }: Watch,
): AsyncIterable<Uint8Array> {
  for (let at = 0; at < file.size && !isStopped(); at += readSize) {
    const chunk = await bytesOf(file, at)
    take(chunk, at)
    onProgress(at + chunk.length)
    yield chunk
  }
}

/** A file that is changed or taken away while it is read cannot be read on: browsers say so by an error. */
async function bytesOf(file: ChosenFile, at: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(at, at + readSize).arrayBuffer())
  } catch {
    const found = 'a file that was changed or taken away meanwhile'
    throw new FaultError(inputFault('vcf.unreadable', file.name, found, 'a file that can be read'))
  }
}
