import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreement, parent, permit, refuse, self } from '../../../test/consent/agreements.ts'
import { overrulesAnother } from './overrulesAnother.ts'

const other = { ...parent, person: 'p3' }
const third = { ...parent, person: 'p4' }
const awaits = ['self' as const]
const yes = (signer: typeof parent) => agreement({ signer, provisions: [permit({ item: 'genes' })] })
const no = (signer: typeof parent) => agreement({ signer, provisions: [refuse({ item: 'genes' })] })

test('given what was said before, when somebody signs, then a no of another stands or not', () => {
  const table: [
    what: string,
    now: ReturnType<typeof yes>,
    before: ReturnType<typeof yes>[],
    stands: boolean,
  ][] = [
    ['nothing before', yes(parent), [], false],
    ['their own no', yes(parent), [no(parent)], false],
    ['the no of the other', yes(parent), [no(other)], true],
    ['repeated by them', yes(parent), [no(other), no(parent)], true],
    ['taken back by the other', yes(parent), [no(other), yes(other)], false],
    ['the no of the person', yes(parent), [no(self)], true],
    ['signed together with the other', { ...yes(parent), coSigners: [other] }, [no(other)], false],
    ['signed together with a third', { ...yes(parent), coSigners: [third] }, [no(other)], true],
    ['a yes of the other that still waits', yes(parent), [no(other), { ...yes(other), awaits }], true],
    ['a no of the other that waits for nobody', yes(parent), [yes(other), { ...no(other), awaits }], true],
    [
      'a yes that the other signed beside a third',
      yes(parent),
      [no(other), { ...yes(third), coSigners: [other] }],
      false,
    ],
    ['the person, over the guardian', yes(self), [no(parent)], false],
    ['a no over a yes', no(parent), [yes(other)], false],
    [
      'another choice',
      agreement({ signer: parent, provisions: [permit({ item: 'rest' })] }),
      [no(other)],
      false,
    ],
  ]
  for (const [what, now, before, stands] of table) {
    const signed = before.map((one) => ({ agreement: one }))
    assert.equal(overrulesAnother(now, signed), stands, what)
  }
})
