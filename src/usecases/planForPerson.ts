import { type Denial, type Permit, requirePermit } from '#decision'
import { callGenes, type GeneCall, type GenomeKnowledge, type GenomeReader } from '#genome'
import { err, type Fault, FaultError, inputFault, ok, type Result, sha256Hex } from '#kernel'
import type { Ruling } from '#law'
import { makePlan, type Plan, type PlanKnowledge } from '#plan'
import { type Activity, activities } from '#vocabulary'
import {
  type ActedBy,
  type ActRequest,
  type Done,
  type Effect,
  type Files,
  type Inputs,
  operator,
} from './act.ts'
import { signaturesFile } from './agreements/showAgreements.ts'
import { signedFiles } from './agreements/signedFiles.ts'
import type { Case, CaseReader, FromFile } from './caseFolder.ts'
import { caseRequest } from './caseRequest.ts'
import { emergencyFiles } from './emergencies/refusal.ts'
import { type Governed, govern } from './govern.ts'
import { agreeOnAge, concernsPerson } from './plannedPerson.ts'
import { recallFiles } from './recalls/recall.ts'
import { jsonFile } from './receipt.ts'
import { relativesFiles } from './relatives/refusal.ts'
import type { World } from './world.ts'

export type PlanRequest = { readonly caseFolder: string; readonly out?: string | undefined }

/** The plan as documents for people and machines. Pure; the bytes are what the evidence commits to. */
export type PlanDocuments = {
  readonly html: (plan: Plan) => Uint8Array
  readonly fhir: (plan: Plan) => Uint8Array
}

/** Where the result is laid down, all of it or nothing. */
export interface OutFolder {
  /** Fails now rather than after the work when nothing could be written there. */
  check(folder: string): Promise<Result<undefined, Fault>>
  /** Writes all files or none, and takes away those that an earlier run left and this one did not make. */
  write(folder: string, files: Files, stale: readonly string[]): Promise<Result<undefined, Fault>>
}

export type PlanPorts = World & {
  readonly cases: CaseReader
  readonly genomes: GenomeReader
  readonly tables: { readonly genome: GenomeKnowledge; readonly plan: PlanKnowledge }
  readonly documents: PlanDocuments
  readonly folder: OutFolder
}

export type PlanOutcome = { readonly ruling: Ruling; readonly out: string; readonly index: number } & (
  | { readonly kind: 'done'; readonly plan: Plan; readonly permit: Permit }
  | { readonly kind: 'refused'; readonly denial: Denial }
)

type Show = (text: string) => void

/** A case folder in, a governed plan with evidence out; or a refusal with every reason, and evidence of that. */
export async function planForPerson(
  ports: PlanPorts,
  request: PlanRequest,
  show: Show,
): Promise<Result<PlanOutcome, Fault>> {
  const out = request.out ?? `${request.caseFolder}/out`
  const read = await ports.cases.readCase(request.caseFolder)
  if (!read.ok) return read
  const unplanned = unplannable(read.value)
  if (unplanned) return err(unplanned)
  const writable = await ports.folder.check(out)
  if (!writable.ok) return writable
  try {
    show('reading the law of the day')
    const governed = await planCase(ports, read.value, operator, show)
    const written = await ports.folder.write(out, filesOf(governed), planFiles)
    return written.ok ? ok(outcomeOf(governed, out)) : written
  } catch (error) {
    if (error instanceof FaultError) return err(error.fault)
    throw error
  }
}

export type CasePorts = Omit<PlanPorts, 'folder'>

/** Why no plan can be meant by this case at all, whatever the gate would say. */
export const unplannable = (from: FromFile<Case>): Fault | undefined =>
  refuseOtherActivities(from) ?? concernsPerson(from)

/** A plan of a case that was read, through the door. Throws a `FaultError` when the case's files or the store fail. */
export const planCase = (
  ports: CasePorts,
  from: FromFile<Case>,
  by: ActedBy,
  show: Show,
): Promise<Governed<Plan>> => govern(ports, planRequest(from, by), effectOf(ports, from.value, show))

/** Activities that a plan for a person can be part of; for any other the folder asks for something else. */
const planned: readonly Activity[] = [
  'use',
  'test',
  'treat',
  'collect',
  'automated-decision',
  'return-findings',
]

