import { FaultError, inputFault } from '#kernel'

/** A table of `knowledge/genome` that is not what it should be; whoever reads the tables turns it into the fault that it holds. */
export function fail(where: string, found: string, expected: string): never {
  throw new FaultError(inputFault('genome.knowledge', where, found, expected))
}
