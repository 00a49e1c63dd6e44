import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { decide, type Permit } from '#decision'
import { callGenes } from '#genome'
import { actId, ok, utf8 } from '#kernel'
import { makePlan } from '#plan'
import { type Case, type FromFile, planForPerson } from '#usecases'
import { systemChance } from '../chance.ts'
import { outFolder } from '../files/outFolder.ts'
import { given, type MakeSide, type Ports } from './parts.ts'

export type PlanSetting = {
  readonly caseFolder: string
  readonly folder: string
  readonly dataFolder: string
}

const quietly = () => {}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** As `habeas plan` does it, from the case folder to the written plan with its evidence. */
export const governedPlanSide: MakeSide<PlanSetting> = async ({ caseFolder, folder, dataFolder }, parts) => {
  const ports = { ...(await parts.ports()), store: await parts.store(dataFolder), folder: outFolder }
  const request = { caseFolder, out: join(folder, 'governed') }
  return {
    round: () => timed(async () => given(await planForPerson(ports, request, quietly))),
    close: () => ports.store.close(),
  }
}

/** The same reading, the same calls, the same plan and documents, written the same way; nobody asks whether it may be made. */
export const ungovernedPlanSide: MakeSide<PlanSetting> = async ({ caseFolder, folder }, parts) => {
  const ports = await parts.ports()
  const permit = permitFor(ports, given(await ports.cases.readCase(caseFolder)))
  const out = join(folder, 'ungoverned')
  await mkdir(out, { recursive: true })
  return {
    round: () => timed(() => planUngoverned(ports, permit, caseFolder, out)),
    close: () => rm(out, { recursive: true, force: true }),
  }
}

/** Made once, beforehand: no plan can be made without one. */
function permitFor({ lawbook, clock }: Ports, { value }: FromFile<Case>): Permit {
  const { situation, subject } = value
  const decision = decide({
    act: {
      id: actId(systemChance.id())!,
      subject: subject.id,
      activity: situation.activity,
      purpose: situation.purpose,
      categories: situation.data?.categories ?? [],
      lawDay: situation.at,
      instant: clock.now(),
    },
    ruling: ok(lawbook.rule(situation)),
    standing: 'not-asked',
    house: undefined,
    refusal: undefined,
    refusedChoices: [],
    bars: [],
    needs: [],
    consents: situation.consents ?? [],
  })
  if (decision.kind === 'permit') return decision.permit
  throw new Error('the example that is permitted is refused')
}

async function planUngoverned(ports: Ports, permit: Permit, caseFolder: string, out: string): Promise<void> {
  const { cases, genomes, tables, documents } = ports
  const { value: from } = given(await cases.readCase(caseFolder))
  const clinical = given(await cases.readClinical(permit, from)).value
  const exposures = given(await cases.readEnvironment(permit, from))?.value ?? []
  const outside = given(await cases.readOutsideCalls(permit, from))?.value ?? []
  const genome = given(await genomes.read(from.genome, { sample: from.sample, refuseMismatch: true }))
  const genes = callGenes(genome.samples[0]!, tables.genome, { allMatches: false, outside })
  const facts = {
    subject: from.subject.id,
    at: from.situation.at,
    indication: from.indication,
    candidateDrugs: from.candidateDrugs,
    genes,
    record: clinical.record,
    notUnderstood: clinical.notUnderstood,
    exposures,
  }
  const plan = makePlan(permit, facts, tables.plan)
  const files = new Map([
    ['plan.json', utf8(`${JSON.stringify(plan, null, 2)}\n`)],
    ['plan.html', documents.html(plan)],
    ['plan.fhir.json', documents.fhir(plan)],
  ])
  given(await outFolder.write(out, files, []))
}
