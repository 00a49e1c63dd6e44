import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { anyInstant, anyRecords, anyRequest } from '../../../test/consent/anyAgreements.ts'
import { plainAnswer } from '../../../test/consent/plainAnswer.ts'
import { compileAgreements } from './compile.ts'
import { evaluate } from './evaluate.ts'

test('compiled, evaluated and reckoned plainly, the answer is the same', () => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(
      anyRecords,
      fc.array(fc.tuple(anyRequest, anyInstant), { minLength: 5, maxLength: 5 }),
      (records, asked) => {
        const answer = compileAgreements(records)
        for (const [request, at] of asked) {
          const expected = evaluate(records, request, at)
          assert.deepEqual(answer(request, at), expected)
          assert.equal(expected.decision, plainAnswer(records, request, at))
          seen.set(expected.decision, (seen.get(expected.decision) ?? 0) + 1)
        }
      },
    ),
    { numRuns: 5000, seed: 20261127 },
  )
  // Were one of the answers rare, little would have been compared.
  for (const decision of ['permit', 'refuse', 'silent'])
    assert.ok((seen.get(decision) ?? 0) > 1000, `${decision}: ${seen.get(decision)}`)
})
