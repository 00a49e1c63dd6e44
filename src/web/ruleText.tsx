import { type Content, sayRule } from './house.ts'
import { firstUpper, useWriter } from './write.ts'

/** A rule as it is read: its sentence, and what a form says. */
export function RuleText({ content }: { readonly content: Content }) {
  const writer = useWriter()
  return (
    <>
      <strong>{firstUpper(sayRule(writer, content))}</strong>
      {content.kind === 'form' && <p>{writer.zh ? content.text.zh : content.text.en}</p>}
    </>
  )
}
