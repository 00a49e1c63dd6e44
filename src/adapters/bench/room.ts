import type { Side } from './compare.ts'
import type { Line } from './line.ts'
import type { Ports } from './parts.ts'
import type { Scratch } from './scratch.ts'

/** What every bench is given. */
export type Room = {
  /** Fewer and shorter rounds, to see that everything works. */
  readonly quick: boolean
  readonly show: (text: string) => void
  /** The program itself, as a person starts it: node, then its first argument. */
  readonly program: readonly [command: string, script: string]
  /** Folder of invented cases. */
  readonly examples: string
  /** A VCF of the reader's own. */
  readonly vcf: string | undefined
  /** A place on the disk that is gone afterwards. */
  readonly folder: string
  /** A side in a process of its own. */
  side<Measured = number>(
    name: string,
    setting: object,
    env?: Readonly<Record<string, string>>,
  ): Side<Measured>
  /** Law, knowledge and readers, as the program has them. */
  ports(): Promise<Ports>
  /** The database that all benches of one run share; opened when it is first asked for. */
  scratch(): Promise<Scratch>
}

/** Throws a `FaultError` when the surroundings fail; what was measured before that has been given. */
export type Bench = (room: Room) => AsyncIterable<Line>
