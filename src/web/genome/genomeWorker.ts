import { type GenomeKnowledge, parseGenomeKnowledge } from '#genome'
import { callFile } from './callFile.ts'
import type { Asked, Told } from './messages.ts'

/** Beside the page, so that it stays alive; the policy of this script lets it connect to nothing (`src/http/site.ts`). */
let knowledge: GenomeKnowledge | undefined
let current = 0

const tell = (told: Told): void => postMessage(told)

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  if (data.kind === 'tables') takeTables(data)
  else if (data.kind === 'stop') current = 0
  else void call(data)
})

function takeTables({ alleles, phenotypes, findings }: Extract<Asked, { kind: 'tables' }>): void {
  const parsed = parseGenomeKnowledge(alleles, phenotypes, findings)
  if (parsed.ok) knowledge = parsed.value
  tell({ kind: parsed.ok ? 'ready' : 'broken' })
}

async function call({ run, file }: Extract<Asked, { kind: 'call' }>): Promise<void> {
  current = run
  try {
    const called = await callFile(file, knowledge!, {
      onProgress: (read) => tell({ kind: 'progress', run, read }),
      isStopped: () => current !== run,
    })
    if (called === undefined) return
    tell(
      called.ok
        ? { kind: 'called', run, reports: called.value }
        : { kind: 'refused', run, fault: called.error },
    )
  } catch {
    tell({ kind: 'broken' })
  }
}
