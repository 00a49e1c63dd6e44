import { applyWithdrawals, refusalOf, type Withdrawal } from '#consent'
import { type Decision, decide } from '#decision'
import { actId, type Instant, ok, subjectId } from '#kernel'
import { ruleOn } from '#law'
import type { Category } from '#vocabulary'
import { systemClock } from '../clock.ts'
import type { MakeSide, Parts } from './parts.ts'
import { mayBeDone, type Question } from './plainConsent.ts'
import { repeat } from './repeat.ts'
import { type PureSetting, readSituations } from './rulingSides.ts'

const act = actId('00000000-0000-4000-8000-000000000000')!
const subject = subjectId('bench')!

/** Each example case with nothing ended, with something else ended, and with all of it. */
export async function questionsOf(parts: Parts): Promise<readonly Question[]> {
  const [base, situations] = [await parts.norms(), await readSituations(parts)]
  const instant = systemClock.now()
  const ended: readonly (readonly Withdrawal[])[] = [
    [],
    [{ at: instant, purposes: ['insurance'] }],
    [{ at: instant, purposes: null }],
  ]
  return situations.flatMap((situation) =>
    ended.map((withdrawals): Question => {
      const needs = situation.data?.categories ?? []
      const standing = withWithdrawals({ situation, withdrawals, instant })
      return { situation, withdrawals, instant, needs, ruling: ruleOn(standing, base) }
    }),
  )
}

type Facts = Pick<Question, 'situation' | 'withdrawals' | 'instant'>

function withWithdrawals({ situation, withdrawals, instant }: Facts): Question['situation'] {
  if (situation.consents === undefined) return situation
  const moment = { lawDay: situation.at, instant: instant satisfies Instant }
  return { ...situation, consents: [...applyWithdrawals(situation.consents, withdrawals, moment)] }
}

/** The gate's own steps once the law has been read: what stands, what the person refuses, and the decision. */
export function decideOn(question: Question): Decision {
  const { consents = [], ...situation } = withWithdrawals(question)
  return decide({
    act: {
      id: act,
      subject,
      activity: situation.activity,
      purpose: situation.purpose,
      categories: situation.data?.categories ?? [],
      lawDay: situation.at,
      instant: question.instant,
    },
    ruling: ok(question.ruling),
    standing: 'not-asked',
    house: undefined,
    refusal: situation.subject ? refusalOf(situation.subject) : undefined,
    refusedChoices: [],
    bars: [],
    needs: question.needs as readonly Category[],
    consents,
  })
}

export const decisionSide: MakeSide<PureSetting> = async ({ roundMs }, parts) => {
  const questions = await questionsOf(parts)
  const pass = () => {
    for (const question of questions) decideOn(question)
  }
  return { round: async () => repeat(roundMs, questions.length, pass), close: async () => {} }
}

/** Measured only when it gives the same answers. */
export const ifChainSide: MakeSide<PureSetting> = async ({ roundMs }, parts) => {
  const questions = await questionsOf(parts)
  for (const question of questions) {
    if (mayBeDone(question) !== (decideOn(question).kind === 'permit'))
      throw new Error(`the peer answers otherwise for ${question.situation.id}`)
  }
  let yes = 0
  const pass = () => {
    for (const question of questions) if (mayBeDone(question)) yes++
  }
  return {
    round: async () => repeat(roundMs, questions.length, pass),
    close: async () => {
      if (yes === 0) throw new Error('no example is permitted')
    },
  }
}
