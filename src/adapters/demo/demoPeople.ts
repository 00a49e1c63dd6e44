import { expectOk, instantOf, subjectId } from '#kernel'
import {
  addCode,
  type DoorWorld,
  type Holding,
  type IssuedCode,
  inviteAccount,
  listAccounts,
  type OrganisationId,
  type Role,
  recordCare,
} from '#usecases'

/** The invented hospital, and the authority that supervises it. */
export const demoOrganisation = 'hillside' as OrganisationId
/** Somebody else's, that is given results. */
const laboratory = 'river-lab' as OrganisationId
const authority = 'health-office' as OrganisationId

type Somebody = {
  readonly signInName: string
  readonly name: string
  readonly role: Role
  readonly subject?: string
  /** Of a relative, who sees nothing while they live. */
  readonly kinship?: 'child'
  readonly organisation?: OrganisationId
  /** Whom they look after. */
  readonly care?: readonly string[]
}

const at = demoOrganisation
const people: readonly Somebody[] = [
  { signInName: 'zhao.ming', name: 'Zhao Ming (invented)', role: 'person', subject: 'example-1' },
  { signInName: 'qian.yue', name: 'Qian Yue (invented)', role: 'person', subject: 'example-2' },
  { signInName: 'sun.ke', name: 'Sun Ke (invented)', role: 'person', subject: 'example-3' },
  { signInName: 'li.an', name: 'Li An (invented)', role: 'person', subject: 'example-4' },
  { signInName: 'zhao.hong', name: 'Zhao Hong (invented)', role: 'representative', subject: 'example-1' },
  {
    ...{ signInName: 'zhao.lei', name: 'Zhao Lei (invented)', role: 'representative', subject: 'example-1' },
    kinship: 'child',
  },
  {
    signInName: 'wang.lan',
    name: 'Dr Wang Lan (invented)',
    role: 'clinician',
    organisation: at,
    care: ['example-1', 'example-2', 'example-3'],
  },
  { signInName: 'he.jun', name: 'Dr He Jun (invented)', role: 'clinician', organisation: at },
  { signInName: 'chen.hua', name: 'Chen Hua (invented)', role: 'steward', organisation: at },
  { signInName: 'fang.yu', name: 'Fang Yu (invented)', role: 'steward', organisation: at },
  { signInName: 'luo.bin', name: 'Luo Bin (invented)', role: 'steward', organisation: laboratory },
  { signInName: 'lin.na', name: 'Lin Na (invented)', role: 'reviewer', organisation: at },
  { signInName: 'xu.wei', name: 'Xu Wei (invented)', role: 'chair', organisation: at },
  { signInName: 'gao.feng', name: 'Gao Feng (invented)', role: 'regulator', organisation: authority },
  { signInName: 'tang.yu', name: 'Tang Yu (invented)', role: 'researcher', organisation: at },
  { signInName: 'ma.rui', name: 'Ma Rui (invented)', role: 'auditor', organisation: at },
]

export type DemoCode = Pick<Somebody, 'signInName' | 'name' | 'role'> & Pick<IssuedCode, 'code'>

/** Everybody of the demo, made when they are not there yet, each with a fresh code that opens once. */
export async function inviteDemoPeople(world: DoorWorld): Promise<readonly DemoCode[]> {
  const known = new Set((await listAccounts(world)).map(({ signInName }) => signInName))
  const codes: DemoCode[] = []
  for (const somebody of people) {
    const { signInName, name, role } = somebody
    const issued = known.has(signInName) ? await addCode(world, signInName) : await invite(world, somebody)
    codes.push({ signInName, name, role, code: expectOk(issued).code })
  }
  return codes
}

async function invite(world: DoorWorld, somebody: Somebody) {
  const { signInName, name, care = [] } = somebody
  const invitation = { signInName, name, language: null, outside: null, holdings: [holdingOf(somebody)] }
  const made = await inviteAccount(world, invitation)
  // Another server of the same demo was faster.
  if (!made.ok) return addCode(world, signInName)
  for (const of of care) {
    const subject = subjectId(of)!
    await recordCare(world, signInName, { organisation: at, subject, until: null, evidence: 'demo' })
  }
  return { ok: true as const, value: made.value.issued! }
}

function holdingOf({ role, subject, organisation, kinship }: Somebody): Holding {
  const term = { from: instantOf(0), until: null, evidence: 'demo' }
  return (
    subject === undefined
      ? { role, organisation, ...term }
      : { role, subject: subjectId(subject), ...term, ...(kinship && { kinship }) }
  ) as Holding
}
