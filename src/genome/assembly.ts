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

/** Versions of NC_000001 to NC_000024 (RefSeq) in GRCh38; GRCh37 has the version before each. */
const refSeq = [11, 12, 12, 12, 10, 12, 14, 11, 12, 11, 10, 12, 11, 9, 10, 10, 11, 10, 10, 11, 9, 11, 11, 10]
const refSeqName = /^NC_0000(\d\d)\.(\d+)$/
/** GenBank: CM000663 is chromosome 1, CM000686 is Y; version 2 is GRCh38, version 1 GRCh37. */
const genBankName = /^CM000(\d{3})\.(\d+)$/
const mitochondrial = new Set(['NC_012920.1', 'J01415.2'])

/** The chromosome that an accession names, and the assembly that its version belongs to. */
function readAccession(contig: string): { readonly name: string; readonly build: number } | undefined {
  if (mitochondrial.has(contig)) return { name: 'chrM', build: 38 }
  const [, number, version] = refSeqName.exec(contig) ?? []
  if (number !== undefined)
    return accession(Number(number), 38 + Number(version) - (refSeq[Number(number) - 1] ?? 0))
  const [, code, edition] = genBankName.exec(contig) ?? []
  return code === undefined ? undefined : accession(Number(code) - 662, 36 + Number(edition))
}

function accession(number: number, build: number) {
  if (number < 1 || number > 24) return undefined
  return { name: `chr${number === 23 ? 'X' : number === 24 ? 'Y' : number}`, build }
}

/** `10`, `chr10`, `NC_000010.11` and `CM000672.2` are the same contig. */
export function contigName(contig: string): string {
  const name = plain.exec(contig)?.[1]?.toUpperCase()
  if (name === undefined) return readAccession(contig)?.name ?? contig
  return name === 'MT' ? 'chrM' : `chr${name}`
}

/** Refuses a contig whose accession is of another assembly; true when it is of GRCh38. */
export function checkContig(contig: string, where: string): boolean {
  const found = readAccession(contig)
  if (found === undefined || mitochondrial.has(contig)) return false
  const build = found.build === 37 ? 'GRCh37' : 'another assembly'
  if (found.build !== 38) refuse(where, `${contig}, which is ${found.name} of ${build}`, 'GRCh38')
  return true
}

/**
 * Refuses a header line that states another assembly than GRCh38; true when it states this one. A file that states none is
 * judged by its REF bases.
 */
export function checkAssembly(headerLine: string, where: string): boolean {
  const stated = /^##(?:reference|assembly)=(.*)$/.exec(headerLine)?.[1]
  if (stated !== undefined) return checkName(stated, where)
  if (!headerLine.startsWith('##contig=')) return false
  const assembly = /[<,]assembly="?([^,">]+)/.exec(headerLine)?.[1]
  const byName =
    assembly !== undefined && checkName(/^(?:3[67]|1[89])$/.test(assembly) ? 'GRCh37' : assembly, where)
  const id = /[<,]ID=([^,>]+)/.exec(headerLine)?.[1]
  if (id === undefined) return byName
  const byAccession = checkContig(id, where)
  const length = /[<,]length=(\d+)/.exec(headerLine)?.[1]
  return checkLength(id, length === undefined ? undefined : Number(length), where) || byName || byAccession
}

function checkLength(id: string, length: number | undefined, where: string): boolean {
  const known = lengths[contigName(id)]
  if (known === undefined || length === undefined) return false
  if (length === known[1]) return true
  const build = length === known[0] ? 'GRCh37' : 'another assembly'
  refuse(where, `${contigName(id)} of ${length} bases, which is ${build}`, `GRCh38 (${known[1]} bases)`)
}

function checkName(name: string, where: string): boolean {
  if (/GRCh38|hg38|\bb38\b|hs38/i.test(name)) return true
  if (older.test(name)) refuse(where, 'a reference older than GRCh38 (GRCh37, hg19 or before)', 'GRCh38')
  if (other.test(name)) refuse(where, 'the reference CHM13', 'GRCh38')
  return false
}

function refuse(where: string, found: string, expected: string): never {
  throw new FaultError(inputFault('vcf.wrong-build', where, found, expected))
}
