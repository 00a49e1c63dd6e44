import { recordScopes, resourceTypes } from '#usecases'

/** SMART App Launch 2.2, “.well-known/smart-configuration”: what is switched on, and nothing else. */
export const smartConfiguration = (origin: string) => ({
  issuer: `${origin}/oidc`,
  jwks_uri: `${origin}/oidc/jwks`,
  authorization_endpoint: `${origin}/oidc/auth`,
  token_endpoint: `${origin}/oidc/token`,
  token_endpoint_auth_methods_supported: ['private_key_jwt', 'none'],
  token_endpoint_auth_signing_alg_values_supported: ['ES256', 'ES384', 'RS384'],
  grant_types_supported: ['authorization_code', 'client_credentials'],
  response_types_supported: ['code'],
  code_challenge_methods_supported: ['S256'],
  scopes_supported: ['openid', 'launch/patient', ...recordScopes],
  capabilities: [
    'launch-standalone',
    'client-public',
    'client-confidential-asymmetric',
    'context-standalone-patient',
    'permission-patient',
    'permission-v2',
  ],
})

const smartSecurity = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris'

/** FHIR R4 CapabilityStatement: read, and search by patient. */
export const capabilityStatement = (origin: string, version: string) => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2026-11-26',
  kind: 'instance',
  software: { name: 'Habeas', version },
  implementation: { description: 'Every read is decided, recorded and proved', url: `${origin}/fhir` },
  fhirVersion: '4.0.1',
  format: ['json'],
  rest: [
    {
      mode: 'server',
      security: {
        service: [
          {
            coding: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                code: 'SMART-on-FHIR',
              },
            ],
          },
        ],
        extension: [
          {
            url: smartSecurity,
            extension: [
              { url: 'authorize', valueUri: `${origin}/oidc/auth` },
              { url: 'token', valueUri: `${origin}/oidc/token` },
            ],
          },
        ],
      },
      resource: resourceTypes.map((type) => ({
        type,
        interaction: [{ code: type === 'Patient' ? 'read' : 'search-type' }],
        ...(type === 'Patient' ? {} : { searchParam: [{ name: 'patient', type: 'reference' }] }),
      })),
    },
  ],
})
