import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import {
  type GenomeFile,
  type GenomeKnowledge,
  type GenomeReader,
  type ReadOptions,
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

const readSize = 1 << 19

/** Reads VCF files from disk in one pass: digest, decompression and scan, in memory that does not grow with the file. */
export function genomeReader(knowledge: GenomeKnowledge): GenomeReader {
  const positions = wantedPositions(knowledge)
  return {
    async read(path, options) {
      try {
        return await scanFile(
          path,
          options,
          new VcfScanner({ positions, file: path, sample: options.sample }),
        )
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
  { onProgress }: ReadOptions,
  scanner: VcfScanner,
): Promise<Result<GenomeFile, Fault>> {
  const size = await sizeOf(path)
  const digest = createHash('sha256')
  let read = 0
  const source = async function* (): AsyncIterable<Buffer> {
    for await (const chunk of createReadStream(path, { highWaterMark: readSize }) as AsyncIterable<Buffer>) {
      digest.update(chunk)
      read += chunk.length
      onProgress?.(read, size)
      yield chunk
    }
  }
  for await (const chunk of decompress(source(), path)) if (!scanner.push(chunk)) break
  const scanned = scanner.finish()
  if (!scanned.ok) return scanned
  const { records, samples } = scanned.value
  const sha256 = digest.digest('hex') as Sha256Hex
  return ok({ source: { file: path, sha256, records }, assembly: 'GRCh38', samples })
}

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
