import type { Situation } from '#law'
import type { Category } from '#vocabulary'
import type { ActedBy, ActRequest } from './act.ts'
import type { Case, FromFile } from './caseFolder.ts'
import { deathOf } from './deathOf.ts'

/** What is asked in a case, as a request at the door: under the case's own situation, by whoever asks. */
export const caseRequest = (
  kind: string,
  { file, sha256, value }: FromFile<Case>,
  by: ActedBy,
  needs: readonly Category[],
): ActRequest => ({
  kind,
  subject: value.subject.id,
  actor: value.actor.name,
  by,
  situation: withCareTeam(value.situation, by),
  under: 'house-rules',
  death: deathOf(value),
  hold: 'shared',
  needs,
  inputs: { [file]: sha256 },
})

/** Whether a clinician looks after the person is known here, whatever the file says; who helps in an emergency, the gate finds out. */
function withCareTeam(situation: Situation, by: ActedBy): Situation {
  if (by.kind !== 'account' || by.role !== 'clinician' || !situation.actor) return situation
  return { ...situation, actor: { ...situation.actor, careTeam: by.relation === 'care' } }
}
