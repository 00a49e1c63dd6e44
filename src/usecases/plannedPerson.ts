import { err, type Fault, inputFault, ok, type Result, yearsBetween } from '#kernel'
import type { Situation } from '#law'
import { ageAt, type ClinicalRecord } from '#person'
import type { Case, FromFile } from './caseFolder.ts'

/** A plan is about the person it names: data that nobody can be known by would be ruled on as nobody's. */
export function concernsPerson({ file, value }: FromFile<Case>): Fault | undefined {
  const found = value.situation.data?.identifiability
  if (found !== 'anonymised' && found !== 'de-identified') return undefined
  const where = `${file} $.situation.data.identifiability`
  return inputFault('case.contradiction', where, found, 'identified, since $.subject names the person')
}

const yearsOfMajority = 18

/**
 * Who may consent hangs on the age that the law was asked with: a record that tells another one (by more than the year
 * that a birthday explains), or a minor's where none was told, gives no plan.
 */
export function agreeOnAge(
  { situation }: Case,
  { file, value }: FromFile<{ readonly record: ClinicalRecord }>,
): Result<undefined, Fault> {
  const recorded = ageAt(value.record, situation.at)
  if (recorded === null) return ok(undefined)
  const told = toldAge(situation)
  const agrees =
    told === undefined
      ? recorded >= yearsOfMajority
      : Math.abs(told - recorded) <= 1 && told >= yearsOfMajority === recorded >= yearsOfMajority
  if (agrees) return ok(undefined)
  const found = told === undefined ? 'a minor whose age case.json does not tell' : 'another age'
  const expected = 'the age of case.json $.situation.subject, by which the law was read'
  return err(inputFault('case.contradiction', `${file} Patient.birthDate`, found, expected))
}

const toldAge = ({ subject, at }: Situation): number | undefined =>
  subject?.age ?? (subject?.bornOn === undefined ? undefined : yearsBetween(subject.bornOn, at))
