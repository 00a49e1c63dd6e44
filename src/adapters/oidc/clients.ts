import type { AdapterPayload } from 'oidc-provider'
import type { ClientProgram } from '#usecases'

/** A program as the provider knows its clients; one that has ended is none. */
export function clientMetadata(client: ClientProgram | undefined): AdapterPayload | undefined {
  if (client === undefined || client.endedAt !== null) return undefined
  const { id, name, redirectUris, scopes, keys } = client
  const common = {
    client_id: id,
    client_name: name,
    scope: scopes.join(' '),
    id_token_signed_response_alg: 'ES256' as const,
  }
  if (client.kind === 'service') {
    return {
      ...common,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: keys as never,
    }
  }
  return {
    ...common,
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [...redirectUris],
    ...(keys === null
      ? { token_endpoint_auth_method: 'none' }
      : { token_endpoint_auth_method: 'private_key_jwt', jwks: keys as never }),
  }
}
