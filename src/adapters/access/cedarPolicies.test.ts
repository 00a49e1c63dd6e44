import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { operations, relations, roles, table } from '#access'
import { describeFault, expectOk } from '#kernel'
import { parsePolicies, readPolicies } from './cedarPolicies.ts'

const folder = 'knowledge/access'
const schema = readFileSync(`${folder}/schema.cedarschema`, 'utf8')
const text = readFileSync(`${folder}/policies.cedar`, 'utf8')

/** Cells that cannot be: nobody but a person is themselves, and so on. */
const canBe = (role: string, relation: string): boolean =>
  (relation !== 'self' || role === 'person') &&
  (relation !== 'represents' || role === 'representative') &&
  (relation !== 'relative' || role === 'representative') &&
  (relation !== 'care' || role === 'clinician')

test('every operation × role × relation: the policies say what the table says', async () => {
  const policies = expectOk(await readPolicies(folder))
  let permitted = 0
  for (const operation of operations) {
    const rule = table[operation]
    // Whoever calls what is open is not asked for.
    if (rule.kind === 'open') continue
    for (const role of roles) {
      for (const relation of relations) {
        const said: boolean =
          rule.kind === 'signed-in' ||
          (rule.kind === 'role' && rule.roles.includes(role)) ||
          ((rule.kind === 'cells' || rule.kind === 'app') && rule.cells.includes(`${role} ${relation}`))
        const found = policies.permit({ operation, role, relation })
        assert.equal(found, said && canBe(role, relation), `${operation} ${role} ${relation}`)
        permitted += Number(found)
      }
    }
  }
  assert.ok(permitted > 100)
})

test('a policy that fails when it is asked denies, even where another one permits', () => {
  const failing = `${text}\n@id("fails")\nforbid (principal, action, resource) when { 9223372036854775807 + (if context.role == "person" then 1 else 0) == 0 };`
  const policies = expectOk(parsePolicies(schema, failing))
  assert.equal(policies.permit({ operation: 'readCase', role: 'person', relation: 'self' }), false)
  assert.equal(policies.permit({ operation: 'readCase', role: 'clinician', relation: 'care' }), true)
})

test('policies with a flaw are refused with file and line', () => {
  const table: [schema: string, text: string, where: RegExp][] = [
    [schema, text.replace('context.role ==', 'context.rule =='), /^policies\.cedar:\d+: /],
    [schema, text.replace('"showAct"', '"x"').replace('"listCases"', '"listCase"'), /^policies\.cedar/],
    [schema, `${text}\npermit (`, /^policies\.cedar:\d+: /],
    [schema.replace('entity Thing;', 'entity Thing'), text, /^schema\.cedarschema:\d+: /],
  ]
  for (const [given, policies, where] of table) {
    const parsed = parsePolicies(given, policies)
    assert.ok(!parsed.ok)
    assert.match(describeFault(parsed.error), where)
    assert.match(describeFault(parsed.error), /\[access\.policy\]$/)
  }
})
