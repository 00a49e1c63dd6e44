import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordScopes, resourceTypes, scopesAllow } from './scope.ts'

test('a scope allows what it says, of the type it names, and nothing more', () => {
  const table: [scopes: string[], type: 'Patient' | 'Observation', may: 'r' | 's', allowed: boolean][] = [
    [[], 'Patient', 'r', false],
    [['patient/Patient.r'], 'Patient', 'r', true],
    [['patient/Patient.r'], 'Patient', 's', false],
    [['patient/Patient.rs'], 'Observation', 's', false],
    [['patient/*.s'], 'Observation', 's', true],
    [['patient/*.s'], 'Observation', 'r', false],
    [['openid', 'launch/patient', 'patient/Observation.rs'], 'Observation', 's', true],
    [['patient/Observation.cruds'], 'Observation', 'r', false],
    [['patient/Observation.read'], 'Observation', 'r', false],
    [['user/Observation.rs', 'system/*.rs'], 'Observation', 'r', false],
    [['patient/Observation.rs?category=x'], 'Observation', 's', false],
    [['xpatient/*.rs'], 'Patient', 'r', false],
  ]
  for (const [scopes, type, may, allowed] of table)
    assert.equal(scopesAllow(scopes, type, may), allowed, `${scopes} ${type}.${may}`)
})

test('every scope that can be given allows something', () => {
  for (const scope of recordScopes)
    assert.ok(
      resourceTypes.some((type) => scopesAllow([scope], type, 'r') || scopesAllow([scope], type, 's')),
      scope,
    )
})
