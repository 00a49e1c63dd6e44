import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Permit, requirePermit } from '#decision'
import { parseOutsideCalls } from '#genome'
import { err, type Fault, inputFault, type Json, ok, parseJson, type Result } from '#kernel'
import type { Case, CaseReader, FromFile, OpenedCase } from '#usecases'
import { parseClinical } from '../fhir/readBundle.ts'
import { parseEnvironment } from '../fhir/readEnvironment.ts'
import { resourcesOf } from '../fhir/resources.ts'
import { openRegularFile } from '../files/readFile.ts'
import { parseCase } from './parseCase.ts'
import { readText, textOf } from './readText.ts'

const megabyte = 1 << 20
const limits = { case: megabyte, clinical: 64 * megabyte, environment: 4 * megabyte, outside: megabyte }

type Reading<T> = Promise<Result<FromFile<T>, Fault>>

type Parse<T> = (document: Json, where: string) => Result<T, Fault>

const readAs = async <T>(folder: string, file: string, limit: number, parse: Parse<T>): Reading<T> =>
  parseText(file, await readText(folder, file, limit), parse)

function parseText<T>(
  file: string,
  text: Result<FromFile<string>, Fault>,
  parse: Parse<T>,
): Result<FromFile<T>, Fault> {
  if (!text.ok) return text
  const document = parseJson(text.value.value, file)
  if (!document.ok) return document
  const parsed = parse(document.value, file)
  return parsed.ok ? ok({ ...text.value, value: parsed.value }) : parsed
}

const readCase = async (folder: string): Reading<Case> =>
  caseIn(folder, await readText(folder, 'case.json', limits.case))

/** Opens a case for whoever is not yet known to be allowed to see it; nothing of it is read before `read`. */
export function openCase(folder: string): OpenedCase {
  const opening = openRegularFile(resolve(folder, 'case.json'))
  return {
    async read() {
      const opened = await opening
      const bytes = opened.ok ? await opened.value.read(limits.case) : opened
      return caseIn(folder, textOf('case.json', bytes))
    },
    letGo: () => {
      const close = opening.then((opened) => (opened.ok ? opened.value.close() : undefined))
      close.catch(() => undefined)
    },
  }
}

function caseIn(folder: string, text: Result<FromFile<string>, Fault>): Result<FromFile<Case>, Fault> {
  const read = parseText('case.json', text, parseCase)
  if (!read.ok) return read
  const genome = findGenome(folder, read.value.value.genome)
  return genome.ok
    ? ok({ ...read.value, value: { ...read.value.value, folder, genome: genome.value } })
    : genome
}

/** The path is given relative to `case.json`; without one the folder's own genome is meant. */
function findGenome(folder: string, given: string | undefined): Result<string, Fault> {
  const names = given === undefined ? ['genome.vcf', 'genome.vcf.gz'] : [given]
  const found = names.map((name) => resolve(folder, name)).find((path) => existsSync(path))
  const where = given === undefined ? folder : 'case.json $.genome'
  if (found !== undefined) {
    const there = statSync(found)
    if (!there.isFIFO() && !there.isSocket()) return ok(found)
    return err(inputFault('case.genome', where, 'a pipe or socket', 'a VCF file'))
  }
  return err(
    inputFault('case.genome', where, 'no such file', given === undefined ? names.join(' or ') : 'a VCF file'),
  )
}

/** Reads a case folder; what lies beside `case.json` only with a permit. */
export const caseReader: CaseReader = {
  readCase,
  readClinical: (permit: Permit, { folder }) => {
    requirePermit(permit, 'health')
    // What relatives look at is the record of the dead; everything else is for somebody who lives.
    const person = permit.act.activity === 'access-deceased' ? 'dead' : 'living'
    return readAs(folder, 'clinical.json', limits.clinical, (document, where) =>
      parseClinical(document, where, person),
    )
  },
  readResources: (permit: Permit, { folder, subject }) => {
    requirePermit(permit, 'health')
    return readAs(folder, 'clinical.json', limits.clinical, (document, where) =>
      resourcesOf(document, where, subject.id),
    )
  },
  readEnvironment: async (permit, { folder }) => {
    requirePermit(permit, 'health')
    if (!existsSync(resolve(folder, 'environment.json'))) return ok(undefined)
    return readAs(folder, 'environment.json', limits.environment, parseEnvironment)
  },
  readOutsideCalls: async (permit, { folder }) => {
    requirePermit(permit, 'genetic')
    if (!existsSync(resolve(folder, 'outside-calls.tsv'))) return ok(undefined)
    const text = await readText(folder, 'outside-calls.tsv', limits.outside)
    if (!text.ok) return text
    const calls = parseOutsideCalls(text.value.value, text.value.file)
    return calls.ok ? ok({ ...text.value, value: calls.value }) : calls
  },
}
