import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compareNames, diplotypeLabel, strandsLabel } from './names.ts'

describe('names', () => {
  test('order: by number, then by what follows it; the reference first where it is called so', () => {
    const sorted = [
      'Reference',
      '*1',
      '*2',
      '*3',
      '*3A',
      '*3C',
      '*10',
      '*38',
      'c.61C>T',
      'c.85T>C (*9A)',
      'c.1129-5923C>G',
      'c.1129-5923C>G, c.1236G>A (HapB3)',
      'c.1905+1G>A (*2A)',
      'rs9923231 reference (C)',
      'rs9923231 variant (T)',
    ]
    const shuffled = sorted.toSorted((a, b) => ((a.length * 7919) % 13) - ((b.length * 7919) % 13))
    assert.deepEqual(shuffled.sort(compareNames), sorted)
  })

  test('labels do not depend on which copy comes first', () => {
    const pairs: readonly (readonly [string, string, label: string])[] = [
      ['*38', '*3', '*3/*38'],
      ['*3C', '*1', '*1/*3C'],
      ['*17', '*3B', '*3B/*17'],
      ['c.1905+1G>A (*2A)', 'c.1627A>G (*5)', 'c.1627A>G (*5)/c.1905+1G>A (*2A)'],
      ['c.343A>G', 'Reference', 'Reference/c.343A>G'],
    ]
    for (const [a, b, label] of pairs) {
      assert.equal(diplotypeLabel(a, b), label)
      assert.equal(diplotypeLabel(b, a), label)
    }
  })

  test('copies with several variants: brackets, and the copy with fewer variants first', () => {
    assert.equal(strandsLabel(['c.313G>A', 'c.61C>T'], ['c.61C>T']), 'c.61C>T/[c.61C>T + c.313G>A]')
    assert.equal(
      strandsLabel(['c.2846A>T', 'c.2933A>G'], ['c.2582A>G', 'c.498G>A']),
      '[c.498G>A + c.2582A>G]/[c.2846A>T + c.2933A>G]',
    )
  })
})
