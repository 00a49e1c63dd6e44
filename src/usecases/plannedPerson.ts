import { err, type Fault, inputFault, ok, type Result, yearsBetween } from '#kernel'
import type { Situation } from '#law'
import { ageAt, type ClinicalRecord } from '#person'
import type { PlanWarning } from '#plan'
import type { Case, FromFile } from './caseFolder.ts'

/** A plan is about the person it names: data that nobody can be known by would be ruled on as nobody's. */
export function concernsPerson({ file, value }: FromFile<Case>): Fault | undefined {
  const found = value.situation.data?.identifiability
  if (found !== 'anonymised' && found !== 'de-identified') return undefined
  const where = `${file} $.situation.data.identifiability`
  return inputFault('case.contradiction', where, found, 'identified, since $.subject names the person')
}

/** Years at which the law of one jurisdiction or another hears a young person otherwise (CN-CC-17 to 20, CN-PIPL-31). */
const legalAges = [8, 14, 18]
const bandOf = (years: number): number => legalAges.filter((age) => years >= age).length
const adult = legalAges.length

/**
 * Who may consent hangs on the age that the law was asked with: a record of somebody whom the law hears otherwise gives
 * no plan. Any other difference of more than the year that a birthday explains is said in the plan.
 */
export function agreeOnAge(
  { situation }: Case,
  { file, value }: FromFile<{ readonly record: ClinicalRecord }>,
): Result<readonly PlanWarning[], Fault> {
  const recorded = ageAt(value.record, situation.at)
  if (recorded === null) return ok([])
  const told = toldAge(situation)
  if (bandOf(recorded) !== (told === undefined ? adult : bandOf(told))) {
    const found = told === undefined ? 'a minor whose age case.json does not tell' : 'another age'
    const expected = 'the age of case.json $.situation.subject, by which the law was read'
    return err(inputFault('case.contradiction', `${file} Patient.birthDate`, found, expected))
  }
  return ok(told === undefined || Math.abs(told - recorded) <= 1 ? [] : [differentAges])
}

const differentAges: PlanWarning = {
  code: 'age-contradiction',
  message:
    'the case and the clinical record tell different ages: the record’s is used for the drugs; check the person',
}

const toldAge = ({ subject, at }: Situation): number | undefined =>
  subject?.age ?? (subject?.bornOn === undefined ? undefined : yearsBetween(subject.bornOn, at))
