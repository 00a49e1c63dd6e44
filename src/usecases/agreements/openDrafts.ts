import { type Agreement, isDraft, type RecordedAgreement } from '#consent'
import type { Instant } from '#kernel'
import type { World } from '../world.ts'
import type { StandingForm } from './form.ts'
import { holdTheirPapers } from './papers.ts'
import { isOpenDraft } from './withOthers.ts'

/** What can still be signed, or confirmed, by whom it waits for: in words that stand, and on papers that do. */
export async function openDrafts(
  world: World,
  recorded: readonly RecordedAgreement[],
  forms: readonly StandingForm[],
  at: Instant,
): Promise<readonly RecordedAgreement[]> {
  const open: RecordedAgreement[] = []
  for (const one of recorded) {
    const { agreement } = one
    // A form that was laid down anew ends the drafts of the one before.
    const stands = forms.some(({ sha256 }) => sha256 === agreement.read.formSha256)
    if (isOpenDraft(one, at) && stands && (await holdTheirPapers(world, agreement, at))) open.push(one)
  }
  return open
}

/** What goes on beside a chain of drafts until the last of them is whole: undefined: nothing stood. */
export function stoodBefore(
  { supersedes }: Agreement,
  recorded: readonly RecordedAgreement[],
): Agreement | undefined {
  const former = recorded.find(({ agreement }) => agreement.id === supersedes)?.agreement
  return former && isDraft(former) ? stoodBefore(former, recorded) : former
}
