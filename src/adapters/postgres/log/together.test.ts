import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import { together } from './together.ts'

function slowWork() {
  const runs: { readonly sees: number; readonly end: (error?: Error) => void }[] = []
  let committed = 0
  const work = () =>
    new Promise<number>((resolve, reject) => {
      const sees = committed
      runs.push({ sees, end: (error) => (error ? reject(error) : resolve(sees)) })
    })
  return { runs, work, commit: () => ++committed }
}

test('callers during a run share one later run, which sees what each had done', async () => {
  const { runs, work, commit } = slowWork()
  const publish = together(work)
  const call = async () => {
    const mine = commit()
    assert.ok((await publish()) >= mine)
  }
  const calls = [call(), call(), call(), call()]
  await tick()
  assert.equal(runs.length, 1)
  runs[0]!.end()
  await tick()
  assert.deepEqual([runs.length, runs[1]!.sees], [2, 4])
  calls.push(call())
  runs[1]!.end()
  await tick()
  assert.deepEqual([runs.length, runs[2]!.sees], [3, 5])
  runs[2]!.end()
  await Promise.all(calls)
})

test('a run that fails fails for its callers only', async () => {
  const { runs, work } = slowWork()
  const publish = together(work)
  const first = publish()
  const second = publish()
  runs[0]!.end(new Error('lost'))
  await assert.rejects(first, /lost/)
  await tick()
  runs[1]!.end()
  assert.equal(await second, 0)
  const third = publish()
  runs[2]!.end()
  assert.equal(await third, 0)
})
