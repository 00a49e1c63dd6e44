// node --import tsx --conditions=source tools/consensus/main.ts getrm_consensus.tsv
// Takes from the published table what it says of the samples of the whole-genome test, in the genes that are called.
import { readFile, writeFile } from 'node:fs/promises'
import { knowledge } from '../../test/genome/knowledge.ts'

const samples = ['NA18526', 'NA18565', 'NA18861']
/** Called from outside, or looked for one change at a time: compared in words in docs/wgs-comparison.md. */
const beside = ['CYP2D6', 'CYP2C8', 'CYP1A2']
const genes = new Set([...knowledge.genes.map(({ gene }) => gene), ...beside])

const [path = ''] = process.argv.slice(2)
const [header, ...lines] = (await readFile(path, 'utf8')).trim().split('\n')
if (header !== 'sample\tgene\tdiplotype') throw new Error(`${path}: other columns`)
const rows = lines
  .map((line) => line.split('\t'))
  .filter(([sample = '', gene = '']) => samples.includes(sample) && genes.has(gene))
const table = {
  source:
    'GeT-RM consensus (Pratt et al., J Mol Diagn 2016 and later characterisations), by way of manuelcorpas/24-AGENTIC-PGX-BENCHMARK ccd5aa630f85, real-genome-arm/getrm/getrm_consensus.tsv',
  licence:
    'none is stated beside that table; only names of alleles are taken, which are facts of the published supplementary tables',
  madeBy: 'tools/consensus',
  consensus: Object.fromEntries(
    samples.map((name) => [
      name,
      Object.fromEntries(rows.flatMap(([sample, gene, pair]) => (sample === name ? [[gene, pair]] : []))),
    ]),
  ),
}
await writeFile('test/genome/consensus.json', `${JSON.stringify(table, null, 2)}\n`)
