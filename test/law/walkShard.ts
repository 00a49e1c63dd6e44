import { compareOnWalk } from './walk.ts'

/** One walk in a process of its own: `walkShard COUNT SEED`, told to its parent when it is over. */
const [count, seed] = process.argv.slice(2).map(Number) as [number, number]
const walked = compareOnWalk(count, seed, (step) => {
  if (step % 10_000 === 0) process.stderr.write(`walk ${seed}: ${step} of ${count} compared\n`)
})
process.send?.(walked)
process.disconnect()
