import type { Reason } from '#usecases'
import { consentTopicMeanings, dutyMeanings, partyMeanings } from '#vocabulary'

const cited = (norms: readonly string[]): string => (norms.length > 0 ? ` (${norms.join(', ')})` : '')

/** The first clause of a meaning, to stand inside a sentence. */
export const phrase = (meaning: string): string => {
  const clause = meaning.split(/[:.;(]/)[0]!.trim()
  return `${clause.charAt(0).toLowerCase()}${clause.slice(1)}`
}

/** Reasons as a person reads them: a prohibition that only repeats a missing consent is not said twice. */
export function describeReasons(reasons: readonly Reason[]): readonly string[] {
  const consents = new Set(reasons.flatMap((reason) => ('topic' in reason ? reason.norms : [])))
  return reasons
    .filter((reason) => reason.kind !== 'forbidden' || !consents.has(reason.norm))
    .map(describeReason)
}

/** One reason as a sentence that says what is missing and, where it can be known, from whom it can come. */
function describeReason(reason: Reason): string {
  switch (reason.kind) {
    case 'forbidden':
      return `${reason.why}${cited([reason.norm])}`
    case 'consent-missing':
    case 'consent-unknown': {
      const state = reason.kind === 'consent-missing' ? 'Missing' : 'Not known whether there is'
      const form = [...reason.forms, 'consent'].join(' ')
      return `${state}: ${form} from ${phrase(partyMeanings[reason.party])}, for ${phrase(consentTopicMeanings[reason.topic])}${cited(reason.norms)}`
    }
    case 'consent-withdrawn':
      return `Consent was withdrawn on ${reason.on}; it can only be given anew.`
    case 'duty-open':
      return `To be done first: ${dutyMeanings[reason.code]}${cited(reason.norms)}`
    case 'fact-unknown':
      return `Not known, and it decides: ${reason.path}`
    case 'referred':
      return `The law leaves this to a human authority. ${reason.explanation.join(' ')}`
    case 'law-denies':
      return reason.explanation.join(' ') || 'The law of the day does not allow it.'
    case 'no-relation':
      if (reason.relation === 'ended-by-death')
        return 'The person has died: their account and the papers of whoever acted for them count no more. Relatives ask on papers of their own.'
      if (reason.relation === 'of-the-living')
        return 'The person lives, as far as is on record: to be a relative lets nobody look.'
      return 'Whoever asks has no relation of care with the person; a steward of the hospital can record one.'
    case 'not-laid-down':
      return `${describeGap(reason)} A steward of the hospital can propose it, and another one confirm it.`
    case 'emergency-over':
      return `The emergency under which it was asked was over at ${reason.endedAt}.`
    case 'person-refuses':
      return 'The person has refused; only they can change that.'
    case 'choice-refused':
      return `The person said no to this on a form (${reason.item ?? 'the whole of it'}); only they can change that.`
    case 'relatives-not-allowed':
      return 'The person has not allowed that what their genes say of relatives is used or told; only they can.'
    case 'wishes-not-to-know':
      return 'The person does not want to know this; only they can change that.'
    case 'after-death':
      return reason.diedAt === null
        ? 'The person has died; when is not on record, so nobody knows what they said before. The hospital can record it.'
        : `The person died at ${reason.diedAt} and did not say in life that this goes on after.`
    case 'other-relatives-named':
      return 'The person said in life which of their relatives may look, and for what; this is not among it.'
    case 'relatives-disagree':
      return 'A relative stands against it, and no rule says who is right: a person must decide.'
    case 'outside-permit':
      return `The act names no permission to read: ${reason.categories.join(', ')}`
    case 'rule-unevaluable':
      return `A rule could not be evaluated (${reason.code}); what cannot be evaluated is refused.`
  }
}

function describeGap(gap: Extract<Reason, { kind: 'not-laid-down' }>): string {
  switch (gap.about) {
    case 'purpose':
      return `The hospital has not laid down that it uses data for ${gap.purpose}.`
    case 'activity':
      return `The hospital has not laid down ${gap.activity} for ${gap.purpose}.`
    case 'categories':
      return `The hospital has not laid down that it uses ${gap.categories.join(', ')} for ${gap.purpose}.`
    case 'retention':
      return `The hospital has not laid down how long it keeps ${gap.categories.join(', ')}.`
    case 'recipient':
      return 'The hospital has not laid down that this recipient may get this data for this purpose.'
  }
}
