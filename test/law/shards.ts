import { fork } from 'node:child_process'
import { once } from 'node:events'
import { compareOnWalk, type Walked } from './walk.ts'

/**
 * More than one walk rule by the built program, which `npm test` has just built from what is here: it is what runs, and it
 * is faster than its source. Most of what is made is thrown away at once, so that a large nursery spares much collecting.
 */
const execArgv = ['--import', 'tsx', '--max-semi-space-size=64']

/** So many walks side by side, each from a seed of its own; together they compare `count` situations. */
export async function compareInShards(shards: number, count: number, seed: number): Promise<Walked> {
  if (shards <= 1) return compareOnWalk(count, seed)
  const each = Math.ceil(count / shards)
  const walks = Array.from({ length: shards }, (_, index) => walkApart(each, seed + index))
  return (await Promise.all(walks)).reduce(together)
}

async function walkApart(count: number, seed: number): Promise<Walked> {
  const child = fork(new URL('walkShard.ts', import.meta.url), [`${count}`, `${seed}`], {
    execArgv,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  let walked: Walked | undefined
  child.on('message', (told: Walked) => {
    walked = told
  })
  const [code, signal] = await once(child, 'exit')
  if (walked === undefined)
    throw new Error(`walk ${seed} ended with ${code ?? signal}; what differs is above`)
  return walked
}

function together(a: Walked, b: Walked): Walked {
  const outcomes = { ...a.outcomes }
  for (const [outcome, times] of Object.entries(b.outcomes))
    outcomes[outcome] = (outcomes[outcome] ?? 0) + times
  return {
    situations: a.situations + b.situations,
    worked: a.worked + b.worked,
    seconds: Math.max(a.seconds, b.seconds),
    outcomes,
    norms: [...new Set([...a.norms, ...b.norms])],
  }
}
