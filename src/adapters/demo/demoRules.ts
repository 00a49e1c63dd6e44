import { expectOk, sha256Hex, utf8 } from '#kernel'
import {
  type Content,
  confirmRule,
  type DoorWorld,
  type HouseWorld,
  listHouseRules,
  proposeRule,
  type Steward,
} from '#usecases'
import { afterDeathForm } from './afterDeathForm.ts'
import { demoForm } from './demoForm.ts'
import { demoOrganisation } from './demoPeople.ts'
import { familyForm } from './familyForm.ts'

const report = sha256Hex(utf8('an invented report'))
const categories = ['genetic', 'health', 'biospecimen'] as const

/** What the invented hospital has laid down: what its examples need, and nothing else. */
const contents: readonly Content[] = [
  {
    kind: 'purpose',
    purpose: 'treatment',
    activities: ['test', 'collect', 'use', 'store', 'treat'],
    categories: [...categories, 'environment'],
  },
  {
    kind: 'purpose',
    purpose: 'family-interest',
    activities: ['use', 'inform-relative', 'return-findings'],
    categories: ['genetic', 'health', 'relatives'],
  },
  ...(['genetic', 'health', 'biospecimen', 'environment', 'relatives'] as const).map(
    (category): Content => ({ kind: 'retention', category, months: 360, after: 'lock' }),
  ),
  {
    kind: 'assessment',
    assessment: 'pipia',
    purposes: ['treatment', 'emergency', 'family-interest'],
    categories: [...categories, 'relatives'],
    outcome: 'granted',
    on: '2026-10-30',
    until: '2029-10-29',
    report,
  },
  {
    kind: 'contact',
    name: 'Hillside Hospital (invented)',
    contact: 'Data office, privacy@hillside.invalid',
    country: 'CN',
    authority: 'Cyberspace administration of the province (invented)',
    authorityContact: 'https://authority.invalid',
  },
  demoForm,
  familyForm,
  afterDeathForm,
]

/** Proposed by one steward of the demo, confirmed by the other; once. */
export async function layDownDemoRules(world: HouseWorld): Promise<void> {
  if ((await listHouseRules(world, demoOrganisation)).length > 0) return
  const [first, second] = await Promise.all([stewardOf(world, 'chen.hua'), stewardOf(world, 'fang.yu')])
  for (const content of contents) {
    const because = 'The demonstration needs it.'
    const rule = expectOk(await proposeRule(world, first, { content, because, replaces: null }))
    expectOk(await confirmRule(world, second, rule.id, because))
  }
}

async function stewardOf({ store }: DoorWorld, signInName: string): Promise<Steward> {
  const account = await store.door.look((door) => door.findAccount({ signInName }))
  if (account === undefined) throw new Error('a steward of the demo is not there')
  return { account: account.id, name: account.name, method: 'code', organisation: demoOrganisation }
}
