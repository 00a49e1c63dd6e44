import type { RunningServer } from './running.ts'

/** What a browser keeps for one origin: cookies by name. */
class CookieJar {
  readonly #cookies = new Map<string, string>()

  keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }

  set(name: string, value: string): void {
    this.#cookies.set(name, value)
  }

  get header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}

/** Somebody at a browser of their own. */
export class Visitor {
  readonly #jar = new CookieJar()
  readonly #server: RunningServer

  constructor(server: RunningServer) {
    this.#server = server
  }

  get cookie(): string {
    return this.#jar.header
  }

  /** As somebody does who wants to know the session of another beforehand. */
  plant(name: string, value: string): void {
    this.#jar.set(name, value)
  }

  async send(method: string, path: string, body?: unknown): Promise<Response> {
    const url = new URL(path, this.#server.address)
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        cookie: this.cookie,
        ...(method === 'GET' ? {} : { origin: url.origin }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    this.#jar.keep(response)
    return response
  }

  /** Follows redirects to the first answer that is none, or to an address that `until` knows. */
  async follow(path: string, until: (path: string) => boolean): Promise<string> {
    let at = path
    for (let hops = 0; hops < 12; hops += 1) {
      if (until(at)) return at
      const response = await this.send('GET', at)
      await response.arrayBuffer()
      const next = response.headers.get('location')
      if (next === null) return at
      const url = new URL(next, new URL(at, this.#server.address))
      at = url.pathname + url.search
    }
    throw new Error(`redirects without an end at ${at.split('?')[0]}`)
  }

  /** To where one shows who one is: the number of that way. */
  async seekWay(to = '/'): Promise<string> {
    const way = await this.follow(`/sign-in/start?to=${encodeURIComponent(to)}`, (path) =>
      path.startsWith('/sign-in/way/'),
    )
    return way.slice('/sign-in/way/'.length).split('?')[0]!
  }

  async signIn(name: string, code: string): Promise<void> {
    const uid = await this.seekWay()
    const shown = await this.send('POST', `/api/sign-in/${uid}/code`, { name, code })
    const { next } = (await shown.json()) as { next?: string }
    if (next === undefined) throw new Error(`${name} was not let in: ${shown.status}`)
    await this.follow(next, (path) => path === '/')
  }
}

/** The one-time code that `--demo` printed for this name. */
export function codeOf({ output }: RunningServer, name: string): string {
  const line = output()
    .split('\n')
    .find((text) => text.trim().split(/\s+/)[0] === name)
  const code = line?.trim().split(/\s+/).at(-1)
  if (code === undefined) throw new Error(`no code was printed for ${name}`)
  return code
}

/** Whom the demo cases are about, or who acts for them. */
const personOf: Readonly<Record<string, string>> = {
  permitted: 'zhao.ming',
  'no-separate-consent': 'qian.yue',
  withdrawn: 'sun.ke',
  emergency: 'li.an',
}

/** The person whom an address is about; for all others somebody who looks after people. */
export const callerFor = (path: string): string =>
  personOf[/^\/?api\/cases\/([^/?]+)/.exec(path)?.[1] ?? ''] ?? 'wang.lan'

/** The cookie of somebody who has signed in; once per name, since the code opens once. */
export function cookieOf(server: RunningServer, name: string): Promise<string> {
  const known = server.cookies.get(name)
  if (known !== undefined) return known
  const made = (async () => {
    const visitor = new Visitor(server)
    await visitor.signIn(name, codeOf(server, name))
    return visitor.cookie
  })()
  server.cookies.set(name, made)
  // A server that went away meanwhile let nobody in; the next one may.
  made.catch(() => server.cookies.delete(name))
  return made
}
