import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Agreement } from '#consent'
import { anyAgreement } from '../../../../test/consent/outwardAgreement.ts'
import { ownUrl } from './codes.ts'
import { readConsent } from './readConsent.ts'
import { writeConsent } from './writeConsent.ts'

type Part = Record<string, unknown> & { extension: Part[]; provision: Part & { provision: Part[] } }
const limits = {
  ...{ item: null, parties: null, activities: null, categories: null, within: [] },
  ...{ dataFrom: null, dataUntil: null, from: null, until: null, minimumCohort: null, obligations: [] },
}
const agreement: Agreement = {
  ...fc.sample(anyAgreement, { seed: 3, numRuns: 1 })[0]!,
  base: 'refuse',
  provisions: [{ ...limits, effect: 'permit', purposes: ['research'] }],
}
const written = (): Part => JSON.parse(JSON.stringify(writeConsent(agreement, [], 'R4').resource)) as Part
const read = (value: unknown) => readConsent(value, 'R4', 'f')

const foreign = { url: 'https://elsewhere.example/x', valueBoolean: true }
const table: readonly [given: string, change: (consent: Part) => unknown, where: string | null][] = [
  ['another resource', (it) => ({ ...it, resourceType: 'Patient' }), 'f $.resourceType'],
  ['no object', () => null, 'f $'],
  ['no agreement in it', (it) => ({ ...it, extension: [foreign] }), 'f $.extension'],
  ['two agreements', (it) => ({ ...it, extension: [...it.extension, it.extension[0]] }), `f $.extension[2]`],
  ['a modifier of the resource', (it) => ({ ...it, modifierExtension: [foreign] }), 'f $.modifierExtension'],
  [
    'a modifier of a provision',
    (it) => {
      it.provision.modifierExtension = [foreign]
      return it
    },
    'f $.provision.modifierExtension',
  ],
  [
    'a class that narrows a permission',
    (it) => {
      it.provision.provision[0]!['class'] = [{ code: 'Observation' }]
      return it
    },
    'f $.provision.provision[0].class',
  ],
  [
    'a permission turned into a refusal',
    (it) => {
      it.provision.provision[0]!['type'] = 'deny'
      return it
    },
    'f $.provision.provision[0].type',
  ],
  [
    'a permission that nobody signed',
    (it) => {
      it.provision.provision.push({ type: 'permit' } as unknown as Part)
      return it
    },
    'f $.provision.provision',
  ],
  ['another status', (it) => ({ ...it, status: 'inactive' }), 'f $.status'],
  ['rules that it was made under', (it) => ({ ...it, implicitRules: 'u:x' }), 'f $.implicitRules'],
  ['a policy beside it', (it) => ({ ...it, policy: [{ uri: 'u:x' }] }), 'f $.policy'],
  [
    'somebody else',
    (it) => ({ ...it, patient: { ...(it['patient'] as object), reference: 'Patient/else' } }),
    'f $.patient.reference',
  ],
  [
    'an extension in our name',
    (it) => ({ ...it, extension: [...it.extension, { url: ownUrl('new'), valueBoolean: true }] }),
    'f $.extension',
  ],
  ['a text to show', (it) => ({ ...it, text: { status: 'generated' } }), null],
  ['another id and a version', (it) => ({ ...it, id: 'other', meta: { versionId: '2' } }), null],
  ['an extension of others', (it) => ({ ...it, extension: [foreign, ...it.extension] }), null],
  [
    'an identifier of others',
    (it) => ({ ...it, identifier: [...(it['identifier'] as []), { system: 'u:x' }] }),
    null,
  ],
]
for (const [given, change, where] of table)
  test(`given ${given}, then ${where === null ? 'it is read, and said not to be kept' : `refused at ${where}`}`, () => {
    const found = read(change(written()))
    if (where !== null) assert.equal(found.ok ? 'read' : found.error.where, where)
    else
      assert.ok(
        found.ok &&
          found.value.lost.length > 0 &&
          found.value.lost.every(({ path }) => path.startsWith('f $.')),
      )
  })

test('given a value of the wrong kind in what was signed, then its place is named', () => {
  const consent = written()
  const place = consent.extension[0]!.extension.findIndex(({ url }) => url === 'version')
  consent.extension[0]!.extension[place]!['valueInteger'] = 'two'
  const found = read(consent)
  assert.equal(found.ok ? '' : found.error.where, `f $.extension[0].extension[${place}].valueInteger`)
})

const junk = fc.constantFrom<unknown>(
  null,
  [],
  {},
  7,
  '',
  'x',
  true,
  [[]],
  [null],
  '\u0000',
  { url: 'x' },
  -1,
)

/** A place in the resource, put to something else, taken away or said twice. */
function damage(root: unknown, steps: readonly number[], how: number, put: unknown): void {
  let node = root as Record<string, unknown>
  for (const [i, step] of steps.entries()) {
    const names = Object.keys(node)
    if (names.length === 0) return
    const name = names[step % names.length]!
    const next = node[name]
    if (i < steps.length - 1 && typeof next === 'object' && next !== null) {
      node = next as Record<string, unknown>
      continue
    }
    if (Array.isArray(node)) how === 0 ? node.splice(Number(name), 1) : node.push(how === 1 ? put : next)
    else if (how === 0) delete node[name]
    else node[how === 1 ? name : `${name}Again`] = how === 1 ? put : next
    return
  }
}

test('given damage anywhere, then a fault with a place or the very same agreement, and never a throw', () => {
  const steps = fc.array(fc.nat(60), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(
      anyAgreement,
      fc.constantFrom('R4' as const, 'R5' as const),
      steps,
      fc.nat(2),
      junk,
      (one, version, path, how, put) => {
        const resource: unknown = JSON.parse(JSON.stringify(writeConsent(one, [], version).resource))
        const carried = () => JSON.stringify((resource as Part).extension)
        const before = carried()
        damage(resource, path, how, put)
        const found = readConsent(resource, version, 'f')
        if (!found.ok) assert.ok(found.error.where.startsWith('f $'))
        // Where what is carried was itself changed, it is another agreement, and all else must say what that one says.
        else if (carried() === before)
          assert.deepEqual(JSON.parse(JSON.stringify(found.value.agreement)), JSON.parse(JSON.stringify(one)))
      },
    ),
    { numRuns: 1000 },
  )
})

const deep = (levels: number): unknown =>
  JSON.parse(`${'{"provision":['.repeat(levels)}{}${']}'.repeat(levels)}`)
const large: readonly [given: string, provision: unknown][] = [
  ['ten megabytes of provisions', { provision: Array(3_400_000).fill({}) }],
  [
    'many with something in them',
    { provision: Array.from({ length: 100_000 }, () => ({ type: 'permit', period: { start: '2020' } })) },
  ],
  ['provisions in provisions', deep(100)],
  ['provisions in provisions, far beyond any stack', deep(3000)],
]
for (const [given, provision] of large)
  test(`given ${given}, then refused at a place, soon`, () => {
    const started = performance.now()
    const found = read({ ...written(), provision })
    assert.ok(!found.ok && found.error.where.startsWith('f $'))
    assert.ok(performance.now() - started < 20_000)
  })

test('given very many extensions of others, then read all the same', () => {
  const consent = written()
  consent.extension.push(...(Array(100_000).fill(foreign) as Part[]))
  const found = read(consent)
  assert.equal(found.ok && found.value.lost.length, 100_000)
})
