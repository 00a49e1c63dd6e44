import { Fragment } from 'react'
import { type Content, type FormContent, itemsOf, sayRule, sectionsOf } from './house.ts'
import { firstUpper, useWriter } from './write.ts'

/** A rule as it is read: its sentence, and what a form says. */
export function RuleText({ content }: { readonly content: Content }) {
  const writer = useWriter()
  return (
    <>
      <strong>{firstUpper(sayRule(writer, content))}</strong>
      {content.kind === 'form' && <FormText form={content} />}
    </>
  )
}

/** The whole of a form, as people get it. */
function FormText({ form }: { readonly form: FormContent }) {
  const { t, zh } = useWriter()
  const language = zh ? 'zh' : 'en'
  return (
    <details>
      <summary>{t('house.wholeForm')}</summary>
      <dl className="told">
        {sectionsOf(form).map(({ element, text }) => (
          <Fragment key={element}>
            <dt>{firstUpper(t(`element.${element}`))}</dt>
            <dd>{text[language]}</dd>
          </Fragment>
        ))}
      </dl>
      <ul>
        {itemsOf(form).map(({ id, says, question }) => (
          <li key={id}>
            {says[language]} <span className="soft">{question.asks[language]}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
