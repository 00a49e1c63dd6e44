import { isAllowedOfRelatives, type RecordedAgreement, tellWishOf, wishesNotToKnow } from '#consent'
import type { Reason } from '#decision'
import type { Instant } from '#kernel'
import type { Situation } from '#law'
import type { Category, Purpose, RelativeWish } from '#vocabulary'
import type { ActRequest } from '../act.ts'
import { requestOf } from '../agreements/underAgreements.ts'

type Asked = Pick<ActRequest, 'situation' | 'by' | 'under' | 'needs'>
type Recorded = readonly RecordedAgreement[]

const relatives: readonly unknown[] = ['parent', 'child', 'sibling', 'grandparent', 'grandchild']

/** Whether an act is about what genes say of relatives, whatever its file calls it: by what it does, what for, or who gets it. */
export const isOfRelatives = ({ activity, purpose, data, recipient }: Situation): boolean =>
  activity === 'inform-relative' ||
  purpose === 'family-interest' ||
  (data?.categories?.includes('relatives') ?? false) ||
  (relatives.includes(recipient?.relation) && (data?.categories?.some(isOfGenes) ?? true))

const isOfGenes = (category: Category): boolean => category === 'genetic' || category === 'biospecimen'

/**
 * The same act with its categories said in full: what is said of relatives is a category of its own, and comes of genes. The law asks for
 * one consent that covers all of them.
 */
export function namingRelatives<R extends Asked>(request: R): R {
  const { situation, under } = request
  if (under !== 'house-rules' || !isOfRelatives(situation)) return request
  const known = situation.data?.categories
  const data = { ...situation.data, ...(known && { categories: withRelatives(known) }) }
  return { ...request, situation: { ...situation, data }, needs: withRelatives(request.needs) }
}

const withRelatives = (known: readonly Category[]): Category[] => [
  ...new Set<Category>([...known, 'genetic', 'relatives']),
]

/**
 * The act as the law hears of it. What was signed here narrows what a file says; it says more only where a file says nothing, and then only
 * that the person asks their doctor to tell. Whoever tells relatives themself has not let the hospital do it.
 */
export function withTellWish(
  situation: Situation,
  recorded: Recorded,
  house: string | null,
  at: Instant,
): Situation {
  const signed = toLaw[tellWishOf(recorded, house, at)]
  const filed = situation.subject?.wishes?.tellRelatives
  const tellRelatives = filed === 'refuses' ? filed : (signed ?? filed)
  if (tellRelatives === undefined || tellRelatives === filed) return situation
  const { subject } = situation
  return { ...situation, subject: { ...subject, wishes: { ...subject?.wishes, tellRelatives } } }
}

const toLaw: Readonly<Record<ReturnType<typeof tellWishOf>, RelativeWish | undefined>> = {
  'through-doctor': 'asks-doctor-anonymously',
  'in-person': 'refuses',
  nobody: 'refuses',
  'not-said': undefined,
}

/** What stands against an act because of what the person wishes for relatives, and to know; nothing said of relatives is a no. */
export function reasonsOfWishes(
  request: Asked,
  recorded: Recorded,
  house: string | null,
  at: Instant,
): readonly Reason[] {
  const { situation, under } = request
  if (under !== 'house-rules') return []
  const barred = isToRelative(situation) && situation.subject?.wishes?.tellRelatives === 'refuses'
  const allowed =
    !isOfRelatives(situation) || (!barred && isAllowedOfRelatives(recorded, askedOf(request, house), at))
  return [
    ...(allowed ? [] : [{ kind: 'relatives-not-allowed' } as const]),
    ...(tellsThePerson(request) &&
    isLeftUntold({ subject: situation.subject, purpose: situation.purpose }, recorded, at)
      ? [{ kind: 'wishes-not-to-know' } as const]
      : []),
  ]
}

/** To tell relatives is what the hospital does, whoever hears it. */
function askedOf({ situation, by }: Asked, house: string | null): ReturnType<typeof requestOf> {
  const request = requestOf(situation, by)
  if (!isToRelative(situation)) return request
  return { ...request, parties: house === null ? null : [{ kind: 'organisation', id: house }] }
}

const isToRelative = ({ activity, recipient }: Situation): boolean =>
  activity === 'inform-relative' || relatives.includes(recipient?.relation)

/** Findings are given back, or whoever asks is the person, or acts for them, and would read what the genes say. */
const tellsThePerson = ({ situation, by, needs }: Asked): boolean =>
  situation.activity === 'return-findings' ||
  (by.kind === 'account' &&
    (by.relation === 'self' || by.relation === 'represents') &&
    needs.includes('genetic'))

/** Said here by signature, or in the file; either is enough. */
export const isLeftUntold = (
  { subject, purpose }: { readonly subject: Situation['subject'] | undefined; readonly purpose: Purpose },
  recorded: Recorded,
  at: Instant,
): boolean => subject?.wishes?.notToKnow === true || wishesNotToKnow(recorded, purpose, at)
