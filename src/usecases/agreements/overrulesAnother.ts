import { type Agreement, isDraft } from '#consent'
import type { SignedAgreement } from '../ports.ts'

type Signed = Pick<SignedAgreement, 'agreement'>

/**
 * Whether whoever signs for somebody allows what another (a second guardian, or the person) last refused: replacing it would bury
 * that no. The person themself may overrule whoever signed for them.
 */
export function overrulesAnother(agreement: Agreement, signed: readonly Signed[]): boolean {
  if (agreement.signer.grantor === 'self') return false
  const permitted = itemsOf(agreement, 'permit')
  const signers = signersOf(agreement)
  return permitted.some((item) => {
    // Oldest first: the last of each is their word.
    const words = new Map(
      signed.flatMap((one) => wordsOf(one.agreement, item)).filter(([person]) => !signers.includes(person)),
    )
    return [...words.values()].includes('refuse')
  })
}

const itemsOf = ({ provisions }: Agreement, effect: 'permit' | 'refuse') =>
  provisions.flatMap((one) => (one.effect === effect ? [one.item] : []))

const signersOf = ({ signer, coSigners }: Agreement) => [signer, ...coSigners].map(({ person }) => person)

/** What each who signed it said of a choice; a yes that waited for others takes no earlier no back. */
const wordsOf = (agreement: Agreement, item: string | null) =>
  effectOn(agreement, item)
    .filter((effect) => effect === 'refuse' || !isDraft(agreement))
    .flatMap((effect) => signersOf(agreement).map((person) => [person, effect] as const))

const effectOn = ({ provisions }: Agreement, item: string | null) =>
  provisions.flatMap((one) => (one.item === item ? [one.effect] : []))
