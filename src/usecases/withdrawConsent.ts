import type { SubjectId } from '#kernel'
import type { Situation } from '#law'
import type { Purpose } from '#vocabulary'
import type { ActedBy, ActRequest } from './act.ts'
import { type Governed, govern } from './govern.ts'
import type { RecallRecord } from './ports.ts'
import { recall, recallOutputs } from './recalls/recall.ts'
import type { World } from './world.ts'

export type WithdrawalRequest = {
  readonly subject: SubjectId
  /** Who asks, as the receipt will name them. */
  readonly actor: string
  readonly by: ActedBy
  /** The facts of the withdrawal itself (activity `withdraw`). */
  readonly situation: Situation
  readonly death: ActRequest['death']
  /** null: everything that was ever allowed. */
  readonly purposes: readonly Purpose[] | null
}

/**
 * Ends what the person allowed, from this instant on, for every later act; with a receipt, like every act. Whoever was given it is asked to
 * delete it.
 */
export const withdrawConsent = (
  world: World,
  request: WithdrawalRequest,
): Promise<Governed<readonly RecallRecord[]>> =>
  govern(
    world,
    { ...request, kind: 'withdrawal', under: 'own-right', hold: 'alone', needs: [], inputs: {} },
    async (permit, transaction) => {
      const { id, instant } = permit.act
      const { purposes, situation } = request
      await transaction.recordWithdrawal({ id, at: instant, purposes })
      const recalls = await recall(world, permit, transaction, situation, purposes)
      return { value: recalls, outputs: recallOutputs(recalls), inputs: {} }
    },
  )
