import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '#kernel'
import type { Signing } from './makeAgreement.ts'
import { checkUnable, type Unable } from './unable.ts'

test('given a voice, when a reason is said, left out or empty, then it is taken or refused', () => {
  const table: [voice: Signing['voice'], unable: Unable | undefined, bornOn: string, isTaken: boolean][] = [
    [undefined, undefined, '2010-01-01', true],
    ['assents', undefined, '2010-01-01', true],
    ['not-able', undefined, '2010-01-01', false],
    ['not-able', { because: 'illness', words: 'asleep' }, '2010-01-01', true],
    ['not-able', { because: 'unconscious', words: 'since the accident' }, '2010-01-01', true],
    ['not-able', { because: 'unconscious', words: ' \t\u3000\u00a0' }, '2010-01-01', false],
    ['not-able', { because: 'other', words: ' ' }, '2010-01-01', false],
    ['not-able', { because: 'other', words: '<b>on a ship</b>' }, '2010-01-01', false],
    ['not-able', { because: 'other', words: 'on a\u0000ship' }, '2010-01-01', false],
    ['not-able', { because: 'other', words: 'on a ship' }, '2010-01-01', true],
    ['not-able', { because: 'too-young', words: 'cannot speak' }, '2019-01-11', true],
    ['not-able', { because: 'too-young', words: 'cannot speak' }, '2019-01-10', false],
    ['not-able', { because: 'too-young', words: 'small for the age' }, '1960-01-10', false],
    ['refuses', { because: 'illness', words: 'asleep' }, '2010-01-01', false],
    [undefined, { because: 'illness', words: 'asleep' }, '2010-01-01', false],
  ]
  for (const [voice, unable, bornOn, isTaken] of table) {
    const signing = { voice, unable } as Signing
    const person = { bornOn: bornOn as Day, capacity: null, deceased: false }
    const on = '2026-01-10' as Day
    assert.equal(checkUnable(signing, person, on).ok, isTaken, `${voice} ${JSON.stringify(unable)} ${bornOn}`)
  }
})
