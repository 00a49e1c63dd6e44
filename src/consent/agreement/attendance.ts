import { dayOf, err, type Instant, ok, type Result } from '#kernel'
import { isPlain, isSaid } from '../plainWords.ts'
import {
  type Agreement,
  type AttendancePart,
  type Attendant,
  attendanceParts,
  type Hindrance,
} from './agreement.ts'

/** What somebody confirms who stood by, in both languages of the pages. */
export type Statement = { readonly en: string; readonly zh: string }

/**
 * ICH E6(R2) 4.8.9: that what is written was explained to them, that they seem to have understood it, and said yes of their own will. Who
 * interprets says into which language.
 */
export const statementOf = (part: AttendancePart, spoken: string | null): Statement =>
  part === 'witness'
    ? {
        en: 'I was there. This text was read and explained to whoever signed it. They seemed to understand it, and they chose freely. I have no part in the treatment or the study.',
        zh: '我在场。这份文字已向签署人宣读和解释，签署人看来已经理解，并自愿作出选择。我不参与该诊疗或研究。',
      }
    : {
        en: `I put this text into ${spoken}, fully and correctly, for whoever signed it. They said that they understood it.`,
        zh: `我已将这份文字完整、准确地译成${spoken}，说给签署人听。签署人表示已经理解。`,
      }

/** Whether somebody has still to confirm. */
export const isAwaited = ({ confirmedAt }: Attendant): boolean => confirmedAt === undefined

/** The parts in which somebody has still to confirm. */
export const awaitedParts = ({ attendants = [] }: Pick<Agreement, 'attendants'>): readonly AttendancePart[] =>
  attendanceParts.filter((part) => attendants.some((one) => one.part === part && isAwaited(one)))

/** An agreement in whose presence these were. A no is attended by nobody: it must not wait. */
export function attended(agreement: Agreement, attendants: readonly Attendant[]): Agreement {
  const isNo = agreement.provisions.every(({ effect }) => effect === 'refuse')
  return isNo || attendants.length === 0 ? agreement : { ...agreement, attendants: [...attendants] }
}

/**
 * What becomes of a draft when one of those who stood by confirms: the same words and signers, each with their own instant, counted from
 * now; an agreement, if nobody else is waited for.
 */
export function confirmed(
  draft: Agreement,
  attendant: Attendant,
  { id, at }: { readonly id: string; readonly at: Instant },
): Agreement {
  const { awaits = [], ...said } = draft
  const attendants = (draft.attendants ?? []).map((one) =>
    one === attendant ? { ...one, confirmedAt: at, act: id } : one,
  )
  const parts = awaitedParts({ attendants })
  const others = awaits.filter((one) => !isPart(one) || parts.includes(one))
  const before = { signedAt: draft.signedAt, draft: draft.id }
  return {
    ...said,
    ...{ id, version: draft.version + 1, supersedes: draft.id, from: dayOf(at), signedAt: at },
    signer: { ...before, ...draft.signer },
    coSigners: draft.coSigners.map((one) => ({ ...before, ...one })),
    attendants,
    witness: attendant.part === 'witness' ? attendant.person : draft.witness,
    ...(others.length > 0 && { awaits: others }),
  }
}

const isPart = (one: string): one is AttendancePart => (attendanceParts as readonly string[]).includes(one)

/** What keeps somebody from reading or writing is said in words too. */
export const checkHindrance = (hindrance: Hindrance | undefined): Result<void, 'hindrance-reason'> =>
  hindrance === undefined || (isSaid(hindrance.words) && isPlain(hindrance.words))
    ? ok(undefined)
    : err('hindrance-reason')
