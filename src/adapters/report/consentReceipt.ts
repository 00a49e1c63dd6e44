import {
  type Agreement,
  type AgreementEvent,
  type AgreementState,
  type OutwardRule,
  outwardOf,
  outwardStateOf,
} from '#consent'
import type { Day } from '#kernel'
import type { ConsentReceiptOut, ControllerFacts, Office } from '#usecases'
import type { Purpose } from '#vocabulary'

/**
 * A receipt for the person, in the sections of ISO/IEC TS 27560:2023. From memory: we have no copy of the standard, and the names of
 * fields are those by which it is publicly spoken of (as in the guide of the W3C group for DPV). Only what is permitted now is a
 * purpose; what is refused is told beside it. Keys stand for people everywhere.
 */
export function writeConsentReceipt(
  agreement: Agreement,
  events: readonly AgreementEvent[],
  facts: ControllerFacts,
  at: Day | null = null,
) {
  const state = outwardStateOf(agreement, events, at)
  const { base, permits, refusals } = outwardOf(agreement, events)
  const told: readonly (OutwardRule | null)[] =
    state === 'given' ? [...(base === 'permit' ? [null] : []), ...permits] : []
  return {
    receipt_metadata: {
      schema_version: 'ISO/IEC TS 27560:2023 (from memory)',
      record_id: facts.recordId,
      pii_principal_id: agreement.subject,
      receipt_time: facts.writtenAt,
    },
    pii_processing: {
      privacy_notice: `${facts.noticeUrl}#sha256=${agreement.read.formSha256}`,
      language: agreement.language,
      purposes: told.flatMap((rule) =>
        (rule?.purposes ?? [null]).map((purpose) => purposeOf(purpose, rule, agreement, facts)),
      ),
      refused: refusals.map(({ purposes, categories, activities, parties }) => ({
        ...{ purposes, pii_categories: categories, processing_methods: activities, recipients: parties },
      })),
    },
    party_identification: [facts.controller, facts.authority, ...facts.processors].map(partyOf),
    events: [signingOf(agreement), ...events.map((event) => eventOf(event, agreement))],
    state: stateWord(state),
  }
}

/** The port's receipt: JSON, as it is sent and given out. */
export const consentReceipt: ConsentReceiptOut['consentReceipt'] = ({ agreement, events }, facts, at) =>
  JSON.parse(JSON.stringify(writeConsentReceipt(agreement, events, facts, at)))

/** One purpose with what is bound to it; null: any that is not refused. */
function purposeOf(
  purpose: Purpose | null,
  rule: OutwardRule | null,
  agreement: Agreement,
  facts: ControllerFacts,
) {
  const laid = facts.byPurpose(purpose)
  return {
    purpose: purpose ?? 'any that is not refused',
    purpose_type: purpose ?? 'any',
    lawful_basis: laid.lawfulBasis,
    pii_information: rule?.categories?.map((category) => ({ pii_type: category })) ?? [{ pii_type: 'any' }],
    pii_controllers: [facts.controller.id],
    collection_method: agreement.read.medium,
    processing_method: rule?.activities ?? ['any'],
    storage_locations: laid.storedIn,
    retention_period: laid.retention,
    processing_locations: laid.processedIn,
    geographic_restrictions: countriesOf(rule),
    services: [laid.service],
    jurisdictions: agreement.jurisdictions,
    recipient_third_parties: rule?.parties?.map(({ kind, id }) => ({ kind, id })) ?? [],
    conditions: conditionsOf(rule),
    valid_from: rule?.from ?? agreement.from,
    valid_until: rule?.until ?? agreement.until,
    withdrawal_method: facts.withdrawalUrl,
    privacy_rights: facts.rightsUrl,
    codes_of_conduct: [],
    impact_assessment: facts.impactAssessment,
    authority_party: facts.authority.id,
  }
}

const countriesOf = (rule: OutwardRule | null): readonly string[] =>
  rule?.parties?.flatMap(({ kind, id }) => (kind === 'country' ? [id] : [])) ?? []

const conditionsOf = (rule: OutwardRule | null): readonly string[] => [
  ...(rule?.obligations.map(({ code }) => code) ?? []),
  ...(rule?.minimumCohort ? [`groups of at least ${rule.minimumCohort}`] : []),
  ...(rule?.dataFrom ? [`data from ${rule.dataFrom}`] : []),
  ...(rule?.dataUntil ? [`data until ${rule.dataUntil}`] : []),
]

const partyOf = ({ id, role, contact }: Office) => ({
  party_id: id,
  party_role: role,
  party_contact: contact,
})

const signingOf = (agreement: Agreement) => ({
  event_time: agreement.signedAt,
  validity_duration: { from: agreement.from, until: agreement.until },
  event_type: agreement.forms,
  event_state: stateWord(outwardStateOf(agreement, [], null)),
  entity_id: agreement.signer.person,
})

const eventOf = (event: AgreementEvent, { subject }: Agreement) => ({
  event_time: event.at,
  validity_duration: null,
  event_type:
    event.kind === 'paused' ? [event.because] : event.kind === 'withdrawn' ? (event.items ?? ['all']) : [],
  event_state: event.kind,
  entity_id: subject,
})

/** States as DPV names them where it has one of that meaning. */
const stateWord = (state: AgreementState): string => {
  const words = {
    given: 'ConsentGiven',
    withdrawn: 'ConsentWithdrawn',
    expired: 'ConsentExpired',
    refused: 'ConsentRefused',
  }
  return words[state as keyof typeof words] ?? state
}
