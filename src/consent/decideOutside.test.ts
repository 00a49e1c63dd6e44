import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Day } from '#kernel'
import { decideOutside } from './decideOutside.ts'
import type { Exception, OutsideConsent, OutsideRequest } from './outside.ts'

const day = (text: string) => text as Day
const at = day('2026-11-23')
const code = (name: string) => ({ system: 's', code: name })
const person = (value: string) => ({ system: 'staff', value })

const anyone: OutsideRequest = {
  categories: null,
  purposes: ['TREAT'],
  actors: [person('okafor')],
  classes: null,
}
const noLimit: Exception = {
  ...{ purposes: null, actors: null, classes: null, labels: null, from: null, until: null },
  unclear: false,
}
const consent = (base: OutsideConsent['base'], more: Partial<OutsideConsent> = {}): OutsideConsent => ({
  ...{ id: base ?? 'neither', active: true, givenOn: day('2024-01-01'), from: null, until: null },
  ...{ categories: null, base, purposes: null, exceptions: [], refusals: [], ...more },
})
const but = (base: 'permit' | 'deny', ...exceptions: Partial<Exception>[]): OutsideConsent =>
  consent(base, { exceptions: exceptions.map((one) => ({ ...noLimit, ...one })) })
/** A base that denies, one permission within it, and one denial more. */
const denied = (permits: Partial<Exception>, denies: Partial<Exception>): OutsideConsent => ({
  ...but('deny', permits),
  refusals: [{ ...noLimit, ...denies }],
})
const actors = (...values: string[]) => ({ identifiers: values.map(person), someUnknown: false })

type Row = readonly [
  given: string,
  consents: readonly OutsideConsent[],
  asked: Partial<OutsideRequest>,
  then: string,
]
const table: readonly Row[] = [
  ['no consent', [], {}, 'deny'],
  ['one that says neither', [consent(null)], {}, 'deny'],
  ['a permission', [consent('permit')], {}, 'permit'],
  ['one that is not active', [consent('permit', { active: false })], {}, 'deny'],
  ['its first day', [consent('permit', { from: at })], {}, 'permit'],
  ['the day before', [consent('permit', { from: day('2026-11-24') })], {}, 'deny'],
  ['its last day', [consent('permit', { until: at })], {}, 'permit'],
  ['the day after', [consent('permit', { until: day('2026-11-22') })], {}, 'deny'],
  ['a permission given tomorrow', [consent('permit', { givenOn: day('2026-11-24') })], {}, 'deny'],
  [
    'a refusal given tomorrow',
    [consent('permit'), consent('deny', { givenOn: day('2026-11-24') })],
    {},
    'deny',
  ],
  [
    'an older refusal beside a newer permission',
    [consent('deny', { givenOn: day('2020-01-01') }), consent('permit')],
    {},
    'deny',
  ],
  [
    'a refusal that has run out',
    [consent('permit'), consent('deny', { until: day('2019-12-31') })],
    {},
    'permit',
  ],
  [
    'another category',
    [consent('permit', { categories: [code('research')] })],
    { categories: [code('privacy')] },
    'deny',
  ],
  [
    'its category',
    [consent('permit', { categories: [code('privacy')] })],
    { categories: [code('privacy')] },
    'permit',
  ],
  [
    'a purpose that was not said',
    [consent('permit', { purposes: [code('TREAT')] })],
    { purposes: null },
    'deny',
  ],
  ['its purpose', [consent('permit', { purposes: [code('TREAT')] })], {}, 'permit'],
  ['a refused purpose', [but('permit', { purposes: [code('HMARKT')] })], { purposes: ['HMARKT'] }, 'deny'],
  [
    'a refused purpose, none said',
    [but('permit', { purposes: [code('HMARKT')] })],
    { purposes: null },
    'deny',
  ],
  [
    'a permitted purpose, none said',
    [but('deny', { purposes: [code('TREAT')] })],
    { purposes: null },
    'deny',
  ],
  ['a refused person', [but('permit', { actors: actors('okafor') })], {}, 'deny'],
  [
    'a refused person among others who ask',
    [but('permit', { actors: actors('okafor') })],
    { actors: [person('x'), person('okafor')] },
    'deny',
  ],
  [
    'somebody refused who is not known here',
    [but('permit', { actors: { identifiers: [], someUnknown: true } })],
    {},
    'deny',
  ],
  [
    'somebody permitted who is not known here',
    [but('deny', { actors: { identifiers: [], someUnknown: true } })],
    {},
    'deny',
  ],
  ['a permitted person', [but('deny', { actors: actors('okafor') })], {}, 'permit'],
  ['nobody says who asks', [but('permit', { actors: actors('okafor') })], { actors: null }, 'deny'],
  ['a refused label', [but('permit', { labels: [code('R')] })], {}, 'permit without R'],
  [
    'two refused labels',
    [but('permit', { labels: [code('R')] }, { labels: [code('V'), code('R')] })],
    {},
    'permit without R,V',
  ],
  [
    'a refused class, asked for',
    [but('permit', { classes: [code('Gene')] })],
    { classes: [code('Gene'), code('Drug')] },
    'deny',
  ],
  [
    'a refused class, another asked for',
    [but('permit', { classes: [code('Gene')] })],
    { classes: [code('Drug')] },
    'permit',
  ],
  [
    'a permitted class',
    [but('deny', { classes: [code('Gene')] })],
    { classes: [code('Gene')] },
    'permit only Gene',
  ],
  [
    'a permitted class, another asked for',
    [but('deny', { classes: [code('Gene')] })],
    { classes: [code('Drug')] },
    'deny',
  ],
  [
    'class and label permitted together',
    [but('deny', { classes: [code('Gene')], labels: [code('N')] })],
    {},
    'deny',
  ],
  ['denied beside what is permitted', [denied({}, { purposes: [code('TREAT')] })], {}, 'deny'],
  ['denied for another purpose', [denied({}, { purposes: [code('HRESCH')] })], {}, 'permit'],
  ['a label denied beside', [denied({}, { labels: [code('R')] })], {}, 'permit without R'],
  ['denied, and nothing permitted', [denied({ unclear: true }, {})], {}, 'deny'],
  ['denied with limits that nobody understands', [denied({}, { unclear: true })], {}, 'deny'],
  ['a permission with limits that nobody understands', [but('deny', { unclear: true })], {}, 'deny'],
  ['a refusal with limits that nobody understands', [but('permit', { unclear: true })], {}, 'deny'],
  ['an exception that has run out', [but('permit', { until: day('2026-11-22') })], {}, 'permit'],
  [
    'two that permit in part',
    [but('deny', { labels: [code('N'), code('R')] }), but('deny', { labels: [code('N')] })],
    {},
    'permit only N',
  ],
  [
    'two that permit nothing in common',
    [but('deny', { labels: [code('R')] }), but('deny', { labels: [code('N')] })],
    {},
    'deny',
  ],
]

