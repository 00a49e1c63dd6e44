import { yearsBetween } from '#kernel'
import type { Category, ConsentForm, ConsentTopic, DisclosureElement, Party, Relation } from '#vocabulary'
import { isGranted } from './approval.ts'
import type { ConsentRule } from './normBase.ts'
import type { GivenConsent, Situation } from './situation.ts'
import { allTrue, anyTrue, no, type Truth, truth, unknown, yes } from './truth.ts'

/** The demand as it stands for this act: a known party, and what the consent must be like. */
export type Wanted = Pick<ConsentRule, 'for' | 'forms' | 'activities' | 'categories'> & {
  readonly party: Party
}

/** Whether somebody who may has consented to this act in the form demanded, by the last rule of reading of the codes. */
export function judgeDemand(wanted: Wanted, situation: Situation): Truth {
  if (wanted.party === 'subject' && situation.subject?.wishes?.refuses === true) return no
  const approved = judgeApprover(wanted.party, situation)
  if (approved !== undefined) return approved
  const { consents } = situation
  if (consents === undefined) return unknown('consents')
  return allTrue(
    partsOf(wanted, situation).map((part) =>
      anyTrue(
        consents.map((given, index) => judgeConsent(given, wanted, part, situation, `consents[${index}]`)),
      ),
    ),
  )
}

/** The consents of the situation that answer it, each for all of it or for its own kind of data. */
export const consentsThatAnswer = (wanted: Wanted, situation: Situation): readonly GivenConsent[] =>
  (situation.consents ?? []).filter((given, index) =>
    partsOf(wanted, situation).some(
      (part) => judgeConsent(given, wanted, part, situation, `consents[${index}]`).value === true,
    ),
  )

/** Two consents, each to its own kind of data, together cover both. */
function partsOf(wanted: Wanted, situation: Situation): readonly Concerned[] {
  const concerned = concernedCategories(wanted, situation)
  return concerned && concerned.length > 1 ? concerned.map((category) => [category]) : [concerned]
}

/** Heads and committees approve; they give no consent form. */
function judgeApprover(party: Party, situation: Situation): Truth | undefined {
  const { emergency, consents } = situation
  const approver = emergency?.approver
  const both = approver === 'head-and-ethics-committee'
  const open = emergency === null ? no : approver === undefined ? unknown('emergency.approver') : no
  if (party === 'head-or-authorised-person') {
    const signed = (consents ?? []).flatMap((given, index) =>
      given.by === 'head-or-authorised-person' ? [stands(given, situation, `consents[${index}]`)] : [],
    )
    const said = truth(both || approver === 'head-or-authorised-person')
    return anyTrue([said, ...signed, isGranted('head-of-institution', situation), open])
  }
  if (party === 'ethics-committee') {
    return anyTrue([
      truth(both || approver === 'ethics-committee'),
      isGranted('ethics-review', situation),
      open,
    ])
  }
  return undefined
}

/** Undefined: not known. */
type Concerned = readonly Category[] | undefined

function judgeConsent(
  given: GivenConsent,
  wanted: Wanted,
  concerned: Concerned,
  situation: Situation,
  path: string,
): Truth {
  if (!maySpeak(given, wanted, situation) || !hasForms(given, wanted)) return no
  return allTrue([stands(given, situation, path), covers(given, wanted, concerned, situation, path)])
}

/** Civil Code 1045, the same list that practice used before it. */
const nearRelatives: readonly Relation[] = [
  'spouse',
  'parent',
  'child',
  'sibling',
  'grandparent',
  'grandchild',
]

export function maySpeak(given: GivenConsent, wanted: Wanted, situation: Situation): boolean {
  const { by, relation } = given
  const isNear = relation !== undefined && nearRelatives.includes(relation)
  switch (wanted.party) {
    case 'subject':
      // PIPL 31: below 14 the child's own word is none for information about it.
      return by === 'subject' && !(isInformation(wanted.for) && (ageThen(given, situation) ?? 14) < 14)
    case 'guardian':
      return by === 'guardian' || by === 'both-guardians'
    case 'near-relative':
      return by === 'near-relative'
        ? isNear || relation === undefined
        : isNear && by !== 'subject' && by !== 'authorised-agent'
    case 'family-or-related-person':
      return [
        'family-or-related-person',
        'near-relative',
        'guardian',
        'both-guardians',
        'both-spouses',
      ].includes(by)
    default:
      return by === wanted.party
  }
}

/** As stated, or by the two dates; undefined: not known. */
export const ageThen = ({ on, subjectAgeThen }: GivenConsent, { subject }: Situation): number | undefined =>
  subjectAgeThen ??
  (on === undefined || subject?.bornOn === undefined ? undefined : yearsBetween(subject.bornOn, on))

export const isInformation = (topic: ConsentTopic): boolean =>
  topic === 'personal-information' || topic === 'disclosure' || topic === 'export' || topic === 'publication'

