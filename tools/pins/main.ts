// npm run pins              writes test/law/pins.json: what the law says around each norm
// npm run pins -- --mutate  changes one norm at a time, and tells how many of the changes its pin notices
import { writeFile } from 'node:fs/promises'
import { addDays } from '#kernel'
import type { NormBase } from '#law'
import { pinnedSituations, pinOf, pinsFile } from '../../test/law/pins.ts'
import { base, withNorm } from '../../test/law/situations.ts'

type Norm = NormBase['norms'][number]
type Condition = Norm['when']
type Mutant = { readonly what: string; readonly norm: Norm }

const always: Condition = { kind: 'always' }
const never: Condition = { kind: 'any', of: [] }
const without = <T>(list: readonly T[], index: number): readonly T[] => list.filter((_, i) => i !== index)

/** One change at a time to the condition or a date. */
function mutantsOf(norm: Norm): readonly Mutant[] {
  const { when } = norm
  const parts = when.kind === 'all' ? when.of : []
  const conditions: readonly (readonly [string, Condition])[] = [
    ['always', always],
    ['never', never],
    ['not', { kind: 'not', of: when }],
    ...parts.flatMap((part, i): readonly (readonly [string, Condition])[] => [
      [`without part ${i}`, { kind: 'all', of: without(parts, i) }],
      [`part ${i} reversed`, { kind: 'all', of: parts.with(i, { kind: 'not', of: part }) }],
    ]),
  ]
  return [
    ...conditions
      .filter(([, condition]) => JSON.stringify(condition) !== JSON.stringify(when))
      .map(([what, condition]) => ({ what, norm: { ...norm, when: condition } })),
    { what: 'a day later', norm: { ...norm, from: addDays(norm.from, 1) } },
    { what: 'a day earlier', norm: { ...norm, from: addDays(norm.from, -1) } },
    ...(norm.to === null ? [] : [{ what: 'a day less', norm: { ...norm, to: addDays(norm.to, -1) } }]),
    ...(norm.to === null ? [] : [{ what: 'a day more', norm: { ...norm, to: addDays(norm.to, 1) } }]),
  ]
}

const situations = pinnedSituations(base)
if (process.argv.includes('--mutate')) {
  let [noticed, made] = [0, 0]
  for (const norm of base.norms) {
    const about = situations.get(norm.id)!
    const pin = pinOf(about, base)
    for (const mutant of mutantsOf(norm)) {
      made += 1
      if (pinOf(about, withNorm(mutant.norm)) !== pin) noticed += 1
      else console.log(`not noticed: ${norm.id} ${mutant.what}`)
    }
  }
  console.log(`${noticed} of ${made} changes noticed (${((100 * noticed) / made).toFixed(1)} %)`)
} else {
  const pins = Object.fromEntries([...situations].map(([id, about]) => [id, pinOf(about, base)]).sort())
  await writeFile(pinsFile, `${JSON.stringify(pins, null, 2)}\n`)
  console.log(`${pinsFile}: ${situations.size} norms`)
}
