import type { Unable } from './agreements.ts'
import { SayWhy } from './sayWhy.tsx'
import { Heading } from './shell.tsx'
import { useWriter } from './write.ts'

const reasons = ['too-young', 'unconscious', 'illness', 'cannot-make-understood', 'other'] as const

type WhyProps = {
  readonly name: string
  readonly say: (unable: Unable) => void
  readonly leave: () => void
}

/** Nobody is passed over without a reason. */
export function WhyUnable({ name, say, leave }: WhyProps) {
  const { t } = useWriter()
  return (
    <>
      <Heading>{t('coSign.unableTitle', { name })}</Heading>
      <p>{t('coSign.unableLead')}</p>
      <SayWhy
        which={t('coSign.unableAsk')}
        options={reasons.map((one) => ({ value: one, text: t(`coSign.unable.${one}`) }))}
        wordsLabel={t('coSign.unableWords')}
        send={t('agree.next')}
        leave={t('coSign.unableLeave')}
        waiting={false}
        onSaid={(because, words) => say({ because, words })}
        onLeave={leave}
      />
    </>
  )
}