/** Stricter forms contain the looser ones: a signature is writing, both are express, and who says yes does not object. */
const contains: Readonly<Partial<Record<ConsentForm, readonly ConsentForm[]>>> = {
  signed: ['written', 'explicit', 'non-opposition'],
  written: ['explicit', 'non-opposition'],
  notarised: ['written', 'signed', 'explicit', 'non-opposition'],
  separate: ['explicit', 'non-opposition'],
  authorization: ['written', 'explicit', 'non-opposition'],
  explicit: ['non-opposition'],
}

/** What is bundled or unlimited is not separate, and for information not freely given either (PIPL 14, 16; GDPR 7). */
export function hasForms({ forms, bundled }: GivenConsent, wanted: Wanted): boolean {
  const vague = forms.includes('blanket') || forms.includes('tacit')
  if (isInformation(wanted.for) && (bundled === true || forms.includes('blanket'))) return false
  const has = new Set<ConsentForm>(forms.flatMap((form) => [form, ...(contains[form] ?? [])]))
  if (vague) has.delete('explicit')
  if (vague || bundled === true) has.delete('separate')
  return wanted.forms.every((form) => has.has(form))
}

/** Given by the day of the act and not withdrawn on it or before: a withdrawal bites on its own day. */
export function stands({ on, withdrawnOn }: GivenConsent, { at }: Situation, path: string): Truth {
  if (on !== undefined && on > at) return no
  if (withdrawnOn === undefined) return unknown(`${path}.withdrawnOn`)
  return truth(withdrawnOn === null || withdrawnOn > at)
}

function covers(
  { covers }: GivenConsent,
  wanted: Wanted,
  concerned: Concerned,
  situation: Situation,
  path: string,
): Truth {
  if (covers === undefined) return unknown(`${path}.covers`)
  const { activity, purpose } = situation
  const activities = wanted.activities.length > 0 ? [...wanted.activities, activity] : [activity]
  const listed = <T>(
    member: string,
    list: readonly T[] | undefined,
    holds: (list: readonly T[]) => boolean,
  ): Truth => (list === undefined ? unknown(`${path}.covers.${member}`) : truth(holds(list)))
  return allTrue([
    listed('activities', covers.activities, (list) => activities.some((one) => list.includes(one))),
    listed('purposes', covers.purposes, (list) => list.includes(purpose)),
    coversCategories(covers.categories, concerned, path),
    coversRecipient(covers.recipients, wanted, situation, path),
    goesAbroad(wanted, situation)
      ? listed(
          'abroad',
          covers.abroad === undefined ? undefined : [covers.abroad],
          ([abroad]) => abroad === true,
        )
      : yes,
  ])
}

/** A specimen is no information (PIPL 4): only topics that are about material ask whether it is covered. */
const aboutMaterial: readonly ConsentTopic[] = ['genetic-resources', 'research', 'donation']

export function concernedCategories(wanted: Wanted, { data }: Situation): Concerned {
  if (data === null || (data === undefined && wanted.for === 'care')) return []
  if (data?.categories === undefined) return undefined
  if (wanted.categories.length > 0) return data.categories.filter((one) => wanted.categories.includes(one))
  const information = data.categories.filter((one) => one !== 'biospecimen')
  return information.length === 0 || aboutMaterial.includes(wanted.for) ? data.categories : information
}

function coversCategories(
  listed: readonly Category[] | undefined,
  concerned: Concerned,
  path: string,
): Truth {
  if (concerned === undefined) return unknown('data.categories')
  if (concerned.length === 0) return yes
  return listed === undefined
    ? unknown(`${path}.covers.categories`)
    : truth(concerned.every((category) => listed.includes(category)))
}

export const isProvision = ({ activity }: Situation): boolean =>
  activity === 'provide-to-third-party' || activity === 'transfer-abroad' || activity === 'disclose'
export const goesAbroad = (wanted: Wanted, { activity }: Situation): boolean =>
  wanted.for === 'export' || (isInformation(wanted.for) && activity === 'transfer-abroad')

function coversRecipient(
  listed: readonly string[] | undefined,
  wanted: Wanted,
  situation: Situation,
  path: string,
): Truth {
  const { recipient } = situation
  if (!isInformation(wanted.for) || !isProvision(situation) || recipient === null) return yes
  if (recipient?.id === undefined) return unknown('recipient.id')
  return listed === undefined ? unknown(`${path}.covers.recipients`) : truth(listed.includes(recipient.id))
}

/** Whether a standing consent of this act says that all these elements were told. */
export function judgeTold(elements: readonly DisclosureElement[], situation: Situation): Truth {
  if (situation.consents === undefined) return unknown('consents')
  const standing = notEnded(situation)
  if (standing.length === 0) return unknown()
  return anyTrue(
    standing.map(({ told }) =>
      told === undefined ? unknown() : truth(elements.every((one) => told.includes(one))),
    ),
  )
}

/** Consents that may stand: none that is known to be of a later day, or to be withdrawn. */
export const notEnded = ({ consents, at }: Situation): readonly GivenConsent[] =>
  (consents ?? []).filter(
    ({ withdrawnOn, on }) =>
      (on === undefined || on <= at) &&
      (withdrawnOn === undefined || withdrawnOn === null || withdrawnOn > at),
  )
