import type { Programs } from '#cli'
import { readGenomeTables, version } from './main.parts.ts'

export const callGenomesInto: Programs['callGenomesInto'] = async (request, show, tell) => {
  const [
    { callGenomesInto, readerWith },
    { genomeCaller },
    { genomeReader },
    { findGenomes },
    folder,
    tables,
  ] = await Promise.all([
    import('./usecases/callGenomesInto.ts'),
    import('./usecases/callGenomes.ts'),
    import('./adapters/vcf/readVcf.ts'),
    import('./adapters/files/findGenomes.ts'),
    import('./adapters/files/resultFolder.ts'),
    readGenomeTables(),
  ])
  if (!tables.ok) return tables
  const knowledge = tables.value
  const caller = genomeCaller({ genomes: genomeReader(knowledge), knowledge }, request.options, [])
  const ports = {
    program: version,
    knowledge,
    findGenomes,
    openResults: folder.openResultFolder,
    identify: folder.identifyFile,
    read: readerWith(caller),
  }
  return callGenomesInto(ports, request, show, tell)
}
