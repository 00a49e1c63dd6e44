import { type Agreement, type AwaitedSigner, awaitedOf, isTheirs, type PersonFacts } from '#consent'
import type { FormItem } from '#houserules'
import type { StandingForm } from './form.ts'
import { asksAfterDeath, type Given, makeAgreement, type Signing } from './makeAgreement.ts'

/** What of a form is asked of somebody, and who else would have to sign it if they allow all of it. */
export type Asked = { readonly items: readonly FormItem[]; readonly awaits: readonly AwaitedSigner[] }

/**
 * The choices that are for who signs to make. Of whom nothing is asked everything is: so the law itself says why they may not sign.
 */
export function askedOf(form: StandingForm, given: Given, person: PersonFacts): Asked {
  const all = form.form.items
  const whole = wholeYes(form, given)
  if (whole === undefined) return { items: all, awaits: [] }
  const mine = whole.provisions.filter((one) => isTheirs(whole, person, one))
  if (mine.length === 0) return { items: all, awaits: [] }
  const awaited = awaitedOf({ ...whole, provisions: mine }, { person, objections: [] })
  return {
    items: all.filter(({ id }) => mine.some(({ item }) => item === id)),
    awaits: awaited.ok ? awaited.value : [],
  }
}

/** A form of which only these choices are asked. */
export const narrowed = (form: StandingForm, items: readonly FormItem[]): StandingForm => ({
  ...form,
  form: { ...form.form, items: [...items] },
})

/** As if all of it were allowed, by one who was heard. */
function wholeYes(form: StandingForm, given: Given): Agreement | undefined {
  const signing: Signing = {
    ...{ form: form.id, formSha256: form.sha256, language: 'en', previewShown: true, supersedes: null },
    choices: form.form.items.map(({ id, question }) => ({
      item: id,
      effect: 'permit',
      answers: [question.right],
    })),
    voice: 'assents',
    ...(asksAfterDeath(form.form, given) && { afterDeath: { says: 'stop', answers: [] } as const }),
  }
  const made = makeAgreement(form, signing, given)
  return made.ok ? made.value : undefined
}
