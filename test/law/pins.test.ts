import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type Pins, pinnedSituations, pinOf, pinsFile } from './pins.ts'
import { base } from './situations.ts'

test('what is said about each norm, and around it, is what it was: npm run pins after a change that is meant', (t) => {
  const pins = JSON.parse(readFileSync(pinsFile, 'utf8')) as Pins
  const situations = pinnedSituations(base)
  let count = 0
  const changed = [...situations].filter(([id, about]) => {
    count += about.length
    return pinOf(about, base) !== pins[id]
  })
  t.diagnostic(`${count} situations about ${situations.size} norms`)
  assert.deepEqual(
    changed.map(([id]) => id),
    [],
  )
  assert.deepEqual(Object.keys(pins).sort(), [...base.byId.keys()].sort())
})
