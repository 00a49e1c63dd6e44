import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { GenomeReport } from '#genome'
import type { Fault, Json } from '#kernel'
import { ApiError } from '../api.ts'
import type { Asked, Told } from './messages.ts'

const addresses = {
  alleles: new URL('../../../knowledge/genome/alleles.json', import.meta.url),
  phenotypes: new URL('../../../knowledge/genome/phenotypes.json', import.meta.url),
  findings: new URL('../../../knowledge/genome/findings.json', import.meta.url),
}

/** Where the page is with a file. */
export type Progress =
  | { readonly state: 'waiting' }
  | { readonly state: 'reading'; readonly file: File; readonly read: number }
  | { readonly state: 'stopped' }
  | { readonly state: 'refused'; readonly fault: Fault }
  | { readonly state: 'called'; readonly reports: readonly GenomeReport[] }
  | { readonly state: 'broken' }

/** Tables of the genome as the server hands them out to everybody. They are fetched before a file can be chosen. */
const useTables = () =>
  useQuery({
    queryKey: ['genome-tables'],
    queryFn: async () => ({
      alleles: await fetchTable('alleles'),
      phenotypes: await fetchTable('phenotypes'),
      findings: await fetchTable('findings'),
    }),
    staleTime: Number.POSITIVE_INFINITY,
  })

async function fetchTable(name: keyof typeof addresses): Promise<Json> {
  const response = await fetch(addresses[name]).catch(() => undefined)
  if (response?.ok !== true) throw new ApiError(response?.status ?? 0)
  return (await response.json()) as Json
}

/** Calls files in a worker that lives as long as the page. */
export function useCaller() {
  const { data: tables, error, refetch } = useTables()
  const worker = useRef<Worker>(undefined)
  const run = useRef(0)
  const [isReady, beReady] = useState(false)
  const [progress, show] = useState<Progress>({ state: 'waiting' })

  useEffect(() => {
    if (tables === undefined) return
    const started = new Worker(new URL('./genomeWorker.ts', import.meta.url), { type: 'module' })
    worker.current = started
    started.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if (data.kind === 'ready') beReady(true)
      else if (data.kind === 'broken' || data.run === run.current) show((now) => next(now, data))
    })
    started.addEventListener('error', () => show({ state: 'broken' }))
    ask(started, { kind: 'tables', ...tables })
    return () => started.terminate()
  }, [tables])

  const call = (file: File): void => {
    run.current += 1
    show({ state: 'reading', file, read: 0 })
    ask(worker.current!, { kind: 'call', run: run.current, file })
  }
  const stop = (): void => {
    run.current += 1
    show({ state: 'stopped' })
    ask(worker.current!, { kind: 'stop' })
  }
  return { error, again: () => void refetch(), isReady, progress, call, stop }
}

const ask = (worker: Worker, asked: Asked): void => worker.postMessage(asked)

function next(now: Progress, told: Exclude<Told, { kind: 'ready' }>): Progress {
  if (told.kind === 'broken') return { state: 'broken' }
  if (told.kind === 'called') return { state: 'called', reports: told.reports }
  if (told.kind === 'refused') return { state: 'refused', fault: told.fault }
  return now.state === 'reading' ? { ...now, read: told.read } : now
}
