import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { leafHash, parseProof } from '#evidence'
import { equalBytes, expectOk } from '#kernel'
import { exportedLeaf } from './exportedLeaf.ts'
import { freshFolder, habeas, startHabeas } from './habeas.ts'

const kills = 50
/** Spread from the first tenth of a command's life to beyond its end, in an order without rhythm. */
const momentOf = (round: number, life: number): number =>
  life * (0.1 + 1.5 * (((round * 37) % kills) / kills))

async function planAndKill(out: string, data: string, after: number): Promise<boolean> {
  const child = startHabeas(['plan', 'examples/permitted', '--out', out, '--data', data])
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const first = await Promise.race([
    ended.then((status) => ({ status })),
    sleep(after, undefined, { ref: false }).then(() => undefined),
  ])
  if (first !== undefined) return first.status === 0
  child.kill('SIGKILL')
  await ended
  return false
}

/** Milliseconds that a whole command takes here and now, on a folder that is already there. */
async function lifeOf(data: string): Promise<number> {
  await planAndKill(join(freshFolder('out'), 'out'), data, 600_000)
  const from = performance.now()
  await planAndKill(join(freshFolder('out'), 'out'), data, 600_000)
  return performance.now() - from
}

test(`${kills} times kill -9 in the middle of a plan: what was acknowledged is there and provable, the next start needs no hand`, async (t) => {
  const data = freshFolder('killed')
  const acknowledged: string[] = []
  let killed = 0
  const life = await lifeOf(data)
  for (let round = 0; round < kills; round++) {
    const out = join(freshFolder('out'), 'out')
    if (await planAndKill(out, data, momentOf(round, life))) acknowledged.push(out)
    else killed += 1
  }
  const last = freshFolder('last')
  const run = habeas(['plan', 'examples/permitted', '--out', last, '--data', data])
  assert.equal(run.status, 0, run.err)
  acknowledged.push(last)

  const log = freshFolder('log')
  const exported = habeas(['log', 'export', '--out', log, '--data', data, '--json'])
  assert.equal(exported.status, 0, exported.err)
  const indices = new Set<number>()
  for (const out of acknowledged) {
    const verified = habeas(['verify', out])
    assert.equal(verified.status, 0, verified.out)
    const { index } = expectOk(parseProof(readFileSync(join(out, 'evidence/receipt.tlog-proof'), 'utf8')))
    assert.ok(equalBytes(exportedLeaf(log, index), leafHash(readFileSync(join(out, 'evidence/leaf.bin')))))
    indices.add(index)
  }
  assert.equal(indices.size, acknowledged.length, 'each acknowledged act has an index of its own')
  assert.ok(killed > 0, 'nothing was killed: the moments are too late')
  assert.ok(acknowledged.length > 1, 'nothing came through: the moments are too early')
  t.diagnostic(
    `${killed} killed, ${acknowledged.length} acknowledged, ${JSON.parse(exported.out).size} entries in the log`,
  )
})
