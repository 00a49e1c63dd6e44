import fc from 'fast-check'
import type { Place } from './description.ts'

/** Stands for whatever of a person is in a request: it must be nowhere in an answer or a log line. */
export const secret = 'zhao-ming-1959-secret'

/** `refused`: no 2xx may follow. `elsewhere`: it may have left the operation for another address or method. */
export type Odd = {
  readonly bytes: Buffer
  readonly refused: boolean
  readonly elsewhere: boolean
  readonly says: string
}

type Draft = {
  readonly method: string
  readonly target: string
  readonly headers: readonly string[]
  readonly body?: Buffer | string | undefined
  readonly version?: string
}

function bytesOf({ method, target, headers, body, version = 'HTTP/1.1' }: Draft, host: string): Buffer {
  const sized = body === undefined ? [] : [`content-length: ${Buffer.byteLength(body)}`]
  const given = headers.some((line) => /^host:/i.test(line)) ? [] : [`host: ${host}`]
  const head = [`${method} ${target} ${version}`, ...given, 'connection: close', ...headers, ...sized]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body ?? '')])
}

const json = 'content-type: application/json'

const oddId = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'prototype',
    '..',
    '.',
    '...',
    '%2e%2e',
    '%2e%2e%2f%2e%2e%2fpackage.json',
    '..%2f..%2fpackage.json',
    '..%5c..%5cpackage.json',
    `a%2f${secret}`,
    `%00${secret}`,
    `${secret}%00`,
    '%E2%80%AE%E8%B5%B5%E6%98%8E',
    '%F0%9F%A7%AC',
    '%',
    '%ZZ',
    '%C0%AF',
    '%ED%A0%80',
    `${secret}'--`,
    `%27%20or%201=1--${secret}`,
    `{${secret}}`,
    '*',
    ':caseId',
    '-1',
    '0',
    'null',
    'undefined',
  ),
  fc.integer({ min: 100, max: 9000 }).map((length) => `${secret}${'a'.repeat(length)}`),
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: 40 })
    .map((text) => encodeURIComponent(text.toWellFormed())),
  fc.uuid(),
)

const deep = (open: string, close: string) =>
  fc.integer({ min: 201, max: 30_000 }).map((depth) => open.repeat(depth) + close.repeat(depth))

/** Bodies that no operation takes. */
const oddBody = fc.oneof(
  fc.json({ maxDepth: 3 }).filter((text) => !/^\s*\{\s*\}\s*$/.test(text)),
  deep('[', ']'),
  deep('{"a":', '}').map((text) => text.replace(':}', ':1}')),
  fc.constantFrom(
    '',
    ' ',
    'null',
    'true',
    '[]',
    `"${secret}"`,
    `{"${secret}":1}`,
    `{"purposes":"${secret}"}`,
    `{"purposes":["${secret}"]}`,
    '{"purposes":[]}',
    '{"purposes":{}}',
    '{"purposes":[null]}',
    '{"purposes":null,"purposes":["care"]}',
    '{"purposes":["care","care"]}',
    `{"purposes":null,"extra":"${secret}"}`,
    '{"__proto__":{"purposes":null}}',
    '{"constructor":{"prototype":{"purposes":null}}}',
    `{"purposes":null,"__proto__":{"a":"${secret}"}}`,
    `{"purposes":"\\ud800${secret}"}`,
    '{"purposes":123456789012345678901234567890}',
    `{"purposes":`,
    `${secret}`,
    `{'purposes':null}`,
    '\ufeff{}',
    'NaN',
    '{} {}',
  ),
  fc.integer({ min: 65_537, max: 200_000 }).map((length) => `{"${secret}":"${'x'.repeat(length)}"}`),
)

const brokenBytes = fc
  .uint8Array({ minLength: 1, maxLength: 60 })
  .map((bytes) =>
    Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xc0]), Buffer.from(bytes), Buffer.from('"}')]),
  )

const otherTypes = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  `application/${secret}`,
  `${secret}`,
  ';',
  'application/',
  'application/json-patch+json',
]

