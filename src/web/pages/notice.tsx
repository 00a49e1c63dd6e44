import { ApiError } from '../api.ts'
import { Failure } from '../failure.tsx'
import { contentKinds, type NoticeRule, useNotice } from '../house.ts'
import { RuleText } from '../ruleText.tsx'
import { Heading, Working } from '../shell.tsx'
import { useWriter } from '../write.ts'

/** What the hospital does with data, for everybody to read: no sign-in (PIPL 17, GDPR 13). */
export function NoticePage() {
  const { t } = useWriter()
  const { data, error, refetch } = useNotice()
  if (error instanceof ApiError && error.status === 404) return <NoHouse />
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return <Working>{t('working.session')}</Working>
  return (
    <>
      <Heading>{t('house.noticeTitle')}</Heading>
      {data.rules.length === 0 ? <p>{t('house.noticeNone')}</p> : <p>{t('house.noticeLead')}</p>}
      {contentKinds.map((kind) => (
        <NoticeSection
          key={kind}
          title={t(`houseKind.${kind}`)}
          rules={data.rules.filter(({ content }) => content.kind === kind)}
        />
      ))}
    </>
  )
}

function NoHouse() {
  const { t } = useWriter()
  return (
    <>
      <Heading>{t('house.noticeTitle')}</Heading>
      <p>{t('house.noHouse')}</p>
    </>
  )
}

type SectionProps = { readonly title: string; readonly rules: readonly NoticeRule[] }

function NoticeSection({ title, rules }: SectionProps) {
  const { t, day } = useWriter()
  if (rules.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <ul className="cards">
        {rules.map(({ id, content, since }) => (
          <li key={id} className="box plain">
            <RuleText content={content} />
            <br />
            <span className="soft">{t('house.noticeSince', { at: day(since) })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
