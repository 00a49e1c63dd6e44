import type { Addressee, Doer, DutyCode, Paper, Stage, TermStart } from '#vocabulary'

/** Where a duty stands in the order of work. `term` is left out where the ruling never names one. */
export type Place = {
  readonly stage: Exclude<Stage, 'facts' | 'act'>
  readonly by: Doer
  readonly to: Addressee
  readonly paper: Paper | null
  /** Where its term begins, and whether it is the last day to do it or the first on which it may end. */
  readonly term?: { readonly from: TermStart; readonly is: 'until' | 'at-least-until' }
}
type Term = Place['term']

const place = (
  stage: Place['stage'],
  by: Doer,
  to: Addressee,
  paper: Paper | null = null,
  term?: Term,
): Place => ({ stage, by, to, paper, ...(term && { term }) })

const until = (from: TermStart): Term => ({ from, is: 'until' })
const keepFrom = (from: TermStart): Term => ({ from, is: 'at-least-until' })

const licence = place('approval', 'institution', 'authority', 'approval')
const filedFirst = place('approval', 'institution', 'authority', 'filing')
const review = place('approval', 'researcher', 'committee', 'approval')
const notice = place('information', 'institution', 'consenting', 'privacy-notice')
const signature = place('consent', 'clinician', 'consenting', 'consent-form')
const kept = place('during', 'institution', 'file')
const handedOver = place('during', 'institution', 'person', 'copy')
const answered = place('after', 'institution', 'person', 'answer', until('request'))
const breach = (to: Addressee, paper: Paper = 'report'): Place =>
  place('after', 'institution', to, paper, until('discovery'))

/**
 * Our reading of the meanings of the codes (contract, codes.md): who does it, before whom, on which paper. Whatever the base says
 * must come before the act stands before it; a test holds the two together.
 */
export const places: Readonly<Record<DutyCode, Place>> = {
  'explain-care': place('information', 'clinician', 'consenting', 'care-information'),
  'seek-assent': place('consent', 'clinician', 'person', 'entry'),
  'obtain-reconsent': signature,
  'record-nondisclosure-reason': place('information', 'clinician', 'file', 'entry'),
  'give-pi-notice': notice,
  'give-sensitive-pi-notice': notice,
  'give-notice-after-emergency': { ...notice, stage: 'after' },
  'give-recipient-notice': notice,
  'give-export-notice': notice,
  'give-gdpr-notice': { ...notice, term: { from: 'collection', is: 'until' } },
  'give-research-information': place('information', 'researcher', 'consenting', 'research-information'),
  'minor-processing-rules': place('approval', 'institution', 'file', 'entry'),
  'head-approval': place('approval', 'clinician', 'head', 'approval'),
  'document-unobtainability': place('consent', 'clinician', 'file', 'entry'),
  'complete-rescue-record': place('after', 'clinician', 'file', 'entry', until('act')),
  'ethics-review': review,
  'trial-authority-approval': licence,
  'hospital-approval': place('approval', 'clinician', 'head', 'approval'),
  'no-trial-fee': place('during', 'institution', 'person'),
  'iit-registration': place('approval', 'researcher', 'authority', 'filing'),
  'new-biomedical-technology-filing': place(
    'approval',
    'researcher',
    'authority',
    'filing',
    until('approval'),
  ),
  'special-protection-vulnerable': place('during', 'researcher', 'person'),
  'recompose-committee': place('approval', 'institution', 'committee'),
  'repeat-ethics-review': review,
  'hgr-collection-licence': licence,
  'hgr-bank-approval': licence,
  'hgr-cooperation-approval': licence,
  'hgr-cooperation-filing': filedFirst,
  'hgr-export-certificate': licence,
  'hgr-prior-report': filedFirst,
  'hgr-information-filing': filedFirst,
  'hgr-information-backup': filedFirst,
  'hgr-security-review': licence,
  'hgr-joint-report': place('after', 'researcher', 'authority', 'report', until('end')),
  'chinese-partner-participation': place('during', 'researcher', 'file'),
  'irb-review': review,
  'cnil-research-route': place('approval', 'researcher', 'authority', 'approval'),
  'data-use-agreement': place('approval', 'institution', 'recipient', 'contract'),
  pipia: place('approval', 'institution', 'file', 'assessment'),
  dpia: place('approval', 'institution', 'file', 'assessment'),
  'keep-pipia': place('after', 'institution', 'file', 'assessment', keepFrom('act')),
  'entrustment-contract': place('approval', 'institution', 'recipient', 'contract'),
  'keep-sharing-record': place('after', 'institution', 'file', 'entry', keepFrom('act')),
  'security-measures': kept,
  'keep-logs': place('after', 'institution', 'file', 'entry', keepFrom('act')),
  minimise: place('during', 'clinician', 'file'),
  'anonymise-or-consent': signature,
  'compliance-audit': place('after', 'institution', 'file', 'report', until('act')),
  'minors-annual-audit': place('after', 'institution', 'authority', 'report', until('act')),
  'keep-confidential': place('during', 'clinician', 'file'),
  'most-moh-approval': licence,
  'cac-security-assessment': place('approval', 'institution', 'authority', 'assessment'),
  'standard-contract-or-certification': place('approval', 'institution', 'recipient', 'contract'),
  'standard-contract-filing': place('after', 'institution', 'authority', 'filing', until('contract')),
  'localise-in-china': kept,
  'foreign-authority-approval': licence,
  'gdpr-transfer-tool': place('approval', 'institution', 'recipient', 'contract'),
  'give-access': handedOver,
  'give-copy-records': handedOver,
  'give-copy-all-records': handedOver,
  'give-raw-data': handedOver,
  'answer-request-in-time': answered,
  'state-refusal-reasons': answered,
  'correct-data': answered,
  'delete-data': answered,
  'stop-processing': answered,
  'delete-research-copy': answered,
  'destroy-or-return-samples': answered,
  'retain-clinical-record': place('after', 'institution', 'file', 'entry', keepFrom('act')),
  'keep-consent-evidence': place('after', 'institution', 'file', 'entry', keepFrom('act')),
  'convenient-withdrawal': place('during', 'institution', 'person'),
  'explain-automated-decision': place('information', 'institution', 'consenting', 'privacy-notice'),
  'offer-human-decision': place('during', 'clinician', 'person'),
  'fair-automated-results': kept,
  'counsel-and-document': place('information', 'clinician', 'person', 'entry'),
  'inform-relatives-without-naming': place('after', 'clinician', 'relatives', 'family-information'),
  'written-family-information-document': place('information', 'clinician', 'person', 'family-information'),
  'inform-both-spouses': place('information', 'clinician', 'relatives', 'care-information'),
  'prove-kinship-and-death': place('approval', 'requester', 'institution', 'proof'),
  'show-legitimate-interest': place('approval', 'requester', 'institution', 'proof'),
  'respect-deceased-directive': place('during', 'institution', 'file'),
  'breach-remedy': breach('file', 'entry'),
  'breach-notify-authority': breach('authority'),
  'breach-notify-individuals': breach('person'),
  'breach-notify-media': breach('public'),
  'breach-document': breach('file', 'entry'),
  'possible-compelled-audit': place('after', 'institution', 'authority', 'report'),
  'refuse-genetic-result': place('during', 'institution', 'recipient'),
  'obtain-authorization': signature,
  'family-signature': signature,
  'both-guardians-signature': signature,
  'hgr-written-consent': signature,
}
