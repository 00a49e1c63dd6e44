import { inputFault } from '#kernel'
import type { GenomeOptions, IntoRequest, IntoSummary } from '#usecases'
import type { Programs } from './programs.ts'
import { type ExitStatus, makeProgress, printJson, reportFault, type Terminal } from './terminal.ts'

/** Files that cannot be called are told as they come, the others go on, and the exit status says that there were some. */
export async function runGenomeInto(
  terminal: Terminal,
  { callGenomesInto }: Programs,
  request: IntoRequest & { readonly options: GenomeOptions },
  json: boolean,
): Promise<ExitStatus> {
  if (request.options.outside !== undefined) return reportFault(terminal, ofOnePerson)
  if (request.folder === '') return reportFault(terminal, noName)
  const progress = makeProgress(terminal)
  const done = await callGenomesInto(request, progress.show, (fault) => {
    progress.clear()
    reportFault(terminal, fault)
  })
  progress.clear()
  if (!done.ok) return reportFault(terminal, done.error)
  const { files, samples, failed } = done.value
  if (json) printJson(terminal, { out: request.folder, files, samples })
  else terminal.out(describe(request.folder, done.value))
  return failed === null ? 0 : failed === 'input' ? 2 : 3
}

/** Results of another laboratory name no sample: those of one person would stand in everybody's result. */
const ofOnePerson = inputFault(
  'genome.outside-of-one',
  '--outside',
  'results of one person, for a folder of many',
  '--outside without --out',
)

const noName = inputFault('genome.no-name', '--out', 'an empty name', 'a folder')

const describe = (folder: string, { files, samples }: IntoSummary): string =>
  [
    `${folder}: ${samples.called} samples called from ${files.called} files`,
    ...(samples.kept > 0 ? [`${samples.kept} samples were there already`] : []),
    ...(files.failed > 0 ? [`${files.failed} files failed`] : []),
  ]
    .join('; ')
    .concat('\n')
