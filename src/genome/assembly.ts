import { FaultError, inputFault } from '#kernel'

/** Lengths of chromosomes 1–22, X and Y: GRCh37 and GRCh38 (Genome Reference Consortium). */
const lengths: Readonly<Record<string, readonly [grch37: number, grch38: number]>> = {
  chr1: [249250621, 248956422],
  chr2: [243199373, 242193529],
  chr3: [198022430, 198295559],
  chr4: [191154276, 190214555],
  chr5: [180915260, 181538259],
  chr6: [171115067, 170805979],
  chr7: [159138663, 159345973],
  chr8: [146364022, 145138636],
  chr9: [141213431, 138394717],
  chr10: [135534747, 133797422],
  chr11: [135006516, 135086622],
  chr12: [133851895, 133275309],
  chr13: [115169878, 114364328],
  chr14: [107349540, 107043718],
  chr15: [102531392, 101991189],
  chr16: [90354753, 90338345],
  chr17: [81195210, 83257441],
  chr18: [78077248, 80373285],
  chr19: [59128983, 58617616],
  chr20: [63025520, 64444167],
  chr21: [48129895, 46709983],
  chr22: [51304566, 50818468],
  chrX: [155270560, 156040895],
  chrY: [59373566, 57227415],
}

const older = /GRCh37|hg19|hs37|\bb37\b|g1k_v37|NCBI36|hg18|\bb36\b/i
const other = /CHM13|hs1\b|T2T/i
const plain = /^(?:chr)?(\d{1,2}|X|Y|M|MT)$/i

/** `10` and `chr10` are the same contig. */
export function contigName(contig: string): string {
  const name = plain.exec(contig)?.[1]?.toUpperCase()
  if (name === undefined) return contig
  return name === 'MT' ? 'chrM' : `chr${name}`
}

/** Refuses a header that states another assembly than GRCh38; a header that states none is judged by REF bases later. */
export function checkAssembly(headerLine: string, where: string): void {
  const stated = /^##(?:reference|assembly)=(.*)$/.exec(headerLine)?.[1]
  if (stated !== undefined) refuseByName(stated, where)
  if (!headerLine.startsWith('##contig=')) return
  const assembly = /[<,]assembly="?([^,">]+)/.exec(headerLine)?.[1]
  if (assembly !== undefined) refuseByName(/^(?:3[67]|1[89])$/.test(assembly) ? 'GRCh37' : assembly, where)
  const id = /[<,]ID=([^,>]+)/.exec(headerLine)?.[1]
  const length = Number(/[<,]length=(\d+)/.exec(headerLine)?.[1] ?? Number.NaN)
  const known = id === undefined ? undefined : lengths[contigName(id)]
  if (known === undefined || Number.isNaN(length) || length === known[1]) return
  const build = length === known[0] ? 'GRCh37' : 'another assembly'
  refuse(where, `${contigName(id!)} of ${length} bases, which is ${build}`, `GRCh38 (${known[1]} bases)`)
}

function refuseByName(name: string, where: string): void {
  if (/GRCh38|hg38/i.test(name)) return
  if (older.test(name)) refuse(where, 'a reference older than GRCh38 (GRCh37, hg19 or before)', 'GRCh38')
  if (other.test(name)) refuse(where, 'the reference CHM13', 'GRCh38')
}

function refuse(where: string, found: string, expected: string): never {
  throw new FaultError(inputFault('vcf.wrong-build', where, found, expected))
}
