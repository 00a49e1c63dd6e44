import pg from 'pg'
import type { Permit } from '#decision'
import { actId } from '#kernel'
import { answerAct, type Case, operator, type World } from '#usecases'
import { systemChance } from '../chance.ts'
import { given, type MakeSide, readPermittedCase } from './parts.ts'
import { repeatWaiting } from './repeat.ts'
import { readWholeRecord } from './wholeRecord.ts'

export type ConsentSetting = { readonly roundMs: number; readonly dataFolder: string }

export type RecordSetting = ConsentSetting & { readonly cases: string }

/** The gate's answer to one request: what the person ended is read under the lock, the law is read, and it is decided. */
export const governedReadSide: MakeSide<ConsentSetting> = async ({ roundMs, dataFolder }, parts) => {
  const world = { ...(await parts.ports()), store: await parts.store(dataFolder) }
  const { value } = await readPermittedCase(world, parts.examples)
  return {
    round: () =>
      repeatWaiting(
        roundMs,
        gated(world, value, async () => {}),
      ),
    close: () => world.store.close(),
  }
}

/** The person's record, read with the permit of that answer. */
export const gatedRecordSide: MakeSide<RecordSetting> = async ({ roundMs, dataFolder, cases }, parts) => {
  const world = { ...(await parts.ports()), store: await parts.store(dataFolder) }
  const { value } = await readPermittedCase(world, cases)
  const read = async (permit: Permit) => void given(await world.cases.readResources(permit, value))
  return { round: () => repeatWaiting(roundMs, gated(world, value, read)), close: () => world.store.close() }
}

/** The same file, read by the same code, which nobody asked for. */
export const bareRecordSide: MakeSide<RecordSetting> = async ({ roundMs, cases }, parts) => {
  const { value } = await readPermittedCase(await parts.ports(), cases)
  const read = () => readWholeRecord(value)
  return { round: () => repeatWaiting(roundMs, read), close: async () => {} }
}

function gated(world: World, value: Case, effect: (permit: Permit) => Promise<void>) {
  const request = {
    kind: 'plan',
    subject: value.subject.id,
    actor: value.actor.name,
    by: operator,
    situation: value.situation,
    under: 'house-rules' as const,
    death: null,
    hold: 'shared' as const,
    needs: value.situation.data?.categories ?? [],
    inputs: {},
  }
  return () => {
    const act = actId(systemChance.id())!
    return world.store.transact({ act, subject: request.subject }, async (transaction) => {
      const answer = await answerAct(world, request, act, transaction)
      if (answer.kind !== 'permit') throw new Error('the example that is permitted is refused')
      await effect(answer.permit)
    })
  }
}

/** The same row from a table that nobody guards, prepared. */
export const bareReadSide: MakeSide<ConsentSetting> = async ({ roundMs }, parts) => {
  const { value } = await readPermittedCase(await parts.ports(), parts.examples)
  const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] })
  await client.connect()
  const text = 'select id, at, purposes from plain_withdrawals where subject_id = $1'
  const read = async () => {
    const { rows } = await client.query({ name: 'plain', text, values: [value.subject.id] })
    if (rows.length !== 1) throw new Error('the row that was to be read is not there')
  }
  return { round: () => repeatWaiting(roundMs, read), close: () => client.end() }
}
