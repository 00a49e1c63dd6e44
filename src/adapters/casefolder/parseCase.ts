import {
  err,
  type Fault,
  type Instant,
  inputFault,
  isRecord,
  type Json,
  kindOf,
  ok,
  parseInstant,
  type Result,
  type SubjectId,
  subjectId,
} from '#kernel'
import { parseSituation } from '#law'
import type { Case } from '#usecases'

/** `case.json` without the paths made absolute. */
export type ParsedCase = Omit<Case, 'folder' | 'genome'> & { readonly genome: string | undefined }

type Parsed<T> = Result<T, Fault>

const fault = (where: string, value: unknown, expected: string): Parsed<never> =>
  err(inputFault('case.shape', where, kindOf(value), expected))

const members = ['situation', 'subject', 'actor', 'indication', 'candidateDrugs', 'genome', 'sample']

/** Shape of the contract's `case.json`; a member it does not know is refused, since it may say something that matters. */
export function parseCase(document: Json, where: string): Parsed<ParsedCase> {
  if (!isRecord(document)) return fault(`${where} $`, document, 'an object')
  const extra = Object.keys(document).find((key) => !members.includes(key))
  if (extra !== undefined)
    return err(
      inputFault('case.unknown-member', `${where} $.${extra}`, 'an unknown member', members.join(', ')),
    )
  const situation = parseSituation(document['situation'], `${where} $.situation`)
  if (!situation.ok) return situation
  const subject = parseSubject(document['subject'], `${where} $.subject`)
  if (!subject.ok) return subject
  const actor = parseActor(document['actor'], `${where} $.actor`)
  if (!actor.ok) return actor
  const rest = parseWishes(document, where)
  return rest.ok
    ? ok({ situation: situation.value, subject: subject.value, actor: actor.value, ...rest.value })
    : rest
}

function parseSubject(value: unknown, where: string): Parsed<Case['subject']> {
  if (!isRecord(value)) return fault(where, value, 'an object with id and name')
  const name = text(value['name'], `${where}.name`)
  if (!name.ok) return name
  const id: SubjectId | undefined = typeof value['id'] === 'string' ? subjectId(value['id']) : undefined
  if (id === undefined) return fault(`${where}.id`, value['id'], 'an id of 1–128 letters, digits, _ . -')
  const diedAt = optional(value['diedAt'], `${where}.diedAt`, instant)
  if (!diedAt.ok) return diedAt
  return ok({ id, name: name.value, ...(diedAt.value && { diedAt: diedAt.value }) })
}

function parseActor(value: unknown, where: string): Parsed<Case['actor']> {
  if (!isRecord(value)) return fault(where, value, 'an object with name')
  const name = text(value['name'], `${where}.name`)
  return name.ok ? ok({ name: name.value }) : name
}

type Wishes = Pick<ParsedCase, 'indication' | 'candidateDrugs' | 'genome' | 'sample'>

function parseWishes(document: { readonly [key: string]: unknown }, where: string): Parsed<Wishes> {
  const indication = text(document['indication'], `${where} $.indication`)
  if (!indication.ok) return indication
  const genome = optional(document['genome'], `${where} $.genome`, text)
  if (!genome.ok) return genome
  const sample = optional(document['sample'], `${where} $.sample`, text)
  if (!sample.ok) return sample
  const drugs = optional(document['candidateDrugs'], `${where} $.candidateDrugs`, texts)
  if (!drugs.ok) return drugs
  return ok({
    indication: indication.value,
    candidateDrugs: drugs.value,
    genome: genome.value,
    sample: sample.value,
  })
}

const text = (value: unknown, where: string): Parsed<string> =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 4096
    ? ok(value)
    : fault(where, value, 'text')

function instant(value: unknown, where: string): Parsed<Instant> {
  const read = typeof value === 'string' ? parseInstant(value) : undefined
  return read === undefined ? fault(where, value, 'an instant such as 2026-11-20T08:15:00Z') : ok(read)
}

function texts(value: unknown, where: string): Parsed<readonly string[]> {
  if (!Array.isArray(value)) return fault(where, value, 'an array of names')
  for (const [i, item] of value.entries()) {
    const one = text(item, `${where}[${i}]`)
    if (!one.ok) return one
  }
  return ok(value as string[])
}

const optional = <T>(
  value: unknown,
  where: string,
  parse: (value: unknown, where: string) => Parsed<T>,
): Parsed<T | undefined> => (value === undefined ? ok(undefined) : parse(value, where))
