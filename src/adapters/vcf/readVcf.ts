import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import {
  beginsPacked,
  type GenomeFile,
  type GenomeKnowledge,
  type GenomeReader,
  type ReadOptions,
  scanText,
  VcfScanner,
  wantedPositions,
} from '#genome'
import {
  err,
  type Fault,
  FaultError,
  inputFault,
  ok,
  type Result,
  type Sha256Hex,
  surroundingsFault,
} from '#kernel'
import { decompress } from './decompress.ts'
import { readIndexed } from './readIndexed.ts'

const readSize = 1 << 19
const gibibyte = 1024 ** 3
/**
 * A genome with a line for each of its 3.1 billion bases, at some 80 bytes, is just below; blocks of bases alike make it 10 to 20.
 * What unpacks to more was made to keep the program busy.
 */
const mostUnpacked = 256 * gibibyte

type Limits = { readonly mostBytes?: number }

/** Reads VCF files from disk in one pass: digest, decompression and scan, in memory that does not grow with the file. */
export function genomeReader(
  knowledge: GenomeKnowledge,
  { mostBytes = mostUnpacked }: Limits = {},
): GenomeReader {
  const positions = wantedPositions(knowledge)
  return {
    async read(path, options) {
      const makeScanner = () => new VcfScanner({ ...options, positions, file: path })
      try {
        const indexed = await readIndexed(path, positions, makeScanner(), {
          onProgress: options.onProgress,
          mostBytes,
        })
        if ('file' in indexed) return ok(indexed.file)
        const whole = await scanFile(path, { ...options, mostBytes }, makeScanner())
        return whole.ok
          ? ok({ ...whole.value, source: { ...whole.value.source, index: indexed.index } })
          : whole
      } catch (error) {
        if (error instanceof FaultError) return err(error.fault)
        if (isSystemError(error)) return err(describeSystemError(path, error))
        throw error
      }
    },
  }
}

async function scanFile(
  path: string,
  { onProgress, mostBytes }: ReadOptions & Required<Limits>,
  scanner: VcfScanner,
): Promise<Result<GenomeFile, Fault>> {
  const size = await sizeOf(path)
  const digest = createHash('sha256')
  let read = 0
  let isPacked = false
  const source = async function* (): AsyncIterable<Buffer> {
    for await (const chunk of createReadStream(path, { highWaterMark: readSize }) as AsyncIterable<Buffer>) {
      if (read === 0) isPacked = beginsPacked(chunk)
      digest.update(chunk)
      read += chunk.length
      onProgress?.(read, size)
      yield chunk
    }
  }
  const texts = decompress(source(), path)
  const scan = await scanText(texts, scanner, { isPacked: () => isPacked, most: mostBytes })
  if (scan === 'too-long') return err(tooLong(path, mostBytes))
  const scanned = scanner.finish()
  if (!scanned.ok) return scanned
  const { records, samples } = scanned.value
  const sha256 = digest.digest('hex') as Sha256Hex
  return ok({ source: { file: path, sha256, records, index: null }, assembly: 'GRCh38', samples })
}

const tooLong = (path: string, most: number): Fault =>
  inputFault('vcf.too-long', path, `more than ${most} bytes when unpacked`, 'no more than a whole genome has')

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path)
  if (found.isDirectory())
    throw new FaultError(inputFault('vcf.not-a-file', path, 'a folder', 'a VCF file, plain, gzip or BGZF'))
  return found.size
}

type SystemError = Error & { readonly code: string; readonly syscall: string }

const isSystemError = (error: unknown): error is SystemError =>
  error instanceof Error && 'code' in error && 'syscall' in error

const describeSystemError = (path: string, { code }: SystemError): Fault =>
  code === 'ENOENT' || code === 'ENOTDIR'
    ? inputFault('vcf.not-found', path, 'no such file', 'a VCF file, plain, gzip or BGZF')
    : surroundingsFault('vcf.unreadable', path, `a file that cannot be read (${code})`, 'a readable file')
