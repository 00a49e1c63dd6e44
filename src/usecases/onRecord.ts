import { FaultError, surroundingsFault } from '#kernel'

/** What fails after the act was committed cannot undo it: it is on record, and can be looked for later. */
export async function onRecord<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.kind === 'input') throw error
    const { where, code } = error.fault
    if (code === 'store.not-published') throw error
    const found = `an act that is on record, but no proof of it yet (${code})`
    throw new FaultError(surroundingsFault('store.not-proved', where, found, 'a database that answers'))
  }
}
