import { checkRelativeWords } from '#consent'
import { type Day, dayOf, FaultError, ok, type Result } from '#kernel'
import type { ActedBy } from '../act.ts'
import type { Case, CaseReader, ClinicalFacts, FromFile } from '../caseFolder.ts'
import { type RecordShown, recordShown } from '../emergencies/least.ts'
import { type Governed, govern } from '../govern.ts'
import { inPerson } from '../inPerson.ts'
import { jsonFile } from '../receipt.ts'
import type { World } from '../world.ts'
import { type RelativeRefusal, relativeFiles } from './refusal.ts'
import { type RelativePurpose, relativeRequest } from './relativeRequest.ts'

export type RelativeAsking = { readonly purpose: RelativePurpose; readonly words: string }

/** What a relative sees: the illnesses; where rights of their own hang on it, also what was taken and measured. Never a gene. */
export type RelativeLook = Pick<RecordShown, 'conditions' | 'unread'> & {
  readonly purpose: RelativePurpose
  readonly words: string
  readonly treatment: Pick<RecordShown, 'allergies' | 'medications' | 'measures'> | null
}

/**
 * A near relative looks at what the law of the day gives them of somebody who has died, against no word that the person said in life. The
 * reason is theirs, as a code and in words; both are on record.
 */
export async function lookAsRelative(
  world: World & { readonly cases: CaseReader },
  from: FromFile<Case>,
  by: ActedBy,
  { purpose, words: typed }: RelativeAsking,
): Promise<Result<Governed<RelativeLook>, RelativeRefusal>> {
  const account = inPerson('relative', by)
  if (!account.ok) return account
  const words = checkRelativeWords(typed)
  if (!words.ok) return words
  const request = relativeRequest(world, from, account.value, 'relative-look', purpose)
  const governed = await govern(world, request, async (permit) => {
    const clinical = await world.cases.readClinical(permit, from.value)
    if (!clinical.ok) throw new FaultError(clinical.error)
    const { file, sha256, value } = clinical.value
    const { diedAt } = from.value.subject
    const day = diedAt === undefined ? permit.act.lawDay : dayOf(diedAt)
    const look = shownTo(value, day, { purpose, words: words.value })
    return { value: look, outputs: new Map([[relativeFiles[0], jsonFile(look)]]), inputs: { [file]: sha256 } }
  })
  return ok(governed)
}

/** The least that serves the reason. */
function shownTo(facts: ClinicalFacts, day: Day, asking: RelativeAsking): RelativeLook {
  const { conditions, unread, allergies, medications, measures } = recordShown(facts, day)
  const treatment = asking.purpose === 'rights' ? { allergies, medications, measures } : null
  return { ...asking, conditions, unread, treatment }
}
