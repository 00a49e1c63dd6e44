import type { Agreement } from '#consent'
import type { SignedAgreement } from '../ports.ts'

type Signed = Pick<SignedAgreement, 'agreement'>

/**
 * Whether whoever signs for somebody allows what another (a second guardian, or the person) last refused: replacing it would bury
 * that no. The person themself may overrule whoever signed for them.
 */
export function overrulesAnother(agreement: Agreement, signed: readonly Signed[]): boolean {
  if (agreement.signer.grantor === 'self') return false
  const permitted = itemsOf(agreement, 'permit')
  const others = signed
    .map((one) => one.agreement)
    .filter(({ signer }) => signer.person !== agreement.signer.person)
  return permitted.some((item) => {
    // Oldest first: the last of each is their word.
    const words = new Map(
      others.flatMap((one) => effectOn(one, item).map((effect) => [one.signer.person, effect] as const)),
    )
    return [...words.values()].includes('refuse')
  })
}

const itemsOf = ({ provisions }: Agreement, effect: 'permit' | 'refuse') =>
  provisions.flatMap((one) => (one.effect === effect ? [one.item] : []))

const effectOn = ({ provisions }: Agreement, item: string | null) =>
  provisions.flatMap((one) => (one.item === item ? [one.effect] : []))
