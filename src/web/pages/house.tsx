import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Because } from '../because.tsx'
import { Failure } from '../failure.tsx'
import { type Change, contentKinds, type HouseRule, sayRule, useChange, useHouseRules } from '../house.ts'
import { ChangeRefused } from '../houseRefusal.tsx'
import { RuleText } from '../ruleText.tsx'
import { useMay } from '../session.ts'
import { Box, Heading, Sign, Working } from '../shell.tsx'
import { useWriter } from '../write.ts'

const soonDays = 90

/** The steward's office: what waits first, then what is due, then what stands. */
export function HousePage() {
  const { t } = useWriter()
  const { data, error, refetch } = useHouseRules()
  const mayChange = useMay('proposeHouseRule')
  if (error) return <Failure error={error} name="" again={() => void refetch()} />
  if (!data) return <Working>{t('working.session')}</Working>
  const of = (...states: readonly string[]) => data.rules.filter(({ state }) => states.includes(state))
  const common = { all: data.rules, mayChange }
  return (
    <>
      <p className="noprint">
        <Link to="/">← {t('home.back')}</Link>
      </p>
      <Heading>{t('house.title')}</Heading>
      <p>{t('house.lead')}</p>
      {!mayChange && <p>{t('house.readOnly')}</p>}
      <h2>{t('house.waiting')}</h2>
      <Rules {...common} rules={of('proposed')} none={t('house.nothingWaits')} />
      <h2>{t('house.due')}</h2>
      <Due rules={of('standing')} />
      {mayChange && <LayDown />}
      <h2>{t('house.stands')}</h2>
      <Standing {...common} rules={of('standing')} />
      <details>
        <summary>{t('house.settled')}</summary>
        <Rules {...common} rules={of('ended', 'declined')} none="–" />
      </details>
    </>
  )
}

function LayDown() {
  const { t } = useWriter()
  return (
    <>
      <h2>{t('house.layDown')}</h2>
      <div className="choices">
        {contentKinds.map((kind) => (
          <Link key={kind} className="button" to="/house/new/$kind" params={{ kind }}>
            {t(`houseKind.${kind}`)}
          </Link>
        ))}
      </div>
    </>
  )
}

function Due({ rules }: { readonly rules: readonly HouseRule[] }) {
  const writer = useWriter()
  const { t, day } = writer
  const soon = new Date(Date.now() + soonDays * 86_400_000).toISOString().slice(0, 10)
  const due = rules.flatMap(({ id, content }) =>
    content.kind === 'assessment' && content.outcome === 'granted' && content.until <= soon
      ? [{ id, content, until: content.until }]
      : [],
  )
  if (due.length === 0) return <p>{t('house.nothingDue')}</p>
  return due.map(({ id, content, until }) => (
    <Box key={id} tone="care">
      <p>
        <Sign>!</Sign>
        {t('house.dueAssessment', { rule: sayRule(writer, content), day: day(until) })}
      </p>
    </Box>
  ))
}

type RulesProps = {
  readonly rules: readonly HouseRule[]
  readonly all: readonly HouseRule[]
  readonly mayChange: boolean
}

function Standing({ rules, ...common }: RulesProps) {
  const { t } = useWriter()
  if (rules.length === 0) return <p>{t('house.nothingStands')}</p>
  return contentKinds.map((kind) => {
    const some = rules.filter(({ content }) => content.kind === kind)
    if (some.length === 0) return null
    return (
      <section key={kind}>
        <h3>{t(`houseKind.${kind}`)}</h3>
        <Rules {...common} rules={some} none="" />
      </section>
    )
  })
}

function Rules({ rules, none, ...common }: RulesProps & { readonly none: string }) {
  if (rules.length === 0) return <p>{none}</p>
  return (
    <ul className="cards">
      {rules.map((rule) => (
        <li key={rule.id} className="box plain">
          <Rule rule={rule} {...common} />
        </li>
      ))}
    </ul>
  )
}

