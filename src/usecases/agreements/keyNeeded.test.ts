import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Situation } from '#law'
import type { ConsentForm } from '#vocabulary'
import type { Lawbook } from '../world.ts'
import { itemsNeedingKey } from './keyNeeded.ts'

const item = (id: string, activities: readonly string[], purposes: readonly string[]) =>
  ({ id, activities, purposes, categories: ['genetic'], recipients: [] }) as never
const situation = { jurisdictions: ['CN'], consents: [{ by: 'subject' }] } as unknown as Situation
/** Wants these forms for one activity and purpose, and none else. */
const wanting = (forms: readonly ConsentForm[], activity = 'use', purpose = 'research'): Lawbook => ({
  sha256: 'x',
  rule: (asked) => {
    assert.deepEqual(asked.consents, [], 'nobody has agreed yet')
    const isAsked = asked.activity === activity && asked.purpose === purpose
    return { whoMustConsent: isAsked ? [{ forms: [] }, { forms }] : [] } as never
  },
})

const table: readonly (readonly [forms: readonly ConsentForm[], needs: boolean])[] = [
  [[], false],
  [['explicit'], false],
  [['separate'], false],
  [['explicit', 'separate', 'non-opposition', 'oral'], false],
  [['written'], true],
  [['written', 'explicit'], true],
  [['signed'], true],
  [['notarised'], true],
  [['authorization'], true],
]
for (const [forms, needs] of table)
  test(`a yes for which the law wants ${forms.join(' and ') || 'no form'} ${needs ? 'needs a key' : 'needs none'}`, () => {
    const items = [
      item('a', ['collect', 'use'], ['treatment', 'research']),
      item('b', ['use'], ['treatment']),
    ]
    assert.deepEqual(itemsNeedingKey(wanting(forms), situation, items), needs ? ['a'] : [])
  })

test('where the law cannot be asked, every yes needs one', () => {
  const broken: Lawbook = {
    sha256: 'x',
    rule: () => {
      throw new Error('no law')
    },
  }
  const items = [item('a', ['use'], ['treatment'])]
  assert.deepEqual(itemsNeedingKey(broken, situation, items), ['a'])
})