const told = ({ decision, obligations }: ReturnType<typeof decideOutside>): string =>
  [
    decision,
    ...obligations.map((one) =>
      'codes' in one
        ? `without ${one.codes.map(({ code }) => code)}`
        : `only ${one.exceptAnyOfCodes.map(({ code }) => code)}`,
    ),
  ].join(' ')

for (const [given, consents, asked, then] of table)
  test(`given ${given}, then ${then}`, () => {
    assert.equal(told(decideOutside(consents, { ...anyone, ...asked }, at)), then)
  })

const some = fc.option(fc.subarray([code('a'), code('b')]), { nil: null })
const exceptions = fc.array(
  fc.record({
    ...{ purposes: some, classes: some, labels: some, from: fc.constant(null), until: fc.constant(null) },
    actors: fc.option(
      fc.constantFrom(actors('okafor'), actors('x'), { identifiers: [], someUnknown: true }),
      { nil: null },
    ),
    unclear: fc.boolean(),
  }),
  { maxLength: 3 },
)
const consents = fc.array(
  fc
    .tuple(fc.constantFrom('permit', 'deny', null), fc.boolean(), exceptions)
    .map(([base, active, exceptions]) => consent(base, { active, exceptions })),
  { maxLength: 4 },
)
const asked = fc.record({
  categories: some,
  classes: some,
  purposes: fc.constantFrom(null, ['a'], ['TREAT']),
  actors: fc.constantFrom(null, [person('okafor')]),
})

test('the order of consents changes nothing, a refusal of everything refuses, and what is permitted rests on a consent', () => {
  fc.assert(
    fc.property(consents, asked, (list, request) => {
      const answer = decideOutside(list, request, at)
      const sorted = (text: string) =>
        text.replaceAll(/(without|only) (\S+)/g, (_, how, codes) => `${how} ${codes.split(',').sort()}`)
      assert.equal(sorted(told(decideOutside(list.toReversed(), request, at))), sorted(told(answer)))
      assert.equal(decideOutside([...list, consent('deny')], request, at).decision, 'deny')
      if (answer.decision === 'permit') assert.ok(answer.basedOn.length > 0)
    }),
  )
})
