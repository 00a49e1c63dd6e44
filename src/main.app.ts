import { recordScopes } from '#access'
import type { Programs } from '#cli'
import { err, type Fault, inputFault, ok, type Result } from '#kernel'
import { addApp, endClient } from '#usecases'
import { atDoor } from './main.atDoor.ts'

const clientId = /^[a-z0-9][a-z0-9._-]{1,63}$/
const scopes = new Set(['openid', 'launch/patient', ...recordScopes])

const wrong = (where: string, found: string, expected: string): Result<never, Fault> =>
  err(inputFault('app.wrong', where, found, expected))

/** Where a token is carried to must be an address that nobody else can answer at. */
function checkRedirect(text: string): Result<string, Fault> {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isHere = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url && (url.protocol === 'https:' || isHere) && url.hash === '' && url.username === '') return ok(text)
  return wrong('--redirect', 'no address to go back to', 'https://… (http only on this machine), without #')
}

export const addApplication: Programs['accounts']['addApp'] = async (request, choice, show) => {
  const { id, name = id, redirect } = request
  if (!clientId.test(id)) return wrong('id', 'none that can be one', 'small letters, digits, dots, dashes')
  for (const uri of redirect) {
    const checked = checkRedirect(uri)
    if (!checked.ok) return checked
  }
  const asked = request.scope.trim().split(/\s+/)
  const unknown = asked.findIndex((scope) => !scopes.has(scope))
  if (unknown >= 0)
    return wrong(
      '--scope',
      `an unknown scope (the ${unknown + 1}. of them)`,
      'patient/TYPE.rs, launch/patient, openid',
    )
  const keys = request.key === undefined ? ok(null) : await readKeys(request.key)
  if (!keys.ok) return keys
  return atDoor(choice, show, (world) =>
    addApp(world, { id, name, redirectUris: redirect, scopes: asked, keys: keys.value }),
  )
}

const readKeys = async (file: string) => {
  const { readPublicKeys } = await import('./adapters/oidc/readPublicKeys.ts')
  return readPublicKeys(file)
}

export const endApplication: Programs['accounts']['endApp'] = (id, choice, show) =>
  atDoor(choice, show, (world) => endClient(world, id))
