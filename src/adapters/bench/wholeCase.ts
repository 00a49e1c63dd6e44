import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type GivenRecord, writeMadeGenome } from './madeGenome.ts'

const documents = ['case.json', 'clinical.json', 'environment.json']

/** The example's case with a genome of the size that a sequencer makes: the example's own records lie among made ones. */
export async function makeWholeCase(example: string, folder: string, records: number): Promise<string> {
  await mkdir(folder, { recursive: true })
  for (const name of documents) await copyFile(join(example, name), join(folder, name))
  const own = (await readFile(join(example, 'genome.vcf'), 'utf8')).split('\n')
  const given = own.filter((line) => line !== '' && !line.startsWith('#')).map(recordOf)
  await writeMadeGenome(join(folder, 'genome.vcf.gz'), records, given)
  return folder
}

function recordOf(line: string): GivenRecord {
  const [chrom = '', pos = ''] = line.split('\t')
  return { chrom, pos: Number(pos), line: `${line}\n` }
}
