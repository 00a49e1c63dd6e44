import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ActTransaction, Store } from '#usecases'
import { newScope, openTestStore, someAct } from './fixture.ts'

const cleanups: (() => Promise<void>)[] = []
const file = { after: (work: () => Promise<void>) => void cleanups.push(work) } as Parameters<
  typeof openTestStore
>[0]
const opened = openTestStore(file)
after(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

/** Long enough for whoever could go on to have gone on. */
const aWhileMs = 150
const gate = () => {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, passed }
}

const act = (
  store: Store,
  who: string,
  work: (transaction: ActTransaction, act: string) => Promise<void>,
) => {
  const scope = newScope(who)
  return store.transact(scope, async (transaction) => {
    const seen = await transaction.listWithdrawals('shared')
    await transaction.recordAct(someAct)
    await work(transaction, scope.act)
    return seen.map(({ id }) => id)
  })
}
const withdraw = (store: Store, who: string, id: string, purposes: string[] | null = null) =>
  act(store, who, (transaction) => transaction.recordWithdrawal({ id, at: someAct.at, purposes }))

test('a withdrawal waits for an act that began before it, and the next act sees it', async () => {
  const { store } = await opened
  const { open, passed } = gate()
  const order: string[] = []
  const before = act(store, 'one', () => passed).then((seen) => order.push(`act saw ${seen.length}`))
  await sleep(aWhileMs)
  const withdrawal = withdraw(store, 'one', 'w1').then(() => order.push('withdrawn'))
  await sleep(aWhileMs)
  const later = act(store, 'one', async () => {}).then((seen) => order.push(`act saw ${seen.length}`))
  await withdraw(store, 'somebody-else', 'w1')
  await sleep(aWhileMs)
  assert.deepEqual(order, [], 'all of this person wait, and nobody else')
  open()
  await Promise.all([before, withdrawal, later])
  assert.deepEqual(order, ['act saw 0', 'withdrawn', 'act saw 1'])
})

test('who holds a person alone reads after all that began before, and before all that begins later', async () => {
  const { store } = await opened
  const { open, passed } = gate()
  const order: string[] = []
  const before = act(store, 'alone', async () => {
    await passed
    order.push('before')
  })
  await sleep(aWhileMs)
  const alone = store.transact(newScope('alone'), async (transaction) => {
    await transaction.listWithdrawals('alone')
    order.push('alone begins')
    await transaction.recordAct(someAct)
    await sleep(aWhileMs)
    await transaction.recordWithdrawal({ id: 'w', at: someAct.at, purposes: null })
    order.push('alone ends')
  })
  await sleep(aWhileMs)
  const later = act(store, 'alone', async () => {}).then((seen) => order.push(`later saw ${seen.length}`))
  open()
  await Promise.all([before, alone, later])
  assert.deepEqual(order, ['before', 'alone begins', 'alone ends', 'later saw 1'])
})

test('an act waits for a withdrawal that is being recorded', async () => {
  const { store } = await opened
  const { open, passed } = gate()
  const withdrawal = act(store, 'two', async (transaction) => {
    await transaction.recordWithdrawal({ id: 'w', at: someAct.at, purposes: ['research'] })
    await passed
  })
  await sleep(aWhileMs)
  let done = false
  const later = act(store, 'two', async () => {}).finally(() => {
    done = true
  })
  await sleep(aWhileMs)
  assert.equal(done, false)
  open()
  await withdrawal
  assert.deepEqual(await later, ['w'])
})

test('a withdrawal that fails lets go and is not seen', async () => {
  const { store } = await opened
  const failing = act(store, 'three', async (transaction) => {
    await transaction.recordWithdrawal({ id: 'w', at: someAct.at, purposes: null })
    throw new Error('of the effect')
  })
  await assert.rejects(failing, /of the effect/)
  assert.deepEqual(await act(store, 'three', async () => {}), [])
})

test('withdrawals at the same moment are all recorded', async () => {
  const { store } = await opened
  const { open, passed } = gate()
  const ids = ['w1', 'w2', 'w3', 'w4', 'w5']
  const all = ids.map((id) =>
    act(store, 'four', async (transaction) => {
      await passed
      await transaction.recordWithdrawal({ id, at: someAct.at, purposes: [id] })
    }),
  )
  await sleep(aWhileMs)
  open()
  await Promise.all(all)
  assert.deepEqual(await act(store, 'four', async () => {}), ids)
})

test('what was withdrawn comes back as it was said, in order', async () => {
  const { store } = await opened
  const records = [
    { id: 'b', at: '2026-11-20T08:00:00.001Z', purposes: ['treatment', 'a"b,{}'] },
    { id: 'a', at: '2026-11-20T08:00:00.002Z', purposes: null },
    { id: 'c', at: '1999-12-31T23:59:59.999Z', purposes: [] },
  ] as const
  for (const record of records) {
    await act(store, 'five', (transaction) => transaction.recordWithdrawal(record as never))
  }
  const listed = await store.transact(newScope('five'), (transaction) =>
    transaction.listWithdrawals('shared'),
  )
  assert.deepEqual(listed, [records[2], records[0], records[1]])
})
