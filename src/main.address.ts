import { createServer } from 'node:net'

/** Where a server listens; a proxy in front brings it what comes from elsewhere, with HTTPS. */
export const host = '127.0.0.1'

/** The server must know its own address before it listens: what signs people in is bound to it. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, host, () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
