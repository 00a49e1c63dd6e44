import { type Day, dayOf, err, ok, type Result } from '#kernel'
import type { Activity, Jurisdiction } from '#vocabulary'
import type { Agreement, Signer } from './agreement.ts'
import { clausesOf } from './clause.ts'
import {
  deciderOf,
  isAdult,
  mattersOf,
  mustBeHeard,
  type PersonFacts,
  type SigningMatter,
} from './decider.ts'
import { maySign, type SignerFlaw, type SigningQuestion } from './signers.ts'

/** `guardians-disagree`: no rule says who of them is right, so a person must decide. */
export type SigningFlaw = {
  readonly code:
    | SignerFlaw
    | 'somebody-else'
    | 'not-heard'
    | 'person-refuses'
    | 'second-guardian-missing'
    | 'guardians-disagree'
  readonly jurisdiction: Jurisdiction
  readonly matter: SigningMatter
  /** The key of who signed, where it is about one of them. */
  readonly signer: string | null
}

export type SigningFacts = {
  /** As they were on the day of the signature. */
  readonly person: PersonFacts
  /** Others who said no, in the standing in which they said it. */
  readonly objections: readonly Signer[]
}

/**
 * Whether those signed an agreement who had to: for each matter of it, under each legal order that it names. All flaws are told,
 * so that one more visit can mend them.
 */
export function checkSigning(
  agreement: Agreement,
  facts: SigningFacts,
): Result<readonly SigningMatter[], readonly SigningFlaw[]> {
  const orders = ordersOf(agreement)
  const questions = orders.flatMap((jurisdiction) =>
    mattersOf(agreement, jurisdiction).map(
      (matter): SigningQuestion => ({
        person: facts.person,
        jurisdiction,
        matter,
        activities: activitiesOf(agreement),
        on: dayOf(agreement.signedAt),
      }),
    ),
  )
  const flaws = questions.flatMap((question) => flawsOf(agreement, facts, question))
  return flaws.length > 0 ? err(flaws) : ok([...new Set(questions.map(({ matter }) => matter))])
}

/** GDPR 8 leaves the age to the member states: where France is named, its own goes before. */
export const ordersOf = ({ jurisdictions }: Agreement): readonly Jurisdiction[] =>
  jurisdictions.filter((one) => one !== 'EU' || !jurisdictions.includes('FR'))

function activitiesOf(agreement: Agreement): readonly Activity[] | null {
  const lists = clausesOf(agreement).flatMap(({ effect, activities }) =>
    effect === 'permit' ? [activities] : [],
  )
  return lists.includes(null) ? null : [...new Set(lists.flatMap((list) => list ?? []))]
}

function flawsOf(
  agreement: Agreement,
  { person, objections }: SigningFacts,
  question: SigningQuestion,
): readonly SigningFlaw[] {
  const { jurisdiction, matter } = question
  const flaw = (code: SigningFlaw['code'], signer: Signer | null = null): SigningFlaw => ({
    code,
    jurisdiction,
    matter,
    signer: signer?.person ?? null,
  })
  const signers = [agreement.signer, ...agreement.coSigners]
  const judged = signers.map((signer) => ({ signer, may: judge(agreement, signer, question) }))
  if (!judged.some(({ may }) => may.ok))
    return judged.flatMap(({ signer, may }) => (may.ok ? [] : [flaw(may.error, signer)]))
  if (person.deceased || deciderOf(person, jurisdiction, matter, question.on) === 'self') return []
  const deciding = judged.filter(({ may }) => may.ok).map(({ signer }) => signer)
  return [
    ...voiceFlaws(agreement, person, question).map((code) => flaw(code)),
    ...(needsBoth(person, question) && !areBoth(deciding) ? [flaw('second-guardian-missing')] : []),
    ...objections.filter((one) => maySign(one, question).ok).map((one) => flaw('guardians-disagree', one)),
  ]
}

/** Whoever signs for themself is the one that it is about, and whoever signs for another is not. */
function judge(
  { subject }: Agreement,
  signer: Signer,
  question: SigningQuestion,
): Result<unknown, SigningFlaw['code']> {
  return (signer.grantor === 'self') === (signer.person === subject)
    ? maySign(signer, question)
    : err('somebody-else')
}

/** Beside the guardian's word theirs is asked. In research their no stands (CSP L1122-2, 45 CFR 46.408); elsewhere the law of the day weighs it. */
function voiceFlaws(
  { voice, subject, signer, coSigners }: Agreement,
  person: PersonFacts,
  { jurisdiction, matter, on }: SigningQuestion,
): readonly ('not-heard' | 'person-refuses')[] {
  if (matter === 'research' && voice?.said === 'refuses') return ['person-refuses']
  // Whoever signs themself has said it by that.
  const heard = isHeard(voice, on) || [signer, ...coSigners].some((one) => one.person === subject)
  return mustBeHeard(person, jurisdiction, on) && !heard ? ['not-heard'] : []
}

const isHeard = (voice: Agreement['voice'], on: Day): boolean => voice !== null && voice.heardOn <= on

/** CSP L1122-2: of a minor, both who hold parental authority. 45 CFR 46.408 asks it by risk, which no agreement knows. */
const needsBoth = (person: PersonFacts, { jurisdiction, matter, on }: SigningQuestion): boolean =>
  jurisdiction === 'FR' && matter === 'research' && !isAdult(person, on)

const areBoth = (deciding: readonly Signer[]): boolean =>
  deciding.some(({ giver }) => giver === 'both-guardians') ||
  new Set(deciding.map(({ person }) => person)).size > 1
