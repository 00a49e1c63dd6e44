import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { type SampleGenotypes, type ScannedVcf, VcfScanner, wantedPositions } from '#genome'
import { describeFault, err, type Fault, FaultError, type Result } from '#kernel'
import { decompress } from '../../src/adapters/vcf/decompress.ts'
import { callFile } from '../../src/web/genome/callFile.ts'
import { callSample, pathOf, skip, textOf } from './facts.ts'
import { knowledge } from './knowledge.ts'
import { kinds, type Mutant, mutate } from './mutate.ts'

/** `HABEAS_MUTANTS=100000` for the whole of it; the seed of a mutant is its number. */
const most = Number(process.env['HABEAS_MUTANTS'] ?? 1500)
const longest = 2000

const positions = wantedPositions(knowledge)
const file = 'x.vcf'

async function* inPieces(bytes: Buffer): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 5000) yield bytes.subarray(at, at + 5000)
}

/** As the program reads a file, but from memory. */
async function scan(bytes: Buffer): Promise<Result<ScannedVcf, Fault>> {
  const scanner = new VcfScanner({ positions, file })
  try {
    for await (const chunk of decompress(inPieces(bytes), file)) if (!scanner.push(chunk)) break
  } catch (error) {
    if (error instanceof FaultError) return err(error.fault)
    throw error
  }
  return scanner.finish()
}

/** What the file says of each position; a line that stands there twice may be remarked on and says nothing else. */
const printed = (samples: readonly SampleGenotypes[]): string =>
  JSON.stringify(samples.map(({ genotypes }) => [...genotypes].sort(byKey)))

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

type Outcome = 'same' | 'refused' | 'another call'
/** Faults of the file as a whole; every other names its line. */
const ofTheWhole = new Set(['vcf.compression', 'vcf.empty', 'vcf.no-header'])

function judge(mutant: Mutant, scanned: Result<ScannedVcf, Fault>, original: string): Outcome {
  if (!scanned.ok) {
    const { code, where } = scanned.error
    assert.match(where, ofTheWhole.has(code) ? /^x\.vcf(:\d+)?$/ : /^x\.vcf:\d+$/)
    const message = describeFault(scanned.error)
    assert.ok(message.length < 300 && !/\n|\bat .*:\d+:\d+|undefined|NaN|\[object/.test(message), message)
    return 'refused'
  }
  const isSame = printed(scanned.value.samples) === original
  assert.ok(isSame || !mutant.saysTheSame, 'what says the same is read the same')
  for (const sample of scanned.value.samples)
    assert.equal(callSample(sample).length, knowledge.genes.length + 4)
  return isSame ? 'same' : 'another call'
}

/** What unpacks files in a browser refuses the same ones; which fault shows first hangs on how much is unpacked at once. */
async function pageAgrees({ bytes }: Mutant, scanned: Result<ScannedVcf, Fault>): Promise<void> {
  const watch = { onProgress: () => undefined, isStopped: () => false }
  const called = await callFile(new File([Uint8Array.from(bytes)], file), knowledge, watch)
  assert.equal(called!.ok, scanned.ok)
}

test(`${most} mutants of the example files: the same call, another sound one, or a message that says where`, {
  skip,
}, async (t) => {
  const names = readdirSync(pathOf('examples')).filter((name) => name.endsWith('.vcf'))
  const texts = names.map((name) => textOf(`examples/${name}`))
  const originals = await Promise.all(
    texts.map(async (text) => {
      const scanned = await scan(Buffer.from(text))
      assert.ok(scanned.ok)
      return printed(scanned.value.samples)
    }),
  )
  const outcomes = new Map<string, number>()
  let slowest = 0
  for (let seed = 0; seed < most; seed++) {
    const which = seed % names.length
    const mutant = mutate(texts[which]!, seed)
    const start = process.cpuUsage()
    try {
      const scanned = await scan(mutant.bytes)
      const outcome = judge(mutant, scanned, originals[which]!)
      const { user, system } = process.cpuUsage(start)
      slowest = Math.max(slowest, (user + system) / 1000)
      assert.ok(slowest < longest, `${slowest} ms`)
      if (mutant.kind.startsWith('packed') && seed % 8 === 0) await pageAgrees(mutant, scanned)
      outcomes.set(`${mutant.kind}: ${outcome}`, (outcomes.get(`${mutant.kind}: ${outcome}`) ?? 0) + 1)
    } catch (error) {
      throw new Error(`mutant ${seed} of ${names[which]} (${mutant.kind})`, { cause: error })
    }
  }
  for (const [what, count] of [...outcomes].sort()) t.diagnostic(`${what}: ${count}`)
  t.diagnostic(`the slowest took ${Math.round(slowest)} ms`)
  if (most >= 1000)
    assert.deepEqual(
      kinds.filter((kind) => ![...outcomes.keys()].some((key) => key.startsWith(`${kind}:`))),
      [],
    )
})
