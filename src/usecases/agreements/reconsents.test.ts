import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RuleId, RuleInForce } from '#houserules'
import type { Instant } from '#kernel'
import type { Ruling, Situation } from '#law'
import { agreement, day, instant, permit, refuse } from '../../../test/consent/agreements.ts'
import type { Agreement } from '../../consent/agreement/agreement.ts'
import { stateOf } from '../../consent/agreement/state.ts'
import { withLawSince, withReconsents } from './reconsents.ts'

const care = permit({ item: 'care', purposes: ['treatment'] })
const all = ['form', 'purpose', 'law', 'majority'] as const
const signed = (facts: Partial<Agreement> = {}) => ({
  agreement: agreement({ provisions: [care], reconsentOn: [...all], ...facts }),
  events: [],
})
const ruleOf = (content: object, over: Partial<RuleInForce> = {}) =>
  ({
    id: 'f2',
    sha256: 'x',
    since: '2026-02-01T10:00:00.000Z',
    replaces: null,
    content,
    ...over,
  }) as RuleInForce
const form = (over: Partial<RuleInForce> = {}, content: object = {}) =>
  ruleOf({ kind: 'form', items: [], ...content }, over)
const purpose = (over: Partial<RuleInForce> = {}, name = 'treatment') =>
  ruleOf({ kind: 'purpose', purpose: name }, { id: 'p2' as RuleId, ...over })
const own = form({ id: 'f1' as RuleId, since: '2026-01-01T00:00:00.000Z' as Instant })

test('given what the hospital laid down since, a moment before and from then on, then it counts or rests', () => {
  const [before, from] = ['2026-02-01T09:59:59.999Z', '2026-02-01T10:00:00.000Z'].map(instant) as [
    Instant,
    Instant,
  ]
  const untold = { reconsentOn: [] }
  const replaced = purpose({ replaces: 'p1' as RuleId })
  const earlier = { ...replaced, since: '2026-02-01T09:00:00.000Z' as Instant }
  const table: [
    given: string,
    facts: Partial<Agreement>,
    rules: RuleInForce[] | undefined,
    is: [string, string],
  ][] = [
    ['nothing', {}, [own], ['given', 'given']],
    ['no hospital', {}, undefined, ['given', 'given']],
    ['another form in its place', {}, [form({ replaces: 'f1' as RuleId })], ['given', 'paused']],
    ['another form beside it', {}, [own, form()], ['given', 'given']],
    [
      'one that says the same',
      {},
      [form({ replaces: 'f1' as RuleId }, { goesOnFrom: ['f1'] })],
      ['given', 'given'],
    ],
    ['one that says the same as another', {}, [form({}, { goesOnFrom: ['f0'] })], ['paused', 'paused']],
    ['its form ended, and nothing came', {}, [], ['paused', 'paused']],
    ['whoever was not told of that', untold, [], ['given', 'given']],
    ['its purpose in other terms', {}, [own, replaced], ['given', 'paused']],
    ['its purpose for the first time', {}, [own, purpose()], ['given', 'given']],
    ['another purpose', {}, [own, purpose({ replaces: 'p1' as RuleId }, 'research')], ['given', 'given']],
    [
      'before the signature',
      { signedAt: instant('2026-02-01T09:30:00.000Z') },
      [own, earlier],
      ['given', 'given'],
    ],
    ['a no', { provisions: [refuse({ purposes: ['treatment'] })] }, [own, replaced], ['refused', 'refused']],
  ]
  for (const [given, facts, rules, is] of table) {
    const [one] = withReconsents([signed({ from: day('2026-01-01'), ...facts })], rules)
    assert.deepEqual(
      [before, from].map((at) => stateOf(one!.agreement, one!.events, at)),
      is,
      given,
    )
  }
})

test('given what the law wants told, then and now, then what was signed counts or rests', () => {
  const asked = (at: string, then: readonly string[], now: readonly string[]) => ({
    situation: { at: day(at) } as unknown as Situation,
    rule: (one: Situation) => ({ mustTell: one.at < day('2026-02-01') ? then : now }) as unknown as Ruling,
  })
  const table: [
    given: string,
    facts: Partial<Agreement>,
    when: string,
    then: string[],
    now: string[],
    is: string,
  ][] = [
    ['the same', {}, '2026-02-01', ['purpose'], ['purpose'], 'given'],
    ['more since', {}, '2026-02-01', ['purpose'], ['purpose', 'recipients'], 'paused'],
    ['more since, the day before', {}, '2026-01-31', ['purpose'], ['purpose', 'recipients'], 'given'],
    [
      'more since, and it was told',
      { read: { ...agreement().read, told: ['purpose', 'recipients'] as never } },
      '2026-02-01',
      ['purpose'],
      ['purpose', 'recipients'],
      'given',
    ],
    ['what it wanted then already', {}, '2026-02-01', ['recipients'], ['recipients'], 'given'],
    ['less', {}, '2026-02-01', ['purpose', 'recipients'], ['purpose'], 'given'],
    ['whoever was not told of that', { reconsentOn: [] }, '2026-02-01', [], ['recipients'], 'given'],
    ['the day of the signature', {}, '2026-01-10', [], ['recipients'], 'given'],
  ]
  for (const [given, facts, when, then, now, is] of table) {
    const [one] = withLawSince([signed(facts)], asked(when, then, now))
    assert.equal(stateOf(one!.agreement, one!.events, instant(`${when}T12:00:00.000Z`)), is, given)
  }
})
