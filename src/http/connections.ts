import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { problemOf, problemType } from './problem.ts'

/** Requests on one connection that wait for their answer: answers that nobody reads would fill the memory. */
const mostAtOnce = 32

const words: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

/** What a connection may do, whoever is behind it. */
export function boundConnections(server: Server, mostConnections: number) {
  server.maxConnections = mostConnections
  const waiting = new WeakMap<Socket, number>()
  const count = (socket: Socket, change: number): number => {
    const now = (waiting.get(socket) ?? 0) + change
    waiting.set(socket, now)
    return now
  }
  const open = new WeakMap<Socket, () => boolean>()
  server.prependListener('request', (request, response) => {
    const { socket } = request
    open.set(socket, () => !request.complete && !response.headersSent)
    response.once('close', () => count(socket, -1))
    if (count(socket, 1) > mostAtOnce) socket.destroy()
  })
  /** What is too broken for a request of its own: answered on the bare connection, then closed. */
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    // An answer now would be taken for that of a request before, unless it is the only one that is broken.
    const before = waiting.get(socket) ?? 0
    const answers = before > 1 || (before === 1 && !open.get(socket)?.())
    if (error.code === 'ECONNRESET' || !socket.writable || answers) return void socket.destroy()
    const status =
      error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400
    const body = JSON.stringify(problemOf({ statusCode: status }))
    const head = `HTTP/1.1 ${status} ${words[status]}\r\ncontent-type: ${problemType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n`
    socket.end(head + body)
  }
}
