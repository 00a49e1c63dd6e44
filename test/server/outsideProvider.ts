import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { base64url, exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose'

export type Claims = Record<string, unknown>
type Asked = { readonly nonce: string; readonly clientId: string }
type Other = { readonly status: number; readonly body: object; readonly location?: string }
/** What it says of whoever comes: an ID token, or an answer that is none. */
export type Says = (asked: Asked) => Promise<string | Other>

export const seconds = (more = 0): number => Math.floor(Date.now() / 1000) + more

/** An OpenID provider of somebody else, which a test can make say anything. */
export async function startOutsideProvider() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const other = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' }
  let says: Says | undefined
  let asked: Asked = { nonce: '', clientId: '' }
  let issuer = ''
  const paths: string[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url!, issuer)
    paths.push(url.pathname)
    const send = (status: number, body: object, more: Record<string, string> = {}) =>
      void response
        .writeHead(status, { 'content-type': 'application/json', ...more })
        .end(JSON.stringify(body))
    if (url.pathname === '/.well-known/openid-configuration')
      return send(200, {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256'],
        authorization_response_iss_parameter_supported: true,
      })
    if (url.pathname === '/jwks') return send(200, { keys: [jwk] })
    const said = await says!(asked)
    if (typeof said !== 'string')
      return send(said.status, said.body, said.location === undefined ? {} : { location: said.location })
    send(200, { access_token: 'x', token_type: 'Bearer', expires_in: 60, id_token: said })
  }
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  issuer = `http://localhost:${(server.address() as { port: number }).port}`
  const good = ({ nonce, clientId }: Asked): Claims => ({
    iss: issuer,
    sub: '42',
    aud: clientId,
    nonce,
    iat: seconds(),
    exp: seconds(60),
  })
  const header = { alg: 'ES256', kid: 'k' }
  const sign = (claims: Claims, key = privateKey): Promise<string> =>
    new SignJWT(claims).setProtectedHeader(header).sign(key)
  const part = (value: object): string => base64url.encode(JSON.stringify(value))
  return {
    issuer,
    /** What was asked of it since the last look, in order. */
    asked: () => paths.splice(0),
    good,
    sign,
    signByOther: (claims: Claims) => sign(claims, other.privateKey),
    /** RFC 8725, 2.1: the public key taken for a shared secret. */
    confuse: async (claims: Claims) => {
      const text = `${part({ alg: 'HS256', kid: 'k' })}.${part(claims)}`
      const secret = await exportSPKI(publicKey)
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
    },
    unsigned: async (claims: Claims) => `${part({ alg: 'none' })}.${part(claims)}.`,
    /** The address that it sends a browser back to. */
    sendBack(location: string, say: Says): string {
      const { searchParams } = new URL(location)
      asked = { nonce: searchParams.get('nonce')!, clientId: searchParams.get('client_id')! }
      says = say
      const back = new URL(searchParams.get('redirect_uri')!)
      back.searchParams.set('code', 'code')
      back.searchParams.set('state', searchParams.get('state')!)
      back.searchParams.set('iss', issuer)
      return back.pathname + back.search
    },
    close: () => void server.close(),
  }
}
