import type { Reason } from '#usecases'
import { consentTopicMeanings, dutyMeanings, partyMeanings } from '#vocabulary'

const cited = (norms: readonly string[]): string => (norms.length > 0 ? ` (${norms.join(', ')})` : '')

/** One reason as a sentence that says what is missing and, where it can be known, from whom it can come. */
export function describeReason(reason: Reason): string {
  switch (reason.kind) {
    case 'forbidden':
      return `${reason.why}${cited([reason.norm])}`
    case 'consent-missing':
    case 'consent-unknown': {
      const state = reason.kind === 'consent-missing' ? 'Missing' : 'Not known'
      const form = reason.forms.length > 0 ? `, ${reason.forms.join(' and ')}` : ''
      return `${state}: consent${form}. For: ${consentTopicMeanings[reason.topic]} From: ${partyMeanings[reason.party]}${cited(reason.norms)}`
    }
    case 'duty-open':
      return `To be done first: ${dutyMeanings[reason.code]}${cited(reason.norms)}`
    case 'fact-unknown':
      return `Not known, and it decides: ${reason.path}`
    case 'referred':
      return `The law leaves this to a human authority. ${reason.explanation.join(' ')}`
    case 'law-denies':
      return reason.explanation.join(' ') || 'The law of the day does not allow it.'
    case 'person-refuses':
      return 'The person has refused; only they can change that.'
    case 'outside-permit':
      return `The act names no permission to read: ${reason.categories.join(', ')}`
    case 'rule-unevaluable':
      return `A rule could not be evaluated (${reason.code}); what cannot be evaluated is refused.`
  }
}