function refuseOtherActivities({ file, value }: FromFile<Case>): Fault | undefined {
  const { activity } = value.situation
  if (planned.includes(activity)) return undefined
  const rest = activities.filter((other) => planned.includes(other)).join(', ')
  return inputFault(
    'case.activity',
    `${file} $.situation.activity`,
    activity,
    `an activity that makes a plan: ${rest}`,
  )
}

/** What is asked of the gate for a plan; for an act that makes none, nothing is read. */
export const planRequest = (from: FromFile<Case>, by: ActedBy): ActRequest =>
  caseRequest('plan', from, by, refuseOtherActivities(from) ? [] : ['genetic', 'health'])

const planFiles = ['plan.json', 'plan.html', 'plan.fhir.json']
/** Names under which outputs lie beside `evidence/`. */
export const outputFiles: readonly string[] = [
  'ruling.json',
  ...planFiles,
  ...signedFiles,
  signaturesFile,
  ...recallFiles,
  ...emergencyFiles,
  ...relativesFiles,
]

function effectOf(ports: CasePorts, from: Case, show: Show): Effect<Plan> {
  return async (permit, transaction) => {
    const facts = await readFacts(ports, permit, from, show)
    show('making the plan')
    const { record, notUnderstood } = facts.clinical
    const made = makePlan(
      permit,
      {
        subject: from.subject.id,
        at: from.situation.at,
        indication: from.indication,
        candidateDrugs: from.candidateDrugs,
        genes: facts.genes,
        record,
        notUnderstood,
        exposures: facts.exposures,
      },
      ports.tables.plan,
    )
    const plan = { ...made, warnings: [...made.warnings, ...facts.warnings] }
    const json = jsonFile(plan)
    await transaction.recordPlan({ indication: from.indication, plan, sha256: sha256Hex(json) })
    const bytes = [json, ports.documents.html(plan), ports.documents.fhir(plan)]
    const outputs = new Map(planFiles.map((name, i) => [name, bytes[i]!]))
    return { value: plan, outputs, inputs: facts.inputs } satisfies Done<Plan>
  }
}

async function readFacts({ cases, genomes, tables }: CasePorts, permit: Permit, from: Case, show: Show) {
  const clinical = given(await cases.readClinical(permit, from))
  const warnings = given(agreeOnAge(from, clinical))
  const environment = given(await cases.readEnvironment(permit, from))
  const outside = given(await cases.readOutsideCalls(permit, from))
  requirePermit(permit, 'genetic')
  const genome = given(
    await genomes.read(from.genome, {
      sample: from.sample,
      refuseMismatch: true,
      onProgress: showReading(show),
    }),
  )
  const sample = onlySample(genome.samples, from)
  const genes: readonly GeneCall[] = callGenes(sample, tables.genome, {
    allMatches: false,
    outside: outside?.value ?? [],
  })
  const inputs: Inputs = {
    genome: genome.source.sha256,
    ...Object.fromEntries(
      [clinical, environment, outside].flatMap((read) => (read ? [[read.file, read.sha256]] : [])),
    ),
  }
  return { clinical: clinical.value, exposures: environment?.value ?? [], genes, inputs, warnings }
}

const showReading = (show: Show) => (read: number, total: number) =>
  show(`reading the genome: ${Math.floor((100 * read) / Math.max(total, 1))} %`)

function onlySample<S>(samples: readonly S[], { folder }: Case): S {
  const [first, ...others] = samples
  if (first !== undefined && others.length === 0) return first
  const found = `${samples.length} samples in the genome file`
  throw new FaultError(
    inputFault('case.sample', `${folder}/case.json $.sample`, found, 'the id of one of them'),
  )
}

/** Inside the act's transaction a fault unwinds it. */
function given<T>(result: Result<T, Fault>): T {
  if (!result.ok) throw new FaultError(result.error)
  return result.value
}

function filesOf({ outputs, receipt }: Governed<Plan>): Files {
  const evidence = [...receipt.files].map(([name, bytes]) => [`evidence/${name}`, bytes] as const)
  return new Map([...outputs, ...evidence])
}

function outcomeOf(governed: Governed<Plan>, out: string): PlanOutcome {
  const common = { ruling: governed.ruling, out, index: governed.receipt.index }
  return governed.kind === 'done'
    ? { ...common, kind: 'done', plan: governed.value, permit: governed.permit }
    : { ...common, kind: 'refused', denial: governed.denial }
}
