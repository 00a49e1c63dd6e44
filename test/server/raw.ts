import { connect, type Socket } from 'node:net'

/** What came back on a bare connection, which takes anything. */
export type RawAnswer = {
  /** 0: closed without an answer. */
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
  /** Everything, for what must be nowhere in it. */
  readonly text: string
}

export const portOf = (address: string): number => Number(new URL(address).port)

/** Sends the bytes as they are and reads until the other side closes. */
export function sendRaw(port: number, bytes: Uint8Array | string, timeoutMs = 30_000): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk
    })
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('the server neither answers nor closes')))
    // A server may close before it has read all that is sent; what it had answered still counts.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error)
    })
    socket.on('close', () => resolve(parseAnswer(text)))
  })
}

export function parseAnswer(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, Math.max(end, 0)).split('\r\n')
  const headers = new Map(
    lines.map((line) => {
      const at = line.indexOf(':')
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]
    }),
  )
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? 0)
  const rest = text.slice(end + 4)
  const whole = headers.get('transfer-encoding') === 'chunked' ? joinChunks(rest) : rest
  return { status, headers, body: Buffer.from(whole, 'latin1').toString('utf8'), text }
}

function joinChunks(text: string): string {
  let whole = ''
  for (let at = 0; ; ) {
    const line = text.indexOf('\r\n', at)
    const size = Number.parseInt(text.slice(at, line), 16)
    if (!(size > 0)) return whole
    whole += text.slice(line + 2, line + 2 + size)
    at = line + 2 + size + 2
  }
}

/** A connection that is held, for whoever sends slowly or not at all. */
export const openSocket = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.off('error', reject)))
    socket.once('error', reject)
  })

/** All that comes on a connection until it is closed. */
export const untilClosed = (socket: Socket): Promise<RawAnswer> =>
  new Promise((resolve) => {
    let text = ''
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', () => undefined).once('close', () => resolve(parseAnswer(text)))
  })
