import pg from 'pg'

/** Connections that stand at the door. What they are asked is one plain statement at a time, so that many may share one. */
export interface Lookers<Session> {
  look<T>(work: (session: Session) => Promise<T>): Promise<T>
  end(): Promise<void>
}

type Making<Session> = {
  /** How to reach the database now. */
  readonly config: () => pg.ClientConfig
  readonly sessionOn: (client: pg.Client) => Session
  /** Throws what a failure to reach it means. */
  readonly fail: (error: unknown) => never
}

/** What its types leave out: whether an open connection keeps the process from ending. */
type Client = pg.Client & { ref(): void; unref(): void }
type Reached<Session> = { readonly client: Client; readonly session: Session }
type Standing<Session> = { readonly reached: Promise<Reached<Session>>; asking: number; lastAsked: number }
/** One that is broken, or has stood so long unasked that a firewall may have forgotten it, leaves its place. */
type Places<Session> = (Standing<Session> | undefined)[]

const mostLookers = 4
const few = 2
/** As long as a pool would keep a connection that nobody uses, in milliseconds. */
const idleMs = 10_000

export function standingLookers<Session>(making: Making<Session>): Lookers<Session> {
  const places: Places<Session> = Array.from({ length: mostLookers }, () => undefined)
  let ended = false
  return {
    async look(work) {
      if (ended) throw new Error('the database was asked after its end')
      const standing = stand(places, making)
      standing.asking++
      try {
        const { client, session } = await standing.reached.catch(making.fail)
        client.ref()
        return await work(session)
      } finally {
        leave(standing)
      }
    },
    async end() {
      ended = true
      await Promise.all(places.map(close))
    },
  }
}

/** The first that few ask, so that what is asked in one turn goes out in one write; else the one that the fewest ask. */
function stand<Session>(places: Places<Session>, making: Making<Session>): Standing<Session> {
  const now = performance.now()
  const asked = places.map((standing) => standing?.asking ?? 0)
  const free = asked.findIndex((asking) => asking < few)
  const at = free < 0 ? asked.indexOf(Math.min(...asked)) : free
  const found = places[at]
  if (found !== undefined && found.asking === 0 && now - found.lastAsked > idleMs) {
    places[at] = undefined
    void close(found)
  }
  const standing = places[at] ?? reach(places, at, making)
  standing.lastAsked = now
  return standing
}

function reach<Session>(
  places: Places<Session>,
  at: number,
  { config, sessionOn }: Making<Session>,
): Standing<Session> {
  const client = new pg.Client(config()) as Client
  const reached = client.connect().then(() => ({ client, session: sessionOn(client) }))
  const standing: Standing<Session> = { reached, asking: 0, lastAsked: 0 }
  places[at] = standing
  const vacate = () => {
    if (places[at] === standing) places[at] = undefined
  }
  // That one broke is told to whoever waits for its answer, and is no news to anybody else.
  client.on('error', vacate).on('end', vacate)
  reached.catch(vacate)
  return standing
}

/** A process that waits for no answer may end. */
function leave(standing: Standing<unknown>): void {
  standing.asking--
  if (standing.asking > 0) return
  standing.reached.then(
    ({ client }) => standing.asking === 0 && client.unref(),
    () => undefined,
  )
}

const close = async (standing: Standing<unknown> | undefined): Promise<void> => {
  const reached = await standing?.reached.catch(() => undefined)
  // Its end is an answer too.
  reached?.client.ref()
  await reached?.client.end().catch(() => undefined)
}