function Rule({ rule, all, mayChange }: Omit<RulesProps, 'rules'> & { readonly rule: HouseRule }) {
  const writer = useWriter()
  const { t } = writer
  const { content, state, replaces, own } = rule
  const former = all.find(({ id }) => id === replaces)
  return (
    <>
      <RuleText content={content} />
      <Reading rule={rule} />
      {former && <p>{t('house.replacesOne', { rule: sayRule(writer, former.content) })}</p>}
      {state === 'proposed' ? (
        <History rule={rule} />
      ) : (
        <details>
          <summary>{t('house.history')}</summary>
          <History rule={rule} />
        </details>
      )}
      {state === 'proposed' && own && <p>{t('house.ownWaits')}</p>}
      {mayChange && (state === 'proposed' || state === 'standing') && <Decide rule={rule} />}
    </>
  )
}

/** Words that are hard to read are no words for everybody; said, not forbidden. */
function Reading({ rule: { reading } }: { readonly rule: HouseRule }) {
  const { t } = useWriter()
  if (reading === null) return null
  return (
    <p>
      {reading.hard.length > 0 && <Sign>!</Sign>}
      {t('house.reading', { grade: reading.en, characters: reading.zh })}{' '}
      {reading.hard.map((one) => t(`house.hard.${one}`)).join(' ')}
    </p>
  )
}

function History({ rule: { proposed, confirmed, ended, state, sha256 } }: { readonly rule: HouseRule }) {
  const { t, day } = useWriter()
  const said = ({ name, at, because }: NonNullable<HouseRule['confirmed']>) => ({
    name,
    at: day(at),
    because,
  })
  return (
    <ul className="soft">
      <li>{t('house.proposedBy', said(proposed))}</li>
      {confirmed && <li>{t('house.confirmedBy', said(confirmed))}</li>}
      {ended && <li>{t(state === 'declined' ? 'house.declinedBy' : 'house.endedBy', said(ended))}</li>}
      <li>{t('house.fingerprint', { sha256: `${sha256.slice(0, 16)}…` })}</li>
    </ul>
  )
}

/** Opened, then said why, then done: nothing that counts happens by one slip. */
function Decide({ rule }: { readonly rule: HouseRule }) {
  const writer = useWriter()
  const { t } = writer
  const [open, setOpen] = useState(false)
  const [because, setBecause] = useState('')
  const { mutate, isPending, error } = useChange()
  const { id, state, own, content } = rule
  const name = sayRule(writer, content)
  const act = (to: 'confirmation' | 'ending') => (event: FormEvent) => {
    event.preventDefault()
    if (because.trim() === '') return
    mutate({ to, id, because: because.trim() } satisfies Change)
  }
  if (!open)
    return (
      <p className="choices">
        <Button variant="outline" aria-label={`${t('house.open')}: ${name}`} onClick={() => setOpen(true)}>
          {t('house.open')}
        </Button>
        {state === 'standing' && <ChangeLink rule={rule} name={name} />}
      </p>
    )
  const [first, second]: readonly [ReactNode, ReactNode] =
    state === 'standing'
      ? [null, t('house.end')]
      : [own ? null : t('house.confirm'), t(own ? 'house.takeBack' : 'house.decline')]
  return (
    <form className="fields" onSubmit={act(first === null ? 'ending' : 'confirmation')}>
      <Because value={because} set={setBecause} />
      {first !== null && (
        <Button type="submit" loading={isPending}>
          {first}
        </Button>
      )}
      <Button variant="outline" loading={isPending} onClick={act('ending')} disabled={because.trim() === ''}>
        {second}
      </Button>
      <Button variant="outline" onClick={() => setOpen(false)}>
        {t('house.keep')}
      </Button>
      {error && <ChangeRefused error={error} />}
    </form>
  )
}

function ChangeLink({ rule: { id, content }, name }: { readonly rule: HouseRule; readonly name: string }) {
  const { t } = useWriter()
  return (
    <Link
      className="button"
      to="/house/new/$kind"
      params={{ kind: content.kind }}
      search={{ replaces: id }}
      aria-label={`${t('house.change')}: ${name}`}
    >
      {t('house.change')}
    </Link>
  )
}