/** Headers that no request may have, and what they may lead to. */
const refusedHeaders = [
  'host: rebound.example',
  `host: ${secret}`,
  'host:',
  `expect: ${secret}`,
  'content-length: -1',
  'content-length: 1e3',
  `content-length: ${secret}`,
  'content-length: 2, 3',
  'transfer-encoding: gzip, chunked\r\ncontent-length: 3',
  `transfer-encoding: ${secret}`,
  `${secret} with space: 1`,
  `x: a\0${secret}`,
  `: ${secret}`,
  'no colon at all',
]
/** Headers that change nothing. */
const idleHeaders = [
  `x-http-method-override: DELETE`,
  `authorization: Bearer ${secret}`,
  `cookie: __proto__=${secret}`,
  'range: bytes=0-1',
  `if-none-match: "${secret}"`,
  `if-match: "${secret}"`,
  'accept: image/png',
  'accept-encoding: gzip;q=nan',
  'upgrade: websocket',
  'x-forwarded-host: elsewhere.example',
  `x-forwarded-for: ${secret}`,
  `__proto__: ${secret}`,
  `constructor: ${secret}`,
  `referer: http://elsewhere.example/${secret}`,
]

/** `signed`: headers of somebody who may ask this. */
type Example = {
  readonly target: string
  readonly body: string | undefined
  readonly signed: readonly string[]
}
type Making = { readonly place: Place; readonly example: Example; readonly host: string }

/** One arbitrary of everything that is wrong with a request to this operation. */
export function oddRequest({ place, example, host }: Making): fc.Arbitrary<Odd> {
  const { method } = place
  const { body, signed, target } = example
  const whole: Draft = { method, target, headers: body === undefined ? signed : [json, ...signed], body }
  const odd = (draft: Partial<Draft>, says: string, refused: boolean, elsewhere = false): Odd => ({
    bytes: bytesOf({ ...whole, ...draft }, host),
    refused,
    elsewhere,
    says,
  })
  const strictQuery = place.path.startsWith('/api/cases')
  const some: fc.Arbitrary<Odd>[] = [
    fc
      .constantFrom('PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'get', 'FOO', secret)
      .map((other) => odd({ method: other }, `method ${other}`, true, true)),
    fc
      .constantFrom(
        `?${secret}=1`,
        '?__proto__=1',
        '?a[b][c]=1',
        '?constructor[prototype]=1',
        '?%00',
        '?=&&=',
        '?%ZZ=%',
      )
      .map((query) => odd({ target: example.target + query }, `query ${query}`, strictQuery)),
    fc.constantFrom(...refusedHeaders).map((line) => odd({ headers: [...whole.headers, line] }, line, true)),
    fc.constantFrom(...idleHeaders).map((line) => odd({ headers: [...whole.headers, line] }, line, false)),
    fc
      .integer({ min: 17_000, max: 60_000 })
      .map((length) =>
        odd({ headers: [...whole.headers, `x: ${secret}${'x'.repeat(length)}`] }, 'a large header', true),
      ),
    fc
      .constantFrom('/', `/${secret}`, '//', '%2f', '/../../package.json', '/%2e%2e/%2e%2e/package.json')
      .map((more) => odd({ target: example.target + more }, `target + ${more}`, true, true)),
    fc
      .constantFrom('HTTP/9.9', 'HTTP/0.8', 'HTTP/', `${secret}`)
      .map((version) => odd({ version }, `version ${version}`, true, true)),
  ]
  if (example.target !== place.path) {
    const ids = [...place.path.matchAll(/\{\w+\}/g)].length
    some.push(
      fc.tuple(oddId, fc.nat({ max: ids - 1 })).map(([id, which]) => {
        const target = withId(place.path, example.target, id, which)
        return odd({ target }, `id ${id.slice(0, 60)}`, true)
      }),
    )
  }
  if (body !== undefined) {
    some.push(
      oddBody
        .filter((text) => text !== body)
        .map((text) => odd({ body: text }, `body ${text.slice(0, 60)}`, true)),
      brokenBytes.map((bytes) => odd({ body: bytes }, 'a body that is no UTF-8', true)),
      fc
        .constantFrom(...otherTypes)
        .map((type) => odd({ headers: [`content-type: ${type}`, ...signed] }, type, true)),
      fc
        .constantFrom('origin: http://elsewhere.example', 'origin: null', 'sec-fetch-site: cross-site')
        .map((line) =>
          odd({ headers: [json, ...signed.filter((own) => !/^origin:/.test(own)), line] }, line, true),
        ),
    )
  }
  return fc.oneof(...some)
}

function withId(path: string, target: string, id: string, which: number): string {
  const given = target.split('/')
  let seen = -1
  return path
    .split('/')
    .map((part, i) => {
      if (!part.startsWith('{')) return part
      seen += 1
      return seen === which ? id : given[i]
    })
    .join('/')
}
