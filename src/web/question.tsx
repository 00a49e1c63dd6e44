import { useState } from 'react'
import { ChooseOne } from './chooseOne.tsx'
import type { FormItem } from './house.ts'
import { Box, Heading, Sign } from './shell.tsx'
import { useWriter } from './write.ts'

type QuestionProps = {
  readonly item: Pick<FormItem, 'says' | 'question'>
  readonly understood: (answers: readonly number[]) => void
}

/** Whoever misses it is told the same in other words, and asked again, as often as they like. */
export function Question({ item: { says, question }, understood }: QuestionProps) {
  const { t, zh } = useWriter()
  const language = zh ? 'zh' : 'en'
  const [given, give] = useState<readonly number[]>([])
  const answer = (value: string): void => {
    const answers = [...given, Number(value)]
    if (Number(value) === question.right) understood(answers)
    else give(answers)
  }
  return (
    <ChooseOne
      label={question.asks[language]}
      options={question.answers.map((text, index) => ({ value: String(index), text: text[language] }))}
      send={t('agree.answer')}
      onChosen={answer}
    >
      <Heading>{t('agree.questionTitle')}</Heading>
      <p className="sentence">{says[language]}</p>
      <p>{t('agree.questionLead')}</p>
      {given.length > 0 && (
        <div role="alert" key={given.length}>
          <Box tone="care">
            <p>
              <Sign>!</Sign>
              {t('agree.again')}
            </p>
            <p>{question.explains[language]}</p>
          </Box>
        </div>
      )}
    </ChooseOne>
  )
}
