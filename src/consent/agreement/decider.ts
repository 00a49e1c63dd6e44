import { type Day, parseDay, yearsBetween } from '#kernel'
import type { Activity, Capacity, Category, Jurisdiction, Purpose } from '#vocabulary'
import type { Agreement } from './agreement.ts'
import { type Clause, clausesOf } from './clause.ts'

/** What of an agreement may have a decider of its own. `service`: information given to an online service. */
export const signingMatters = ['care', 'research', 'information', 'service'] as const
export type SigningMatter = (typeof signingMatters)[number]

/** As they are on the day that is asked about. */
export type PersonFacts = {
  readonly bornOn: Day
  /** Null: not known. An adult is then taken to be capable, and a child to be one. */
  readonly capacity: Capacity | null
  readonly deceased: boolean
}

/** Civil Code 17; the age of majority in France and in the United States (45 CFR 46.402) as well. */
const majority = 18
/** Who lives on their own work is of full capacity from here on (Civil Code 18); so is who was set free of parental authority in France. */
const ownLivingFrom = 16

/**
 * From which age a person decides alone, as the norms in `knowledge/law` have it; a test holds this against them.
 * Information: PIPL 31 reserves only children below 14 to the guardian, and the base reads the other orders so too, where they
 * have no age of their own. Online services: GDPR 8, and article 45 of the French law of 1978.
 * United States: 45 CFR 46.408 for research; for what it leaves to the states, majority.
 */
const decidesFrom: Readonly<Record<Jurisdiction, Readonly<Record<SigningMatter, number>>>> = {
  CN: { care: majority, research: majority, information: 14, service: 14 },
  EU: { care: majority, research: majority, information: 14, service: 16 },
  FR: { care: majority, research: majority, information: 14, service: 15 },
  US: { care: majority, research: majority, information: majority, service: majority },
}

/**
 * From which age a child must be heard before somebody decides for it. Civil Code 19 and 35; 45 CFR 46.408 asks no assent of those too
 * young for it, and the base reads that as below 7. Elsewhere a child is heard as soon as it can have a view (CSP L1122-2): it is always asked,
 * and `not-able` is an answer.
 */
const heardFrom: Readonly<Record<Jurisdiction, number>> = { CN: 8, EU: 0, FR: 0, US: 7 }

/** Who decides a matter for a living person on a day. */
export function deciderOf(
  { bornOn, capacity }: PersonFacts,
  jurisdiction: Jurisdiction,
  matter: SigningMatter,
  on: Day,
): 'self' | 'guardian' {
  const age = yearsBetween(bornOn, on)
  if (capacity === 'none') return 'guardian'
  // Civil Code 21–22. A child's capacity is always limited: it says nothing before majority.
  if (age >= majority) return capacity === 'limited' ? 'guardian' : 'self'
  if (age >= ownLivingFrom && capacity === 'full') return 'self'
  return age >= decidesFrom[jurisdiction][matter] ? 'self' : 'guardian'
}

/** An adult for whom somebody decides is always heard (Civil Code 35). */
export const mustBeHeard = ({ bornOn }: PersonFacts, jurisdiction: Jurisdiction, on: Day): boolean =>
  yearsBetween(bornOn, on) >= heardFrom[jurisdiction]

export const isAdult = ({ bornOn }: PersonFacts, on: Day): boolean => yearsBetween(bornOn, on) >= majority

/** The day on which they begin to decide it themselves, or null where they do so by then, or where it is for want of capacity that they do not. */
export function decidesOn(
  person: PersonFacts,
  jurisdiction: Jurisdiction,
  matter: SigningMatter,
  on: Day,
): Day | null {
  if (isAdult(person, on) || deciderOf(person, jurisdiction, matter, on) === 'self') return null
  // Who can recognise nothing at all is asked, and looked at again, when the parents' authority ends.
  const age = person.capacity === 'none' ? majority : decidesFrom[jurisdiction][matter]
  return birthday(person.bornOn, age)
}

/** The first day of being so old; who was born on 29 February completes the year on 1 March. */
export function birthday(bornOn: Day, age: number): Day {
  const year = String(Number(bornOn.slice(0, 4)) + age).padStart(4, '0')
  return parseDay(`${year}${bornOn.slice(4)}`) ?? (`${year}-03-01` as Day)
}

/** An agreement is always about information; the rest follows from what it permits. */
export function mattersOf(agreement: Agreement, jurisdiction: Jurisdiction): readonly SigningMatter[] {
  const permits = clausesOf(agreement).filter(({ effect }) => effect === 'permit')
  const isAbout: Readonly<Record<SigningMatter, (clause: Clause) => boolean>> = {
    care: ({ activities }) => mayBe<Activity>(activities, ['test', 'treat']),
    research: (clause) =>
      mayBe<Activity>(clause.activities, ['research']) || (jurisdiction === 'CN' && isResource(clause)),
    information: () => true,
    service: ({ purposes }) => mayBe<Purpose>(purposes, ['service', 'ancestry']),
  }
  return signingMatters.filter((matter) => matter === 'information' || permits.some(isAbout[matter]))
}

const mayBe = <Code>(limits: readonly Code[] | null, codes: readonly Code[]): boolean =>
  limits === null || limits.some((one) => codes.includes(one))

/** Regulations on human genetic resources 12: genes and specimens beyond care are asked of who takes part, as in research. */
const isResource = ({ purposes, categories }: Clause): boolean =>
  (purposes === null || purposes.some((purpose) => !clinical.includes(purpose))) &&
  mayBe<Category>(categories, ['genetic', 'biospecimen'])
const clinical: readonly Purpose[] = ['treatment', 'prevention', 'emergency', 'quality']
