import type { Article, Denial, Reason } from './api.ts'
import { ReceiptView } from './receipt.tsx'
import { Articles, RulingView } from './ruling.tsx'
import { Box, Heading, Sign } from './shell.tsx'
import { firstUpper, useWriter, type Writer } from './write.ts'

/** A refusal that helps: what is missing, who can give it, how long it takes. */
export function Refusal({ denial, name }: { readonly denial: Denial; readonly name: string }) {
  const { t } = useWriter()
  return (
    <>
      <Heading>{t('refusal.title', { name })}</Heading>
      <p>{t('refusal.lead')}</p>
      <Reasons reasons={denial.reasons} articles={denial.articles} />
      <p>{t('refusal.meanwhile')}</p>
      <RulingView {...denial} name={name} refused />
      <ReceiptView receipt={denial.receipt} shown={{ 'ruling.json': denial.ruling }} />
    </>
  )
}

type ReasonsProps = { readonly reasons: readonly Reason[]; readonly articles: readonly Article[] }

/** Articles that only say which consent is missing are shown under that consent, not as reasons of their own. */
export function Reasons({ reasons, articles }: ReasonsProps) {
  const supported = new Set(
    reasons.flatMap((one) =>
      one.kind === 'consent-missing' || one.kind === 'consent-unknown' ? one.norms : [],
    ),
  )
  const own = reasons.filter((one) => one.kind !== 'forbidden' || !supported.has(one.norm))
  return (
    <>
      {own.map((one) => (
        <ReasonView key={JSON.stringify(one)} reason={one} articles={articles} />
      ))}
    </>
  )
}

function ReasonView({
  reason,
  articles,
}: {
  readonly reason: Reason
  readonly articles: readonly Article[]
}) {
  const writer = useWriter()
  const { t } = writer
  const { what, who, time } = sayReason(writer, reason, articles)
  const norms = 'norms' in reason ? reason.norms : []
  const cited = articles.filter(({ norm }) => norms.includes(norm))
  return (
    <Box tone="ask">
      <h2>
        <Sign>✕</Sign>
        {what}
      </h2>
      <dl>
        <dt>{t('refusal.whom')}</dt>
        <dd>{firstUpper(who)}</dd>
        <dt>{t('refusal.time')}</dt>
        <dd>{time}</dd>
      </dl>
      {cited.length > 0 && <Articles articles={cited} />}
    </Box>
  )
}

type Said = { readonly what: string; readonly who: string; readonly time: string }

function sayReason(writer: Writer, reason: Reason, articles: readonly Article[]): Said {
  const { t, day, categories, zh } = writer
  const office = { who: t('refusal.forbiddenWho'), time: t('refusal.forbiddenTime') }
  switch (reason.kind) {
    case 'consent-missing':
    case 'consent-unknown':
      return sayConsent(writer, reason)
    case 'consent-withdrawn': {
      const who = t('refusal.withdrawnWho', { party: t(`party.${reason.by}`) })
      return { what: t('refusal.withdrawn', { on: day(reason.on) }), who, time: t('refusal.withdrawnTime') }
    }
    case 'forbidden': {
      const found = articles.find(({ norm }) => norm === reason.norm)
      const instrument = found?.instrument[zh ? 'zh' : 'en'] ?? reason.norm
      const article = t('ruling.article', { instrument, article: found?.article ?? '' })
      return { what: t('refusal.forbidden', { article }), ...office }
    }
    case 'duty-open': {
      const what = t('refusal.duty', { duty: t(`duty.${reason.code}`) })
      return { what, who: t('refusal.dutyWho'), time: t('refusal.dutyTime') }
    }
    case 'fact-unknown': {
      const what = t('refusal.fact', { path: reason.path })
      return { what, who: t('refusal.factWho'), time: t('refusal.factTime') }
    }
    case 'referred':
      return { what: t('refusal.referred'), ...office }
    case 'law-denies':
      return { what: t('refusal.denied'), ...office }
    case 'no-relation':
      if (reason.relation === 'ended-by-death')
        return { what: t('coSign.dead'), who: t('coSign.deadWho'), time: t('coSign.deadTime') }
      if (reason.relation === 'of-the-living')
        return { what: t('dead.living'), who: t('dead.livingWho'), time: t('dead.livingTime') }
      return {
        what: t('refusal.relation'),
        who: t('refusal.relationWho'),
        time: t('refusal.relationTime'),
      }
    case 'not-laid-down':
      return { what: sayGap(writer, reason), who: t('house.gapWho'), time: t('house.gapTime') }
    case 'emergency-over': {
      const what = t('refusal.emergencyOver', { at: day(reason.endedAt) })
      return { what, who: t('refusal.emergencyOverWho'), time: t('refusal.emergencyOverTime') }
    }
    case 'person-refuses':
      return { what: t('refusal.person'), who: t('refusal.personWho'), time: t('refusal.withdrawnTime') }
    case 'choice-refused':
      return { what: t('refusal.choice'), who: t('refusal.personWho'), time: t('refusal.withdrawnTime') }
    case 'relatives-not-allowed':
      return { what: t('family.notAllowed'), who: t('refusal.personWho'), time: t('family.allowTime') }
    case 'wishes-not-to-know':
      return { what: t('family.notToKnow'), who: t('refusal.personWho'), time: t('family.allowTime') }
    case 'after-death': {
      const what =
        reason.diedAt === null ? t('dead.unknownWhen') : t('dead.after', { at: day(reason.diedAt) })
      return { what, who: t('dead.afterWho'), time: t('dead.afterTime') }
    }
    case 'other-relatives-named':
      return { what: t('dead.others'), who: t('dead.nobodyNow'), time: t('dead.never') }
    case 'relatives-disagree':
      return { what: t('dead.disagree'), who: t('dead.disagreeWho'), time: t('dead.disagreeTime') }
    case 'outside-permit': {
      const what = t('refusal.outside', { categories: categories(reason.categories) })
      return { what, who: t('refusal.outsideWho'), time: t('refusal.factTime') }
    }
    case 'rule-unevaluable':
      return { what: t('refusal.rule'), who: t('refusal.ruleWho'), time: t('refusal.ruleTime') }
  }
}

type ConsentReason = Extract<Reason, { readonly kind: 'consent-missing' | 'consent-unknown' }>

function sayConsent({ t, forms }: Writer, reason: ConsentReason): Said {
  const party = t(`party.${reason.party}`)
  const topic = t(`topic.${reason.topic}`)
  if (reason.kind === 'consent-unknown') {
    const what = t('refusal.unknown', { party, topic })
    return { what, who: t('refusal.unknownWho', { party }), time: t('refusal.unknownTime') }
  }
  const what =
    reason.forms.length === 0
      ? t('refusal.missingAny', { party, topic })
      : t('refusal.missing', { party, topic, forms: forms(reason.forms) })
  return { what, who: party, time: t('refusal.missingTime') }
}

function sayGap({ t, categories }: Writer, gap: Extract<Reason, { readonly kind: 'not-laid-down' }>): string {
  switch (gap.about) {
    case 'purpose':
      return t('house.gapPurpose', { purpose: t(`purpose.${gap.purpose}`) })
    case 'activity':
      return t('house.gapActivity', {
        activity: t(`deed.${gap.activity}`),
        purpose: t(`purpose.${gap.purpose}`),
      })
    case 'categories':
      return t('house.gapCategories', {
        categories: categories(gap.categories),
        purpose: t(`purpose.${gap.purpose}`),
      })
    case 'retention':
      return t('house.gapRetention', { categories: categories(gap.categories) })
    case 'recipient':
      return t('house.gapRecipient')
  }
}
