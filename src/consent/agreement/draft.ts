import { addDays, type Day, dayOf, err, ok, type Result } from '#kernel'
import {
  type Agreement,
  type AwaitedSigner,
  awaitedSigners,
  type Provision,
  type Signer,
} from './agreement.ts'
import { checkSigning, ordersOf, type SigningFacts, type SigningFlaw } from './checkSigning.ts'
import { mattersOf, type PersonFacts } from './decider.ts'
import { maySign } from './signers.ts'

/** How many days a draft waits for the others, the day of its first signature not counted. */
export const draftDays = 30

/** Somebody else must sign it too: it permits nothing yet, whatever becomes of it. */
export const isDraft = ({ awaits }: Pick<Agreement, 'awaits'>): boolean => awaits !== undefined

/** The last day on which the others can sign: papers that end sooner end it, and so does the oldest of its signatures. */
export function draftUntil({ signer, coSigners, signedAt }: Agreement): Day {
  const ends = [signer, ...coSigners].flatMap((one) => [
    addDays(dayOf(one.signedAt ?? signedAt), draftDays),
    ...(one.authority?.until ? [one.authority.until] : []),
  ])
  return ends.sort()[0]!
}

/** What another signature would mend, and whose; every other flaw stays one. */
const mendedBy: Readonly<Partial<Record<SigningFlaw['code'], AwaitedSigner>>> = {
  'person-decides': 'self',
  'too-young': 'guardian',
  'capacity-lacking': 'guardian',
  'second-guardian-missing': 'second-guardian',
}

/**
 * Whose signature is missing beside those that are there; none: all have signed who must. Refused where no further signature would
 * make it one, and where nothing of it is for its signer to decide. A no waits for nobody.
 */
export function awaitedOf(
  agreement: Agreement,
  facts: SigningFacts,
): Result<readonly AwaitedSigner[], readonly SigningFlaw[]> {
  const checked = checkSigning(agreement, facts)
  if (checked.ok) return ok([])
  if (!agreement.provisions.some((one) => isTheirs(agreement, facts.person, one))) return checked
  const awaited = new Set(checked.error.flatMap(({ code }) => mendedBy[code] ?? []))
  // Whoever signs for themself is heard by that.
  const isMended = ({ code }: SigningFlaw): boolean =>
    mendedBy[code] !== undefined || (code === 'not-heard' && awaited.has('self'))
  const flaws = checked.error.filter((one) => !isMended(one))
  if (flaws.length > 0) return err(flaws)
  const isNo = agreement.provisions.every(({ effect }) => effect === 'refuse')
  return ok(isNo && agreement.base === 'refuse' ? [] : awaitedSigners.filter((one) => awaited.has(one)))
}

/**
 * Whether a choice is for this signer to make, alone or beside others: they may sign some matter of what it would permit, under one of the
 * orders. What is not, they neither allow nor refuse.
 */
export function isTheirs(agreement: Agreement, person: PersonFacts, provision: Provision): boolean {
  const { signer, subject } = agreement
  if ((signer.grantor === 'self') !== (signer.person === subject)) return false
  const asked: Agreement = { ...agreement, base: 'refuse', provisions: [{ ...provision, effect: 'permit' }] }
  return ordersOf(agreement).some((jurisdiction) =>
    mattersOf(asked, jurisdiction).some(
      (matter) =>
        maySign(signer, {
          ...{ person, jurisdiction, matter, activities: provision.activities },
          on: dayOf(agreement.signedAt),
        }).ok,
    ),
  )
}

/**
 * What both said as one agreement, if they said the same: the same form in the same words, and the same of each choice that both have.
 * It is signed when the last of them does. Undefined: they did not, and the newer one stands alone.
 */
export function joined(agreement: Agreement, draft: Agreement): Agreement | undefined {
  const { read, signer, provisions, subject } = agreement
  const isSameForm = draft.read.form === read.form && draft.read.formSha256 === read.formSha256
  const differs = provisions.some((one) =>
    draft.provisions.some(({ item, effect }) => item === one.item && effect !== one.effect),
  )
  if (!isDraft(draft) || draft.subject !== subject || !isSameForm || differs) return undefined
  const said = new Set(provisions.map(({ item }) => item))
  const first: Signer = { signedAt: draft.signedAt, draft: draft.id, ...saidBy(draft) }
  const attendants = [...(draft.attendants ?? []), ...(agreement.attendants ?? [])]
  const coSigners = [...draft.coSigners, first].filter(({ person }) => person !== signer.person)
  return {
    ...agreement,
    signer: saidBy(agreement),
    coSigners,
    provisions: [...provisions, ...draft.provisions.filter(({ item }) => !said.has(item))],
    voice: voiceOf(agreement, draft, [signer, ...coSigners]),
    witness: agreement.witness ?? draft.witness,
    ...(attendants.length > 0 && { attendants }),
    // Only whoever signs for themself is asked.
    afterDeath: agreement.afterDeath === 'not-asked' ? draft.afterDeath : agreement.afterDeath,
    // Each was given as the weakest of the signatures was.
    forms: agreement.forms.filter((one) => draft.forms.includes(one)),
  }
}

const saidBy = ({ signer, provisions }: Agreement): Signer => ({
  ...signer,
  items: signer.items ?? provisions.flatMap(({ item }) => item ?? []),
})

/** Whoever signs themself has said it by that, whatever another wrote down of it before; a word that is heard afterwards counts. */
const voiceOf = ({ voice }: Agreement, draft: Agreement, signers: readonly Signer[]): Agreement['voice'] =>
  voice ?? (signers.some(({ grantor }) => grantor === 'self') ? null : draft.voice)
