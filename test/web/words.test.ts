import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { SituationSchema } from '#law'
import { isAction } from '#plan'
import { en } from '../../src/web/words/en.ts'
import { zh } from '../../src/web/words/zh.ts'
import { knowledge } from '../genome/knowledge.ts'

type Words = { readonly [key: string]: string | Words }

const flat = (words: Words, before = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${before}${key}`, value]] : flat(value, `${before}${key}.`),
  )
const english = new Map(flat(en))
const chinese = new Map(flat(zh))
const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

test('every sentence exists in both languages and speaks of the same things', () => {
  assert.deepEqual([...chinese.keys()].sort(), [...english.keys()].sort())
  for (const [key, text] of english) {
    assert.ok(text.trim().length > 0, key)
    assert.deepEqual(places(chinese.get(key)!), places(text), key)
  }
})

test('Chinese sentences are Chinese, English ones English', () => {
  for (const [key, text] of chinese) {
    const shown = text.replace(/\{\{\w+\}\}/g, '').replace(/^[\s:：]*$/, '')
    if (/[A-Za-z]/.test(shown) || shown.length > 1) assert.match(text, /\p{Script=Han}/u, key)
  }
  for (const [key, text] of english) assert.doesNotMatch(text, /\p{Script=Han}/u, key)
})

type Rows = { readonly rows: readonly Record<string, unknown>[] }
const rowsOf = (path: string): Rows['rows'] => (JSON.parse(readFileSync(path, 'utf8')) as Rows).rows

test('every action, indication and phenotype that a plan can name has words', () => {
  assert.ok(Object.keys(en.action).every(isAction))
  for (const { id } of rowsOf('knowledge/clinical/indications.json'))
    assert.ok(english.has(`indication.${id}`), `${id}`)
  const table = readFileSync('knowledge/genome/phenotypes.json', 'utf8')
  const named =
    table.match(/"(?:Likely |Possible )?[A-Z][a-z]+ (?:Metabolizer|Function|coumarin sensitivity)"/g) ?? []
  assert.ok(named.length > 10)
  for (const quoted of named) assert.ok(chinese.has(`phenotype.${JSON.parse(quoted)}`), quoted)
})

test('every authority that the norms name, and every group of facts, has words', () => {
  const named = readdirSync('knowledge/law').flatMap((file) =>
    [...readFileSync(`knowledge/law/${file}`, 'utf8').matchAll(/authority: ([A-Z][A-Z-]+)/g)].map(
      ([, id]) => id,
    ),
  )
  assert.ok(new Set(named).size > 5)
  for (const id of named) assert.ok(english.has(`procedure.authority.${id}`), id)
  const always = ['id', 'at', 'jurisdictions', 'activity', 'purpose']
  for (const fact of Object.keys(SituationSchema.properties))
    if (!always.includes(fact)) assert.ok(english.has(`procedure.fact.${fact}`), fact)
})

test('everything that a person’s own file can be told of has words', () => {
  const named = (file: string, pattern: RegExp) =>
    [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, name]) => name!)
  const warnings = named('src/genome/genotype.ts', /^ {2}\| '([a-z0-9-]+)'$/gm)
  const files = readdirSync('src/genome').filter((name) => !name.endsWith('.test.ts'))
  const faults = files.flatMap((name) => named(`src/genome/${name}`, /'vcf\.([a-z-]+)'/g))
  // A page reads all samples.
  const elsewhere = new Set(['sample-unknown'])
  const phenotypes = [...knowledge.phenotypes.values()].flatMap(({ pairs }) => [...pairs.values()])
  assert.ok(warnings.length > 30 && faults.length > 15 && phenotypes.length > 150)
  for (const [group, names] of [
    ['genome.note', warnings],
    ['genome.refused', faults.filter((name) => !elsewhere.has(name))],
    ['genome.means', phenotypes.map(({ phenotype }) => phenotype)],
    ['phenotype', phenotypes.map(({ phenotype }) => phenotype)],
  ] as const)
    for (const name of new Set(names)) assert.ok(english.has(`${group}.${name}`), `${group}.${name}`)
})
